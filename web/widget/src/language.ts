/** Which language the widget speaks: the host's wish, the page's, the browser's, English. */

export const LANGUAGES = ["en", "zh", "ar"] as const;
export type Language = (typeof LANGUAGES)[number];

export function chooseLanguage(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const primary = wish?.toLowerCase().split(/[-_]/)[0];
    const spoken = LANGUAGES.find((language) => language === primary);
    if (spoken) return spoken;
  }
  return "en";
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
