/** Which language the widget speaks: the host's wish, the page's, the browser's, English. */

export const LANGUAGES = ["en", "zh", "ar", "de", "es", "fr", "ja", "pt"] as const;
export type Language = (typeof LANGUAGES)[number];

/** `page`: what the host says; `browser`: the visitor's own languages, as browsers spell them. */
export function chooseLanguage(
  page: readonly (string | undefined)[],
  browser: readonly string[],
): Language {
  // Who reads traditional characters can read our simplified ones, but may have named something better.
  const better = browser.filter((tag) => !/^zh-(Hant|TW|HK|MO)/.test(tag));
  for (const wish of [...page, ...better, ...browser]) {
    const spoken = LANGUAGES.find((language) => RegExp(`^${language}([-_]|$)`, "i").test(wish!));
    if (spoken) return spoken;
  }
  return "en";
}

export function directionOf(language: Language): "ltr" | "rtl" {
  return language === "ar" ? "rtl" : "ltr";
}
