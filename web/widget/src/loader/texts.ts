/** The launcher's two names, taken out of the language files at build time. */

import type { Language } from "../language.ts";
import { launcher_close as closeAr, launcher_open as openAr } from "../locales/ar.json";
import { launcher_close as closeEn, launcher_open as openEn } from "../locales/en.json";
import { launcher_close as closeZh, launcher_open as openZh } from "../locales/zh.json";

export const launcherNames: Record<Language, readonly [toOpen: string, toClose: string]> = {
  en: [openEn, closeEn],
  zh: [openZh, closeZh],
  ar: [openAr, closeAr],
};
