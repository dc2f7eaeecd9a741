/** The words of the visitor's details: they come with that part of the panel, again in one language only. */

import type { Language } from "../../language.ts";
import type english from "../../locales/details/en.json";
import { fill } from "../text.ts";

type DetailsTexts = Readonly<Record<keyof typeof english, string>>;
export type DetailsKey = keyof DetailsTexts;
export type DetailsSpeech = (key: DetailsKey, values?: Record<string, string>) => string;

// A key that is missing in one of these files is a type error here.
const load: Record<Language, () => Promise<{ default: DetailsTexts }>> = {
  en: () => import("../../locales/details/en.json"),
  zh: () => import("../../locales/details/zh.json"),
  ar: () => import("../../locales/details/ar.json"),
  de: () => import("../../locales/details/de.json"),
  es: () => import("../../locales/details/es.json"),
  fr: () => import("../../locales/details/fr.json"),
  ja: () => import("../../locales/details/ja.json"),
  pt: () => import("../../locales/details/pt.json"),
};

export async function speakDetails(language: Language): Promise<DetailsSpeech> {
  const { default: texts } = await load[language]();
  return (key, values = {}) => fill(texts[key], values);
}
