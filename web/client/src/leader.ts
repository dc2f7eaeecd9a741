/** The tab that has the socket: does what the others ask, and shows them its state. */

import type { Chat } from "./chat.ts";
import type { Off } from "./emitter.ts";
import { type News, perform, type Question } from "./tab-posts.ts";

export class Leader {
  readonly #since = Date.now();
  readonly #offs: Off[];
  #due = false;

  constructor(
    private readonly chat: Chat,
    private readonly channel: BroadcastChannel,
    /** Nobody is told anything before somebody has asked, except by a leader who was a follower. */
    private followed: boolean,
  ) {
    channel.onmessage = ({ data }) => void this.#receive(data);
    this.#offs = [
      chat.subscribe(() => this.#tellSoon()),
      chat.on("message", (message) => this.#tell({ message })),
      chat.on("error", ({ code }) => this.#tell({ error: code })),
    ];
    this.#tellSoon();
  }

  stop(): void {
    this.#offs.forEach((off) => off());
    this.channel.close();
  }

  async #receive(question: Question | { since: number }): Promise<void> {
    if ("since" in question) return;
    this.followed = true;
    if (!("hello" in question)) await perform(this.chat, question);
    // Every question has an answer, by which a follower knows that somebody is there.
    this.#tellSoon();
  }

  /** Once for however many changes come together. */
  #tellSoon(): void {
    if (this.#due || !this.followed) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.#tell({ state: { ...this.chat.getState(), error: null } });
    });
  }

  #tell(news: News): void {
    if (this.followed) this.channel.postMessage({ since: this.#since, ...news });
  }
}
