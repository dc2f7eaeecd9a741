/** The words of the page: one language is loaded, and every key is typed from the English file. */

import type english from "./locales/en.json";

type Catalogue = typeof english;

/** Forms by the language's own plural rules; `other` always exists. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What a language file must hold: exactly the keys of the English one. */
export type Texts = { [K in keyof Catalogue]: Catalogue[K] extends string ? string : PluralForms };
export type TextKey = {
  [K in keyof Catalogue]: Catalogue[K] extends string ? K : never;
}[keyof Catalogue];
export type PluralKey = Exclude<keyof Catalogue, TextKey>;

export const LANGUAGES = { en: "English", zh: "简体中文", ar: "العربية" } as const;
export type Language = keyof typeof LANGUAGES;

// A missing key in one of these files is a type error here.
const load: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import("./locales/en.json"),
  zh: () => import("./locales/zh.json"),
  ar: () => import("./locales/ar.json"),
};

type Values = Record<string, string>;

export interface Translator {
  language: Language;
  direction: "ltr" | "rtl";
  /** For dates and numbers: the browser's own region where it speaks this language. */
  locale: string;
  text(key: TextKey, values?: Values): string;
  plural(key: PluralKey, count: number): string;
}

export async function loadTranslator(
  chosen: Language | "auto",
  wanted: readonly string[] = navigator.languages,
): Promise<Translator> {
  const language = chosen === "auto" ? pickLanguage(wanted) : chosen;
  const { default: texts } = await load[language]();
  return translator(language, texts, wanted);
}

export function translator(
  language: Language,
  texts: Texts,
  wanted: readonly string[] = [],
): Translator {
  const locale = wanted.find((tag) => subtag(tag) === language) ?? language;
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const direction = language === "ar" ? "rtl" : "ltr";
  const fill = (text: string, values: Values) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  return {
    language,
    direction,
    locale,
    text(key, values) {
      return values
        ? fill(texts[key], direction === "rtl" ? isolated(values) : values)
        : texts[key];
    },
    plural(key, count) {
      const forms: PluralForms = texts[key];
      return fill(forms[rules.select(count)] ?? forms.other, { count: numbers.format(count) });
    },
  };
}

export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = subtag(tag);
    if (isLanguage(language)) return language;
  }
  return "en";
}

export function isLanguage(tag: unknown): tag is Language {
  return typeof tag === "string" && Object.hasOwn(LANGUAGES, tag);
}

function subtag(tag: string): string {
  return tag.toLowerCase().split("-")[0]!;
}

/** Isolation marks: a Latin e-mail address would otherwise pull an Arabic sentence's stops around. */
function isolated(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, `\u2068${value}\u2069`]),
  );
}
