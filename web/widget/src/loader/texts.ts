/** The launcher's name, taken out of the language files at build time; whether it is open, `aria-expanded` says. */

import type { Language } from "../language.ts";
import { launcher as ar } from "../locales/ar.json";
import { launcher as en } from "../locales/en.json";
import { launcher as ja } from "../locales/ja.json";
import { launcher as zh } from "../locales/zh.json";

/** Only those that differ: every page load pays for them. A test holds the others equal to the English one. */
const otherNames: { readonly [Tag in Language]?: string } = { ar, ja, zh };

export const launcherName = (language: Language): string => otherNames[language] ?? en;
