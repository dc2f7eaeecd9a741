/** When to ask for an e-mail address: somebody wrote, nobody answered, and nobody could reach them. */

import type { ChatState, KeyValues } from "@deskbell/client";
import { ASK } from "../../storage-keys.ts";

/** So long an answer may take before the visitor thinks of leaving. */
export const PATIENCE_MS = 45_000;

export class Asking {
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Asked once, it stays until it is answered, so that nobody loses what they type into it. */
  #asked = false;

  constructor(
    private readonly storage: KeyValues,
    private readonly due: () => void,
  ) {}

  /** Whether the question stands in the list. */
  update({ messages, contact }: ChatState): boolean {
    clearTimeout(this.#timer);
    if (!contact?.editable || contact.email || this.storage.get(ASK)) return (this.#asked = false);
    const last = messages.at(-1);
    if (this.#asked || last?.sender_type !== "user") return this.#asked;
    const wait = Date.parse(last.created_at) + PATIENCE_MS - Date.now();
    if (wait > 0) this.#timer = setTimeout(this.due, Math.min(wait, PATIENCE_MS));
    else this.#asked = !contact.unconfirmed_email;
    return this.#asked;
  }

  /** "Not now" is an answer, too. */
  dismiss(): void {
    this.storage.set(ASK, "off");
    this.due();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
