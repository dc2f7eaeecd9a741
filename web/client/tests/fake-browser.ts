/** A browser with tabs: locks, channels and a storage that they share, and a hand that moves the tabs. */

import type { ApiError } from "../src/api.ts";
import { createVisitorClient } from "../src/index.ts";
import { type ChatStore, SharedChat } from "../src/shared-chat.ts";
import { inMemory, type KeyValues } from "../src/storage.ts";
import { vi } from "vitest";
import { BASE, type FakeServer, type FakeSocket } from "./fake-server.ts";
import { FakeLocks, type Work } from "./fake-locks.ts";
import { Place } from "./place.ts";

class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;

  constructor(
    readonly tab: Tab,
    readonly name: string,
  ) {}

  postMessage(data: unknown): void {
    const { channels } = this.tab.browser;
    // Here its code still runs; in a browser it would not.
    if (this.tab.dead) return;
    if (!channels.has(this)) throw new DOMException("The channel is closed.", "InvalidStateError");
    const copy = structuredClone(data);
    for (const other of channels) {
      if (other !== this && other.name === this.name) setTimeout(() => other.hear(copy));
    }
  }

  hear(data: unknown): void {
    if (!this.tab.browser.channels.has(this)) return;
    if (this.tab.frozen) this.tab.missed.push(() => this.hear(data));
    else this.onmessage?.({ data });
  }

  close(): void {
    this.tab.browser.channels.delete(this);
  }
}

export class Browser {
  readonly channels = new Set<FakeChannel>();
  readonly locks = new FakeLocks<Tab>();
  readonly tabs: Tab[] = [];

  constructor(
    readonly server: FakeServer,
    /** Null: every tab has a memory of its own, as where storage is refused. */
    readonly storage: KeyValues | null = inMemory(),
  ) {}

  /** Opens a tab of whoever the host says is signed in, or of the visitor. */
  open(identity?: string): Tab {
    const tab = new Tab(this, identity);
    this.tabs.push(tab);
    return tab;
  }

  /** Tabs that come one after the other. */
  async openTabs(count: number, identity?: string): Promise<Tab[]> {
    for (let i = 0; i < count; i++) {
      this.open(identity);
      await this.settle();
    }
    return this.tabs;
  }

  /** Until all that is on its way has arrived. */
  async settle(): Promise<void> {
    await vi.advanceTimersByTimeAsync(5);
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(20);
  }

  /** Lets time pass on a server that is well. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1_000) {
      await vi.advanceTimersByTimeAsync(Math.min(left, 1_000));
      this.server.ping();
    }
  }

  /** The tabs that have a socket. */
  get leaders(): Tab[] {
    return this.tabs.filter((tab) => tab.sockets.some(({ closed }) => !closed));
  }
}

export class Tab {
  readonly place = new Place();
  readonly sockets: FakeSocket[] = [];
  readonly told: string[] = [];
  readonly unread: number[] = [];
  readonly errors: ApiError[] = [];
  /** All that was shown, to find what only flickered. */
  readonly seen: { texts: string[]; loaded: boolean; connection: string }[] = [];
  readonly shared: SharedChat;
  store!: ChatStore;
  frozen = false;
  dead = false;
  missed: (() => void)[] = [];
  #offs: (() => void)[] = [];

  constructor(
    readonly browser: Browser,
    identity?: string,
  ) {
    const { server, locks } = browser;
    const storage = browser.storage ?? inMemory();
    let key: string | null = null;
    const visitorKey = { get: () => key, set: (value: string | null) => void (key = value) };
    const options = {
      base: BASE,
      storage,
      surroundings: this.place,
      proof: { identity, visitorKey },
      fetch: (async (...call: Parameters<typeof server.fetch>) =>
        this.dead ? new Promise<never>(() => {}) : server.fetch(...call)) as typeof fetch,
      openSocket: (url: string, protocols: string[]) => {
        const socket = server.openSocket(url, protocols);
        if (this.dead) socket.close();
        this.sockets.push(socket);
        return socket;
      },
    };
    const tabs = {
      group: "build",
      locks: {
        request: (name: string, how: LockOptions, work: Work) => locks.request(this, name, how, work),
      } as unknown as Pick<LockManager, "request">,
      openChannel: (name: string) => this.openChannel(name) as unknown as BroadcastChannel,
    };
    this.shared = new SharedChat({
      connect: () => createVisitorClient(options),
      tabs,
      use: (store) => this.#watch(store),
    });
  }

  openChannel(name: string): FakeChannel {
    const channel = new FakeChannel(this, name);
    this.browser.channels.add(channel);
    return channel;
  }

  get channels(): FakeChannel[] {
    return [...this.browser.channels].filter(({ tab }) => tab === this);
  }

  get texts(): string[] {
    return this.store.getState().messages.map(({ content }) => content);
  }

  get pending(): string[] {
    return this.store.getState().pending.map(({ content }) => content);
  }

  get connection(): string {
    return this.store.getState().connection;
  }

  /** The process is gone: nothing of this tab runs any more, and the browser tidies up. */
  crash(): void {
    this.dead = true;
    for (const socket of this.sockets) socket.close();
    for (const channel of this.channels) channel.close();
    this.browser.locks.release(this);
  }

  /** Its scripts stand still, and it holds what it holds. */
  freeze(): void {
    this.frozen = true;
    this.place.lookAway();
  }

  thaw(): void {
    this.frozen = false;
    this.missed.splice(0).forEach((hear) => hear());
  }

  #watch(store: ChatStore): void {
    this.#offs.forEach((off) => off());
    this.store = store;
    const note = () => {
      const { loaded, connection } = store.getState();
      this.seen.push({ texts: this.texts, loaded, connection });
    };
    this.#offs = [
      store.subscribe(note),
      store.on("message", ({ content }) => this.told.push(content)),
      store.on("unread", (count) => this.unread.push(count)),
      store.on("error", (error) => this.errors.push(error)),
    ];
    note();
  }
}
