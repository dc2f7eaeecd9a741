/** Keeps what stands in the field through a reload: in this tab alone, and only of people who wrote before. */

import type { ChatState } from "@deskbell/client";
import { DRAFT } from "../storage-keys.ts";

export class Draft {
  #key: string | null = null;

  constructor(private readonly storage: () => Storage) {}

  /** What was left here, once the chat is known; nothing is stored for who only looks. */
  restore({ id, messages }: ChatState): string | null {
    const key = id && messages.length > 0 ? DRAFT + id : null;
    if (key === this.#key) return null;
    this.#key = key;
    return key && this.#with((storage) => storage.getItem(key));
  }

  keep(text: string): void {
    const key = this.#key;
    if (key) this.#with((storage) => (text ? storage.setItem(key, text) : storage.removeItem(key)));
  }

  /** Storage may be forbidden or full, and then a draft lasts as long as the page. */
  #with<T>(action: (storage: Storage) => T): T | null {
    try {
      return action(this.storage());
    } catch {
      return null;
    }
  }
}
