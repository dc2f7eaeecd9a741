/** The anonymous visitor's key: in memory at first, in the browser from the first message on. */

import type { KeyValues } from "@deskbell/client";
import { VISITOR_KEY, WROTE } from "../storage-keys.ts";

export class VisitorMemory {
  #key: string | null;
  #kept: boolean;

  constructor(private readonly storage: KeyValues) {
    this.#key = storage.get(VISITOR_KEY);
    this.#kept = this.#key !== null || storage.get(WROTE) !== null;
  }

  get(): string | null {
    return this.#key;
  }

  set(key: string | null): void {
    this.#key = key;
    if (key === null) this.storage.remove(VISITOR_KEY);
    else if (this.#kept) this.storage.set(VISITOR_KEY, key);
  }

  /** The first message is written: from now on this browser is known. */
  keep(): void {
    if (this.#kept) return;
    this.#kept = true;
    // Without a key yet, or ever (a host's cookie says who it is), the mark brings us back.
    if (this.#key === null) this.storage.set(WROTE, "1");
    else this.storage.set(VISITOR_KEY, this.#key);
  }
}
