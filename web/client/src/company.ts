/** Who else is here and whether they are typing: nothing of it is stored anywhere. */

import type { PresenceEvent, PresenceRecord } from "./wire.ts";

/** A whisper is repeated while typing goes on; without one for this long it has ended. */
export const TYPING_MS = 5_000;
/** Own whispers are not sent more often than this. */
export const WHISPER_MS = 2_500;

export class Company {
  presence: readonly PresenceRecord[] = [];
  typing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #whisperedAt = -Infinity;

  constructor(private readonly changed: () => void) {}

  /** The other side types. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.quiet(), TYPING_MS);
    this.#setTyping(true);
  }

  /** The other side stopped, or its message is here. */
  quiet(): void {
    clearTimeout(this.#timer);
    this.#setTyping(false);
  }

  /** True if it is time to tell the others again that one is typing. */
  mayWhisper(now: number = Date.now()): boolean {
    if (now - this.#whisperedAt < WHISPER_MS) return false;
    this.#whisperedAt = now;
    return true;
  }

  /** What was written is sent: the next key stroke begins anew. */
  sent(): void {
    this.#whisperedAt = -Infinity;
  }

  observe(event: PresenceEvent): void {
    if (event.type === "info") {
      this.presence = event.records;
    } else {
      const others = this.presence.filter(({ id }) => id !== event.id);
      const joined = event.type === "join" ? [{ id: event.id, info: event.info }] : [];
      this.presence = [...others, ...joined];
    }
    this.changed();
  }

  /** The line is gone: whoever was here is unknown until it is back. */
  scatter(): void {
    clearTimeout(this.#timer);
    this.typing = false;
    this.presence = [];
    this.changed();
  }

  #setTyping(typing: boolean): void {
    if (typing === this.typing) return;
    this.typing = typing;
    this.changed();
  }
}
