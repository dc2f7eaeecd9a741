/** How the tabs of one browser share a chat: who leads, and what happens when the leader is gone. */

import type { Off } from "./emitter.ts";
import { Follower } from "./follower.ts";
import type { VisitorClient } from "./index.ts";
import { Leader } from "./leader.ts";
import type { ChatStore, Tabs } from "./shared-chat.ts";

export class Sharing {
  #leader: Leader | null = null;
  #follower: Follower | null = null;
  /** Ends this tab's turn as the leader, or its waiting for one. */
  #letGo: () => void = () => {};
  /** Counts the requests for the lock: what comes of an older one is void. */
  #request = 0;
  #ended = false;
  #away = false;
  readonly #offs: Off[];

  constructor(
    private readonly client: VisitorClient,
    private readonly tabs: Tabs,
    private readonly name: string,
    private readonly use: (store: ChatStore) => void,
  ) {
    const { surroundings } = client;
    // A page that holds a lock stays out of the back/forward cache, and the others wait for it.
    this.#offs = [surroundings.onHide(() => this.#putAside()), surroundings.onShow(() => this.#comeBack())];
  }

  /** This tab's turn; it holds the lock as long as the promise is open. */
  lead(): Promise<void> {
    const { chat, surroundings } = this.client;
    const followed = this.#follower;
    const channel = this.tabs.openChannel(this.name);
    this.#leader = new Leader(chat, channel, surroundings, followed && followed.since);
    chat.open();
    followed?.bridge(() => {
      if (this.#follower !== followed || !this.#leader) return;
      this.#follower = null;
      this.use(chat);
    });
    return new Promise((resolve) => (this.#letGo = resolve));
  }

  follow(): void {
    const { chat, cable } = this.client;
    const waiting = new AbortController();
    const shown = (this.#follower ?? chat).getState();
    const follower = new Follower(this.client, this.tabs.openChannel(this.name), shown, () => {
      waiting.abort();
      this.#ask({ steal: true });
    });
    this.#follower = follower;
    this.#letGo = () => waiting.abort();
    chat.close();
    cable.disconnect();
    this.use(follower);
    this.#ask({ signal: waiting.signal });
  }

  leave(): void {
    this.#ended = true;
    this.#offs.forEach((off) => off());
    this.#stop();
    this.#letGo();
  }

  /** The lock of the first turn is gone: another tab heard nothing from this one. */
  robbed(request = 0): void {
    if (request !== this.#request || !this.#leader || this.#ended) return;
    this.#stop();
    this.follow();
  }

  #ask(how: LockOptions): void {
    const request = ++this.#request;
    const mine = () => request === this.#request && !this.#ended && !this.#away;
    this.tabs.locks
      .request(this.name, how, () => (mine() ? this.lead() : undefined))
      // Robbed; or it was this tab that gave up waiting.
      .catch(() => this.robbed(request));
  }

  #stop(): void {
    this.#leader?.stop();
    this.#leader = null;
    this.#follower?.stop();
  }

  #putAside(): void {
    this.#away = true;
    this.#stop();
    this.client.chat.close();
    this.client.cable.disconnect();
    this.#letGo();
  }

  /** As a follower, who leads as soon as nobody else does. A page shown for the first time was never away. */
  #comeBack(): void {
    if (!this.#away) return;
    this.#away = false;
    this.follow();
  }
}
