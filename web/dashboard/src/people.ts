/** How a person is named and drawn who may have left no name at all. */

import type { ChatRow } from "@deskbell/client";
import type { Translator } from "./text.ts";

export interface Someone {
  id: string;
  email: string | null;
  name: string | null;
}

export function personOf({ user_id, user_email, user_name }: ChatRow): Someone {
  return { id: user_id, email: user_email, name: user_name };
}

/** What the list and the header show: the address, for agents answer to addresses. */
export function titleOf(person: Someone, words: Translator): string {
  return person.email ?? person.name ?? words.text("visitor", { code: codeOf(person.id) });
}

/** What a message's label shows: the name, for a conversation is between people. */
export function nameOf(person: Someone, words: Translator): string {
  return person.name ?? titleOf(person, words);
}

/** One or two characters for the avatar. */
export function initialsOf({ id, email, name }: Someone): string {
  const parts = (name ?? email?.split("@")[0] ?? "").split(/[\s._+-]+/).filter(Boolean);
  const letters =
    parts.length > 1 ? [first(parts[0]!), first(parts.at(-1)!)] : [first(parts[0] ?? "")];
  const initials = letters.join("").toLocaleUpperCase();
  // Arabic letters would join into a word that nobody means.
  if (/^\p{Script=Arabic}/u.test(initials)) return letters[0]!;
  return initials || codeOf(id).slice(0, 2);
}

/** A colour of one's own: the same id always gives the same hue. */
export function hueOf(id: string): number {
  let hash = 7;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) % 3600;
  return hash / 10;
}

/** The last four digits: the first ones of a UUIDv7 are the time and look alike. */
function codeOf(id: string): string {
  return id.slice(-4).toUpperCase();
}

function first(word: string): string {
  return [...word][0] ?? "";
}
