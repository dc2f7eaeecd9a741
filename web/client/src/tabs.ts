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
    const { chat } = this.client;
    const followed = this.#follower;
    this.#leader = new Leader(chat, this.tabs.openChannel(this.name), followed !== null);
    chat.open();
    followed?.bridge(() => {
      if (this.#follower !== followed || !this.#leader) return;
      this.#follower = null;
      this.use(chat);
    });
    return new Promise((resolve) => (this.#letGo = resolve));
  }

  follow(): void {
    const waiting = new AbortController();
    const follower = new Follower(this.client, this.tabs.openChannel(this.name), () => {
      waiting.abort();
      this.#ask({ steal: true });
    });
    this.#follower?.stop();
    this.#follower = follower;
    this.#letGo = () => waiting.abort();
    this.client.chat.close();
    this.client.cable.disconnect();
    this.use(follower);
    this.#ask({ signal: waiting.signal });
  }

  leave(): void {
    this.#ended = true;
    this.#offs.forEach((off) => off());
    this.#stop();
    this.#letGo();
  }

  #ask(how: LockOptions): void {
    this.tabs.locks
      .request(this.name, how, () => (this.#ended || this.#away ? undefined : this.lead()))
      // Robbed by a tab that heard nothing from this one; or it was this tab that gave up waiting.
      .catch(() => {
        if (!this.#leader || this.#ended) return;
        this.#stop();
        this.follow();
      });
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
