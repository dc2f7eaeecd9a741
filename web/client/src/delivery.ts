/** Brings the outbox's texts to the server, in order, by socket or by REST, until each is settled. */

import { ApiError } from "./api.ts";
import type { Outbox } from "./outbox.ts";
import type { Message } from "./wire.ts";

/** A text that went over a living socket and is not acknowledged after this goes by REST. */
export const ACK_MS = 10_000;

/** Refusals that say nothing against the message. */
const TRANSIENT = new Set(["rate_limited", "busy"]);

export interface Ways {
  bySocket(id: string, content: string): boolean;
  byRest(id: string, content: string): Promise<Message>;
  stored(message: Message): void;
  changed(): void;
}

export class Delivery {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #posting = false;

  constructor(
    private readonly outbox: Outbox,
    private readonly ways: Ways,
  ) {}

  /** Everything that waits, over the socket. A repetition is the same message to the server. */
  overSocket(): void {
    // What goes by REST now was written before what waits: it would be overtaken.
    if (this.#posting) return;
    for (const { id, content } of this.#open("waiting")) {
      this.outbox.sending(id);
      if (!this.ways.bySocket(id, content)) {
        this.outbox.stall(id);
        break;
      }
      this.#checkIn(ACK_MS);
    }
    this.ways.changed();
  }

  /** Everything not settled, one after the other; the first that must wait makes the rest wait. */
  async overRest(): Promise<void> {
    if (this.#posting) return;
    this.#posting = true;
    try {
      let entry;
      while ((entry = this.#open()[0])) {
        if (!(await this.#post(entry.id, entry.content))) break;
      }
    } finally {
      this.#posting = false;
      // Meanwhile the socket may have come; without one this does nothing.
      this.overSocket();
    }
  }

  acknowledge(message: Message): void {
    this.outbox.remove(message.id);
  }

  rejected(id: string, code: string): void {
    if (TRANSIENT.has(code)) {
      this.outbox.stall(id);
      this.#checkIn(ACK_MS);
    } else {
      this.outbox.fail(id, code);
    }
    this.ways.changed();
  }

  /** The socket is gone: what it carried waits for the next one. */
  interrupted(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.outbox.stall();
    this.ways.changed();
  }

  async #post(id: string, content: string): Promise<boolean> {
    this.outbox.sending(id);
    this.ways.changed();
    try {
      this.ways.stored(await this.ways.byRest(id, content));
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!error.transient && !error.signedOut) {
        this.outbox.fail(id, error.code);
        return true;
      }
      this.outbox.stall(id);
      // Who is not known any more would ask in vain.
      if (error.transient) this.#checkIn(Math.max(ACK_MS, (error.retryAfter ?? 0) * 1000));
      return false;
    }
  }

  #open(state?: "waiting") {
    return this.outbox
      .list()
      .filter((entry) => (state ? entry.state === state : entry.state !== "failed"));
  }

  #checkIn(ms: number): void {
    // A check that is due stays: who writes all the time would put it off for ever.
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#open().length > 0) void this.overRest();
    }, ms);
  }
}
