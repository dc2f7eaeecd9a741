/** Which language the widget speaks: the host's wish, the page's, the browser's, English. */

export const LANGUAGES = ["en", "zh", "ar", "de", "es", "fr", "ja", "pt"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The first that is spoken; who reads traditional characters gets our simplified ones. */
export function chooseLanguage(wishes: readonly (string | undefined)[]): Language {
  for (const wish of wishes) {
    const spoken = LANGUAGES.find((language) => RegExp(`^${language}([-_]|$)`, "i").test(wish!));
    if (spoken) return spoken;
  }
  return "en";
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
