/** Texts that were sent here and are not yet known to be stored there: kept until acknowledged. */

import type { KeyValues } from "./storage.ts";
import { uuidv7 } from "./uuid.ts";
import type { SenderType } from "./wire.ts";

/** waiting: for a connection · sending: on its way · failed: refused, with the reason in `code`. */
export type PendingState = "waiting" | "sending" | "failed";

export interface Pending {
  id: string;
  content: string;
  created_at: string;
  state: PendingState;
  code?: string;
}

const PREFIX = "deskbell:outbox:";

/**
 * One key per text, so that tabs which share the storage never overwrite each other's;
 * ids sort by time, so the keys are the order.
 */
export class Outbox {
  #chat: string;
  #known = false;
  readonly #sending = new Set<string>();

  /**
   * `me` keeps an agent's texts apart from a visitor's where one browser is both. `owner` names the
   * drawer for what is written before the chat is known, as on a first visit without a connection:
   * on a shared computer the next person must not find it, or send it.
   */
  constructor(
    private readonly storage: KeyValues,
    private readonly me: SenderType,
    owner: string,
  ) {
    this.#chat = `new:${owner}`;
  }

  list(): Pending[] {
    const ids = this.storage.keys().filter((key) => key.startsWith(this.#key("")));
    return ids.sort().flatMap((key) => this.#read(key) ?? []);
  }

  add(content: string): Pending {
    const id = uuidv7();
    const entry: Pending = { id, content, created_at: new Date().toISOString(), state: "waiting" };
    this.put(entry);
    return entry;
  }

  /** Keeps an entry as it is, also one that another tab of this browser wrote. */
  put(entry: Pending): void {
    this.storage.set(this.#key(entry.id), JSON.stringify(entry));
  }

  /** The chat is known now: what was written for it before, which is given back, moves to its name. */
  adopt(chatId: string): Pending[] {
    const early = this.#known ? [] : this.list();
    for (const { id } of early) this.storage.remove(this.#key(id));
    this.#chat = chatId;
    this.#known = true;
    for (const entry of early) this.put(entry);
    return early;
  }

  sending(id: string): void {
    this.#sending.add(id);
  }

  /** Not on its way any more; without an id: none is, as the connection is gone. */
  stall(id?: string): void {
    if (id) this.#sending.delete(id);
    else this.#sending.clear();
  }

  fail(id: string, code: string): void {
    this.#update(id, (entry) => ({ ...entry, state: "failed", code }));
  }

  /** A failed text is to be tried again, under its own id: the server knows a repetition. */
  retry(id: string): void {
    this.#update(id, ({ code: _, ...entry }) => ({ ...entry, state: "waiting" }));
  }

  /** Acknowledged or given up. */
  remove(id: string): void {
    this.#sending.delete(id);
    this.storage.remove(this.#key(id));
  }

  #update(id: string, change: (entry: Pending) => Pending): void {
    this.#sending.delete(id);
    const entry = this.#read(this.#key(id));
    if (entry) this.put(change(entry));
  }

  #read(key: string): Pending | null {
    try {
      const entry = JSON.parse(this.storage.get(key) ?? "null") as Pending | null;
      if (!entry || entry.state === "failed") return entry;
      return { ...entry, state: this.#sending.has(entry.id) ? "sending" : "waiting" };
    } catch {
      return null;
    }
  }

  #key(id: string): string {
    return `${PREFIX}${this.me}:${this.#chat}:${id}`;
  }
}

/** Forgets every text of every chat in this storage: somebody else sits here now. */
export function clearOutboxes(storage: KeyValues): void {
  for (const key of storage.keys()) if (key.startsWith(PREFIX)) storage.remove(key);
}
