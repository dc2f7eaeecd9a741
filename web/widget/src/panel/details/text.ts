/** The words of what comes later: of the language in use alone, when it is needed. */

import type { Language } from "../../language.ts";
import type english from "../../locales/details/en.json";

export type DetailTexts = { readonly [Key in keyof typeof english]: string };
export type DetailKey = keyof DetailTexts;

const load: Record<Language, () => Promise<{ default: DetailTexts }>> = {
  en: () => import("../../locales/details/en.json"),
  zh: () => import("../../locales/details/zh.json"),
  ar: () => import("../../locales/details/ar.json"),
};

export type SayDetail = (key: DetailKey, values?: Record<string, string>) => string;

export async function speakDetails(language: Language): Promise<SayDetail> {
  const { default: texts } = await load[language]();
  return (key, values = {}) =>
    texts[key].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
