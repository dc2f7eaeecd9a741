/** What was written in a tab without a socket, kept until the tab that has one is seen to have it. */

import type { Chat } from "./chat.ts";
import type { ChatState } from "./chat-state.ts";
import type { Pending } from "./outbox.ts";

export class OwnTexts {
  readonly #entries = new Map<string, Pending>();
  /** Those that the leader has shown. */
  readonly #seen = new Set<string>();

  constructor(private readonly chat: Chat) {}

  write(text: string): Pending | null {
    const entry = this.chat.stash(text);
    if (entry) this.#entries.set(entry.id, entry);
    return entry;
  }

  /** In the order they were written. */
  all(): Pending[] {
    return [...this.#entries.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** Whose chat it is is known now: what lay here for it, from before or from the last visit, comes to light. */
  find(chatId: string | null): Pending[] {
    const found = chatId ? this.chat.adopt(chatId) : [];
    const unknown = found.filter(({ id }) => !this.#entries.has(id));
    for (const entry of unknown) this.#entries.set(entry.id, entry);
    return unknown;
  }

  /** Stored by the server, or given up. */
  settle(id: string): void {
    this.#seen.delete(id);
    if (this.#entries.delete(id)) this.chat.drop(id);
  }

  /** Another tab leads, and may not have heard of them. */
  distrust(): void {
    this.#seen.clear();
  }

  /** The state with what its leader, which knows the chat if it is `loaded`, does not show yet. */
  among(state: ChatState, loaded: boolean): ChatState {
    for (const { id } of state.messages) this.settle(id);
    const shown = new Set(state.pending.map(({ id }) => id));
    for (const id of loaded ? this.#seen : []) if (!shown.has(id)) this.settle(id);
    for (const id of this.#entries.keys()) if (shown.has(id)) this.#seen.add(id);
    const missing = this.all().filter(({ id }) => !shown.has(id));
    return missing.length ? { ...state, pending: [...state.pending, ...missing] } : state;
  }
}
