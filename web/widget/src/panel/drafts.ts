/** Keeps what stands in the field through a reload: in this tab alone, and only of people who wrote before. */

import type { ChatState, KeyValues } from "@deskbell/client";
import { DRAFT } from "../storage-keys.ts";

export class Draft {
  #key = "";

  constructor(private readonly storage: KeyValues) {}

  /** What was left here, once the chat is known; nothing is stored for who only looks. */
  restore({ id, messages }: ChatState): string | null {
    const key = messages.length > 0 ? DRAFT + id : "";
    if (key === this.#key) return null;
    this.#key = key;
    return this.storage.get(key);
  }

  keep(text: string): void {
    if (this.#key) this.storage[text ? "set" : "remove"](this.#key, text);
  }
}
