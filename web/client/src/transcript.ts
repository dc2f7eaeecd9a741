/** Keeps the log true: takes what arrives, notices what is missing and fetches it. */

import type { ChatEndpoint } from "./endpoint.ts";
import { emptyLog, type Log, markRead, place, prepend } from "./log.ts";
import type { ChatPage, Message } from "./wire.ts";

export interface Reader {
  /** Everything is anew. */
  loaded(page: ChatPage): void;
  /** A message that was missing. */
  fetched(message: Message): void;
}

export class Transcript {
  log: Log = emptyLog;
  hasMore = false;
  epoch = "";
  /** Highest `seq` heard of; above the log's last one means that something is missing. */
  #heard = 0;
  /** What is held cannot be trusted, or nothing is held yet. */
  #stale = true;
  #work: Promise<void> | null = null;

  constructor(
    private readonly endpoint: ChatEndpoint,
    private readonly reader: Reader,
  ) {}

  get complete(): boolean {
    return !this.#stale && this.#heard <= this.log.lastSeq;
  }

  distrust(): void {
    this.#stale = true;
  }

  /** True if the message is new and in its place; if it shows a gap, `complete` says so. */
  take(message: Message): boolean {
    this.#heard = Math.max(this.#heard, message.seq);
    const { log, placement } = place(this.log, message);
    this.log = log;
    if (placement === "conflict") this.#stale = true;
    return placement === "next";
  }

  /** What the server says of itself after every subscription. */
  compare(server: { epoch: string; last_seq: number }): void {
    if (server.epoch !== this.epoch || server.last_seq < this.log.lastSeq) this.#stale = true;
    this.#heard = Math.max(this.#heard, server.last_seq);
  }

  markRead(upTo: number, readAt: string): void {
    this.log = markRead(this.log, upTo, readAt);
  }

  /** Fetches what is missing, at least once. Callers at the same time share one run. */
  catchUp(): Promise<void> {
    this.#work ??= this.#run().finally(() => (this.#work = null));
    return this.#work;
  }

  async loadOlder(): Promise<void> {
    const before = this.log.messages[0]?.seq;
    if (!this.hasMore || before === undefined) return;
    const page = await this.endpoint.messages({ before });
    // A reload meanwhile may have moved the beginning; the page would leave a hole.
    if (this.log.messages[0]?.seq !== before) return;
    this.log = prepend(this.log, page.messages);
    this.hasMore = page.has_more;
  }

  async #run(): Promise<void> {
    let before;
    do {
      before = this.log.lastSeq;
      if (this.#stale) await this.#load();
      else await this.#fill();
      // Without progress the server does not have it yet: the caller comes back later.
    } while (this.#stale || (!this.complete && this.log.lastSeq > before));
  }

  async #load(): Promise<void> {
    this.#heard = 0;
    this.#stale = false;
    try {
      this.#show(await this.endpoint.load());
    } catch (error) {
      this.#stale = true;
      throw error;
    }
  }

  #show(page: ChatPage): void {
    this.log = { messages: page.messages, lastSeq: page.messages.at(-1)?.seq ?? 0 };
    this.epoch = page.epoch;
    this.hasMore = page.has_more;
    // Live messages that came while the page was under way may be newer than it.
    this.#heard = Math.max(this.#heard, page.last_seq);
    this.reader.loaded(page);
  }

  async #fill(): Promise<void> {
    let more = true;
    while (more && !this.#stale) {
      const page = await this.endpoint.messages({ after: this.log.lastSeq });
      for (const message of page.messages) this.reader.fetched(message);
      more = page.has_more && page.messages.length > 0;
    }
  }
}
