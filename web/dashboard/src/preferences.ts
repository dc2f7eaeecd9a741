/** What an agent chose for this browser: appearance, language, shortcuts. */

import { isLanguage, type Language } from "./text.ts";

export type Theme = "auto" | "light" | "dark";

export interface Preferences {
  theme: Theme;
  language: Language | "auto";
  /** Letters without a modifier; people who dictate need them off (WCAG 2.1.4). */
  singleKeys: boolean;
}

const KEY = "deskbell:dashboard:preferences";
const DEFAULTS: Preferences = { theme: "auto", language: "auto", singleKeys: true };

export function loadPreferences(): Preferences {
  try {
    const stored: Partial<Preferences> = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return {
      theme: stored.theme === "light" || stored.theme === "dark" ? stored.theme : DEFAULTS.theme,
      language: isLanguage(stored.language) ? stored.language : DEFAULTS.language,
      singleKeys: stored.singleKeys ?? DEFAULTS.singleKeys,
    };
  } catch {
    // Storage is forbidden or its content is broken: neither may keep an agent out.
    return DEFAULTS;
  }
}

export function savePreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // The choice then lasts as long as the page.
  }
}

export function showTheme(theme: Theme, root: HTMLElement = document.documentElement): void {
  if (theme === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}
