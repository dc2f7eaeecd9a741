/** One chat for all tabs of a browser: one tab, the leader, has the socket, and the others show what it shows. */

import type { Chat } from "./chat.ts";
import type { Off } from "./emitter.ts";
import type { VisitorClient } from "./index.ts";
import type { Sharing } from "./tabs.ts";

/** What showing a chat needs, whichever tab has the socket. */
export type ChatStore = Pick<
  Chat,
  "getState" | "subscribe" | "on" | "retry" | "drop" | "loadOlder" | "markRead" | "typing" | "takeContact"
> & { send(text: string): unknown };

/** What a browser has for its tabs to agree by. */
export interface Tabs {
  readonly locks: Pick<LockManager, "request">;
  /** Names those who understand each other: tabs of one server and one build. */
  readonly group: string;
  openChannel(name: string): BroadcastChannel;
}

export interface SharedChatOptions {
  /** A fresh client for whoever is here now. */
  connect(): VisitorClient;
  /** Null where the browser cannot share, as on plain HTTP: every tab has a socket of its own then. */
  tabs: Tabs | null;
  /** From now on this is what shows the chat. */
  use(store: ChatStore): void;
}

/** Begins alone, and leaves the rest to `tabs.ts`, which comes when the chat is on its way. */
export class SharedChat {
  client!: VisitorClient;
  /** The client that is in use; null once all is over. */
  #here: VisitorClient | null = null;
  #sharing: Sharing | null = null;
  #off: Off = () => {};

  constructor(private readonly options: SharedChatOptions) {
    this.open();
  }

  open(): void {
    const { connect, tabs, use } = this.options;
    const client = (this.#here = this.client = connect());
    use(client.chat);
    if (tabs) void this.#enter(client, tabs);
    else client.chat.open();
  }

  close(): void {
    // What is still on its way to this client, as the session's answer, finds nobody here.
    this.#here = null;
    this.#off();
    this.#sharing?.leave();
    this.#sharing = null;
    this.client.chat.close();
    this.client.cable.disconnect();
  }

  /** Somebody else is here: their chat takes the place of what is shown. */
  restart(): void {
    this.close();
    this.open();
  }

  /**
   * Who is here names the group: tabs of different people share nothing. Until the server says it this
   * tab goes on alone. The lock tells in a moment whether another tab leads: the first waits for nobody.
   */
  async #enter(client: VisitorClient, tabs: Tabs): Promise<void> {
    const { chat, session } = client;
    await session.token().catch(() => {});
    if (client !== this.#here) return;
    if (!session.user) {
      this.#off = chat.subscribe(({ loaded }) => {
        if (!loaded) return;
        this.#off();
        void this.#enter(client, tabs);
      });
      return chat.open();
    }
    const name = `deskbell:${tabs.group}:${session.user.id}`;
    let leads = false;
    const share = async (lock: Lock | null) => {
      if (client !== this.#here) return;
      leads = !!lock;
      if (leads) chat.open();
      const { Sharing } = await import("./tabs.ts");
      if (client !== this.#here) return;
      this.#sharing = new Sharing(client, tabs, name, this.options.use);
      await (leads ? this.#sharing.lead() : void this.#sharing.follow());
    };
    // A sandboxed page may be refused, and the other part may not arrive: better alone than not at all.
    tabs.locks.request(name, { ifAvailable: true }, share).catch(() => {
      leads = false;
      if (client !== this.#here) return;
      if (this.#sharing) this.#sharing.robbed();
      else chat.open();
    });
  }
}
