/** The launcher's name, taken out of the language files at build time; whether it is open, `aria-expanded` says. */

import type { Language } from "../language.ts";
import { launcher as ar } from "../locales/ar.json";
import { launcher as en } from "../locales/en.json";
import { launcher as zh } from "../locales/zh.json";

export const launcherNames: Record<Language, string> = { en, zh, ar };
