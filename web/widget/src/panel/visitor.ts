/** The anonymous visitor's key: in memory at first, in the browser from the first message on. */

import type { KeyValues } from "@deskbell/client";
import { VISITOR_KEY, WROTE } from "../storage-keys.ts";

/** Until what another tab stores at the same moment is seen in this one. */
const SETTLE_MS = 60;

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

  /** Another tab was first, and this browser has one visitor. True if that is somebody else. */
  adopt(): boolean {
    const stored = this.storage.get(VISITOR_KEY);
    if (stored === null || stored === this.#key) return false;
    this.#kept = true;
    this.#key = stored;
    return true;
  }

  /**
   * The first message is written: from now on this browser is known. True if another tab was first,
   * whose visitor this one is now; when both write at once, the later key stays, and both take it.
   */
  async keep(): Promise<boolean> {
    if (this.#kept) return false;
    if (this.adopt()) return true;
    this.#kept = true;
    // Without a key yet, or ever (a host's cookie says who it is), the mark brings us back.
    if (this.#key === null) {
      this.storage.set(WROTE, "1");
      return false;
    }
    this.storage.set(VISITOR_KEY, this.#key);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    return this.adopt();
  }
}
