/** Behind the agent's name: appearance, language, shortcuts, sign-out. */

import type { Person } from "@deskbell/client";
import { useWords } from "../hooks.ts";
import { nameOf } from "../people.ts";
import type { Preferences, Theme } from "../preferences.ts";
import { type Language, LANGUAGES, type TextKey } from "../text.ts";

export const MENU_ID = "account-menu";

const THEMES: [Theme, TextKey][] = [
  ["auto", "appearanceAuto"],
  ["light", "appearanceLight"],
  ["dark", "appearanceDark"],
];

interface Props {
  user: Person;
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  signOut(): void;
}

/** A native popover: it closes by Escape and by a click beside it, and gives the focus back. */
export function AccountMenu({ user, preferences, prefer, signOut }: Props) {
  const words = useWords();
  return (
    <div id={MENU_ID} class="menu" popover="auto" role="group" aria-label={words.text("account")}>
      <p class="menu-who">
        <strong>
          <bdi>{nameOf(user, words)}</bdi>
        </strong>
        <span>
          <bdi>{user.email}</bdi>
        </span>
      </p>
      <fieldset>
        <legend>{words.text("appearance")}</legend>
        <div class="choice">
          {THEMES.map(([theme, label]) => (
            <label key={theme}>
              <input
                type="radio"
                name="theme"
                checked={preferences.theme === theme}
                onChange={() => prefer({ theme })}
              />
              <span>{words.text(label)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <label>
        {words.text("language")}
        <select
          value={preferences.language}
          onChange={(event) => prefer({ language: event.currentTarget.value as Language | "auto" })}
        >
          <option value="auto">{words.text("languageAuto")}</option>
          {Object.entries(LANGUAGES).map(([language, name]) => (
            <option key={language} value={language} lang={language}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={preferences.singleKeys}
          onChange={(event) => prefer({ singleKeys: event.currentTarget.checked })}
        />
        {words.text("singleKeys")}
      </label>
      <button type="button" class="button" data-testid="sign-out" onClick={signOut}>
        {words.text("signOut")}
      </button>
    </div>
  );
}
