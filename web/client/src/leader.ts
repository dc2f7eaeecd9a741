/** The tab that has the socket: does what the others ask, and shows them its state. */

import type { Chat } from "./chat.ts";
import type { ChatState } from "./chat-state.ts";
import type { Off } from "./emitter.ts";
import type { Surroundings } from "./surroundings.ts";
import { type Answer, type News, perform, type Question } from "./tab-posts.ts";

export class Leader {
  readonly #since: number;
  readonly #offs: Off[];
  /** Nobody is told anything before somebody has asked, except by a leader who was a follower. */
  #heard: boolean;
  #told: ChatState | null = null;
  #due = false;

  /** `after` is since when its predecessor led, if this tab knew one: clocks may go back. */
  constructor(
    private readonly chat: Chat,
    private readonly channel: BroadcastChannel,
    private readonly surroundings: Surroundings,
    after: number | null,
  ) {
    this.#since = Math.max(Date.now(), (after ?? 0) + 1);
    this.#heard = after !== null;
    channel.onmessage = ({ data }) => void this.#receive(data);
    this.#offs = [
      chat.subscribe(() => this.#tellSoon()),
      chat.on("error", ({ code }) => this.#tell({ error: code })),
    ];
    this.#tellSoon();
  }

  stop(): void {
    this.#offs.forEach((off) => off());
    // A closed channel throws when something is told by it.
    this.#heard = false;
    this.channel.onmessage = null;
    this.channel.close();
  }

  async #receive(question: Question | Answer): Promise<void> {
    if ("since" in question) return;
    this.#heard = true;
    if ("hello" in question) this.#told = null;
    // Every question has an answer, by which a follower knows that somebody is there.
    this.#tellSoon();
    if ("hello" in question) return;
    await perform(this.chat, question);
    if (this.#heard) this.#tellSoon();
  }

  /** Once for however many changes come together. */
  #tellSoon(): void {
    if (this.#due || !this.#heard) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      const state = this.chat.getState();
      this.#tell(state === this.#told ? {} : { state: { ...state, error: null } });
      this.#told = state;
    });
  }

  #tell(news: News): void {
    const visible = this.surroundings.visible();
    if (this.#heard) this.channel.postMessage({ since: this.#since, visible, ...news });
  }
}
