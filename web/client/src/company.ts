/** Who else is here and whether they are typing: nothing of it is stored anywhere. */

import type { PresenceEvent, PresenceRecord } from "./wire.ts";

/** A whisper is repeated while typing goes on; without one for this long it has ended. */
export const TYPING_MS = 5_000;
/** Own whispers are not sent more often than this. */
export const WHISPER_MS = 2_500;
/** After a message they may be, but the server passes on no two of a connection within 500 ms. */
export const RENEWED_WHISPER_MS = 600;

interface Outside {
  changed(): void;
  /** Tells the others that one is typing. */
  whisper(): void;
}

export class Company {
  presence: readonly PresenceRecord[] = [];
  typing = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #whisperedAt = -Infinity;
  #pause = WHISPER_MS;
  #whispersSoon: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly outside: Outside) {}

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

  /** A key stroke of one's own. */
  wrote(): void {
    if (this.#whispersSoon !== undefined) return;
    const wait = this.#whisperedAt + this.#pause - Date.now();
    if (wait <= 0) this.#whisper();
    // Within a text the next key stroke is in time; of a new one this may be the last for long.
    else if (this.#pause < WHISPER_MS) this.#whispersSoon = setTimeout(() => this.#whisper(), wait);
  }

  /** What was written is sent: the next key stroke begins anew. */
  sent(): void {
    this.#cancelWhisper();
    this.#pause = RENEWED_WHISPER_MS;
  }

  observe(event: PresenceEvent): void {
    if (event.type === "info") {
      this.presence = event.records;
    } else {
      const others = this.presence.filter(({ id }) => id !== event.id);
      const joined = event.type === "join" ? [{ id: event.id, info: event.info }] : [];
      this.presence = [...others, ...joined];
    }
    this.outside.changed();
  }

  /** The line is gone: whoever was here is unknown until it is back. */
  scatter(): void {
    clearTimeout(this.#timer);
    this.#cancelWhisper();
    this.typing = false;
    this.presence = [];
    this.outside.changed();
  }

  #whisper(): void {
    this.#cancelWhisper();
    this.#pause = WHISPER_MS;
    this.#whisperedAt = Date.now();
    this.outside.whisper();
  }

  #cancelWhisper(): void {
    clearTimeout(this.#whispersSoon);
    this.#whispersSoon = undefined;
  }

  #setTyping(typing: boolean): void {
    if (typing === this.typing) return;
    this.typing = typing;
    this.outside.changed();
  }
}
