/** The panel's words: one language is loaded, and every key is typed from the English file. */

import type { Language } from "../language.ts";
import type english from "../locales/en.json";

type Catalogue = typeof english;

/** Forms by the language's own plural rules; `other` always exists. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** What a language file must hold: exactly the keys of the English one. */
export type Texts = { readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : PluralForms };
export type TextKey = { [Key in keyof Catalogue]: Catalogue[Key] extends string ? Key : never }[keyof Catalogue];
export type PluralKey = Exclude<keyof Catalogue, TextKey>;

// A key that is missing in one of these files is a type error here.
const load: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import("../locales/en.json"),
  zh: () => import("../locales/zh.json"),
  ar: () => import("../locales/ar.json"),
  de: () => import("../locales/de.json"),
  es: () => import("../locales/es.json"),
  fr: () => import("../locales/fr.json"),
  ja: () => import("../locales/ja.json"),
  pt: () => import("../locales/pt.json"),
};

export interface Speech {
  t(key: TextKey, values?: Record<string, string>): string;
  plural(key: PluralKey, count: number): string;
  /** "3 minutes", "2 hours": rounded up, as it is a promise. */
  duration(seconds: number): string;
  time(iso: string): string;
  day(iso: string, now?: Date): string;
}

/** `tags`: whose region decides how times and numbers look, the host's first and the browser's last. */
export async function speak(language: Language, tags: readonly (string | undefined)[]): Promise<Speech> {
  const { default: texts } = await load[language]();
  // Strict about their form: a page's `lang` may hold anything, and `Intl` throws.
  const regional = RegExp(`^${language}(-[a-z]{4})?-([a-z]{2}|\\d{3})$`, "i");
  const locale = tags.find((tag) => regional.test(tag!)) ?? language;
  // Made when first needed: the two take as long as all the rest of opening the panel.
  let clock: Intl.DateTimeFormat | undefined;
  let rules: Intl.PluralRules | undefined;
  return {
    t: (key, values = {}) => fill(texts[key], values),
    plural(key, count) {
      const forms: PluralForms = texts[key];
      return fill(forms[(rules ??= new Intl.PluralRules(locale)).select(count)] ?? forms.other, { count: count.toLocaleString(locale) });
    },
    duration(seconds) {
      const minutes = Math.max(1, Math.ceil(seconds / 60));
      const [value, unit] = minutes < 60 ? [minutes, "minute"] : [Math.ceil(minutes / 60), "hour"];
      return value.toLocaleString(locale, { style: "unit", unit, unitDisplay: "long" });
    },
    time(iso) {
      clock ??= new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
      return clock.format(new Date(iso));
    },
    day: (iso, now = new Date()) => dayName(new Date(iso), now, locale),
  };
}

export function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** "Today", "yesterday", then the date; with the year only when it is another one. */
function dayName(date: Date, now: Date, locale: string): string {
  const noon = (day: Date) => new Date(day).setHours(12, 0, 0, 0);
  const days = Math.round((noon(date) - noon(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    const name = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day");
    return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
  }
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  const format: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "long", year };
  return date.toLocaleDateString(locale, format);
}
