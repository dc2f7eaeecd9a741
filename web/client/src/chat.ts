/** One chat as a store: what is shown, kept right through every loss of connection. */

import type { Cable } from "./cable.ts";
import { type ChatEvents, type ChatState, type Connection, initialState } from "./chat-state.ts";
import { Company } from "./company.ts";
import { Delivery } from "./delivery.ts";
import { Emitter, type Off } from "./emitter.ts";
import type { ChatEndpoint } from "./endpoint.ts";
import { Fetcher } from "./fetcher.ts";
import { readUpTo } from "./log.ts";
import { Outbox, type Pending } from "./outbox.ts";
import { ReadMark } from "./read-mark.ts";
import type { KeyValues } from "./storage.ts";
import type { Subscription } from "./subscription.ts";
import type { Surroundings } from "./surroundings.ts";
import { Transcript } from "./transcript.ts";
import type { ChatEvent, ChatHead, ChatPage, Contact, ChatUser, Message } from "./wire.ts";

/** After so many failed connects the messages are fetched by REST as well. */
const PATIENCE = 2;

export interface ChatOptions {
  endpoint: ChatEndpoint;
  cable: Cable;
  storage: KeyValues;
  surroundings: Surroundings;
  /** False where there is no WebSocket at all. */
  sockets: boolean;
  /** Names who writes here, as far as is known before the server says it. */
  owner?: string | undefined;
  random?: () => number;
}

export class Chat {
  readonly #events = new Emitter<ChatEvents & { change: ChatState }>();
  readonly #outbox: Outbox;
  readonly #delivery: Delivery;
  readonly #transcript: Transcript;
  readonly #fetcher: Fetcher;
  readonly #readMark: ReadMark;
  readonly #company = new Company({
    changed: () => this.#refresh(),
    whisper: () => this.#subscription?.whisper(),
  });
  #state = initialState;
  #subscription: Subscription<ChatEvent> | null = null;
  #offs: Off[] = [];
  #rejected = false;

  constructor(private readonly options: ChatOptions) {
    const { endpoint, storage } = options;
    this.#outbox = new Outbox(storage, endpoint.me, options.owner ?? "");
    this.#transcript = new Transcript(endpoint, {
      loaded: (page) => this.#show(page),
      fetched: (message) => this.#take(message),
    });
    this.#fetcher = new Fetcher(this.#transcript, {
      polling: () => this.#polling,
      settle: async () => {
        await this.#delivery.overRest();
        await this.#readMark.flush();
        // Messages are fetched by their `seq`; what else may change is not among them. Nothing up to 0
        // can be unread, so this only asks.
        await this.#fetcher.attempt(async () => this.#learn(await endpoint.markRead(0)));
      },
      back: () => options.cable.serverIsBack(),
      changed: () => this.#refresh(),
      failed: (error) => this.#events.emit("error", error),
      random: options.random,
    });
    this.#readMark = new ReadMark((upTo) => endpoint.markRead(upTo));
    this.#delivery = new Delivery(this.#outbox, {
      bySocket: (id, content) =>
        this.#subscription?.perform("send_message", { id, content }) ?? false,
      byRest: (id, content) => endpoint.send(id, content),
      stored: (message) => this.#take(message),
      changed: () => this.#refresh(),
    });
    this.#refresh();
  }

  getState(): ChatState {
    return this.#state;
  }

  subscribe(listener: (state: ChatState) => void): Off {
    return this.#events.on("change", listener);
  }

  on<Name extends keyof ChatEvents>(name: Name, listener: (value: ChatEvents[Name]) => void): Off {
    return this.#events.on(name, listener as never);
  }

  open(): void {
    if (this.#opened) return;
    const { cable, surroundings, sockets } = this.options;
    this.#offs = [
      cable.onState(() => this.#cableChanged()),
      surroundings.onWake(() => this.#wake()),
      surroundings.onSleep(() => this.#refresh()),
    ];
    // What a chat held that was left before is shown by nobody as the present.
    this.#refresh({ loaded: false });
    if (sockets) cable.connect();
    this.#fetcher.start();
  }

  /** Leaves the chat; the cable stays, as others may be using it. */
  close(): void {
    this.#offs.forEach((off) => off());
    this.#offs = [];
    this.#fetcher.stop();
    this.#subscription?.unsubscribe();
    this.#subscription = null;
    this.#transcript.distrust();
    this.#delivery.interrupted();
    this.#company.scatter();
    // What was written here goes out all the same: nobody may have to come back for that.
    void this.#delivery.overRest();
  }

  /** Keeps the text until the server has it; a blank one is nothing. */
  send(text: string): Pending | null {
    const entry = this.stash(text);
    if (!entry) return null;
    this.#company.sent();
    this.#deliver();
    return entry;
  }

  /** Keeps a text for another tab to send. */
  stash(text: string): Pending | null {
    return text.trim() === "" ? null : this.#outbox.add(text);
  }

  /** Another tab has told whose chat it is; the texts that were written for it before. */
  adopt(chatId: string): Pending[] {
    return this.#outbox.adopt(chatId);
  }

  /** Sends what another tab has stashed. */
  accept(entry: Pending): void {
    if (this.#state.messages.some(({ id }) => id === entry.id)) return;
    this.#outbox.put(entry);
    this.#deliver();
  }

  /** Tries a refused text again, and the connection with it. */
  retry(id: string): void {
    this.#outbox.retry(id);
    if (!this.#live) this.options.cable.tryNow();
    this.#deliver();
  }

  drop(id: string): void {
    this.#outbox.remove(id);
    this.#refresh();
  }

  /** What the user now says of themselves, as the server has answered it. */
  takeContact(contact: Contact): void {
    this.#refresh({ contact });
  }

  async loadOlder(): Promise<void> {
    await this.#fetcher.attempt(() => this.#transcript.loadOlder());
  }

  /** What is here has been seen. */
  markRead(): void {
    if (this.#state.unread === 0) return;
    this.#readMark.set(this.#state.lastSeq);
    this.#refresh({ unread: 0 });
  }

  /** To be called at every key stroke; the others hear of it now and then. */
  typing(): void {
    if (this.#subscription?.confirmed) this.#company.wrote();
  }

  // -- connection ---------------------------------------------------------------------------

  get #opened(): boolean {
    return this.#offs.length > 0;
  }

  get #live(): boolean {
    return this.options.cable.state === "live" && (this.#subscription?.confirmed ?? false);
  }

  /** The socket had its chances; messages are fetched until it is back. */
  get #polling(): boolean {
    const { cable, sockets } = this.options;
    return !this.#live && (!sockets || this.#rejected || cable.failures >= PATIENCE);
  }

  #connection(): Connection {
    const { cable, surroundings } = this.options;
    if (!this.#opened) return "idle";
    const { reachable, error } = this.#fetcher;
    if (cable.state === "signed_out" || error?.signedOut) return "signed_out";
    if (this.#live) return "live";
    if (!surroundings.online()) return "offline";
    if (this.#polling && reachable) return "polling";
    // It said that it comes back: that it refuses everything for some seconds belongs to it.
    if (cable.restarting) return "restarting";
    return reachable === false ? "offline" : "connecting";
  }

  #cableChanged(): void {
    if (this.#polling) this.#fetcher.hurry();
    this.#refresh();
  }

  #wake(): void {
    if (!this.#live) void this.#fetcher.catchUp();
    this.#refresh();
  }

  #deliver(): void {
    if (this.#live) this.#delivery.overSocket();
    else if (this.#state.connection === "polling") void this.#delivery.overRest();
    this.#refresh();
  }

  #follow(chatId: string): void {
    const stream = `support_chat:${chatId}`;
    this.#subscription ??= this.options.cable.subscribe<ChatEvent>(
      { channel: "ChatChannel", chat_id: chatId },
      {
        resume: () => ({
          stream,
          offset: this.#transcript.log.lastSeq,
          epoch: this.#transcript.epoch,
        }),
        confirmed: () => this.#confirmed(),
        rejected: () => {
          this.#rejected = true;
          this.#cableChanged();
        },
        lost: () => this.#lost(),
        historyRejected: () => {
          this.#transcript.distrust();
          void this.#fetcher.catchUp();
        },
        received: (event) => this.#receive(event),
        presence: (event) => this.#company.observe(event),
      },
    );
  }

  #confirmed(): void {
    this.#rejected = false;
    this.#fetcher.arrived();
    this.#subscription?.join(this.options.endpoint.me);
    this.#delivery.overSocket();
    void this.#readMark.flush();
  }

  #lost(): void {
    this.#fetcher.reachable = null;
    this.#delivery.interrupted();
    this.#company.scatter();
  }

  // -- what the server says -----------------------------------------------------------------

  #receive(event: ChatEvent): void {
    switch (event.type) {
      case "new_message":
        return this.#take(event.message);
      case "chat_state":
        this.#transcript.compare(event);
        if (event.read_up_to > this.#state.readUpTo) {
          this.#readByUser(event.read_up_to, new Date().toISOString());
        }
        this.#learn(event);
        return this.#complete();
      case "messages_read":
        return this.#readByUser(event.up_to, event.read_at);
      case "chat_viewed":
        return this.#viewed(event.up_to);
      case "chat_archived":
      case "chat_unarchived":
        return this.#refresh({ archived: event.type === "chat_archived" });
      case "typing":
        if (event.sender_type !== this.options.endpoint.me) this.#company.typed();
        return;
      case "message_rejected":
        return this.#delivery.rejected(event.id, event.code);
    }
  }

  #learn({ archived, viewed_up_to }: Pick<ChatHead, "archived" | "viewed_up_to">): void {
    this.#refresh({ archived });
    this.#viewed(viewed_up_to);
  }

  #viewed(upTo = 0): void {
    this.#refresh({ viewedUpTo: Math.max(upTo, this.#state.viewedUpTo) });
  }

  #take(message: Message): void {
    this.#delivery.acknowledge(message);
    const fresh = this.#transcript.take(message);
    const theirs = message.sender_type !== this.options.endpoint.me;
    if (fresh && theirs) this.#company.quiet();
    const unread = this.#state.unread + (fresh && theirs && !message.read_at ? 1 : 0);
    this.#refresh({ unread });
    if (fresh) this.#events.emit("message", message);
    this.#complete();
  }

  #complete(): void {
    if (!this.#transcript.complete) void this.#fetcher.catchUp();
  }

  #readByUser(upTo: number, readAt: string): void {
    this.#transcript.markRead(upTo, readAt);
    const change: Partial<ChatState> = { readUpTo: Math.max(upTo, this.#state.readUpTo) };
    if (this.options.endpoint.me === "user") {
      const { messages } = this.#transcript.log;
      const left = messages.filter((m) => m.sender_type === "admin" && m.seq > upTo).length;
      change.unread = Math.min(left, this.#state.unread);
    }
    this.#refresh(change);
  }

  #show(page: ChatPage & { user?: ChatUser }): void {
    if (!this.#opened) return;
    this.#outbox.adopt(page.id);
    for (const message of page.messages) this.#delivery.acknowledge(message);
    this.#refresh({
      id: page.id,
      loaded: true,
      archived: page.archived,
      unread: page.unread_count,
      readUpTo: readUpTo(this.#transcript.log),
      viewedUpTo: page.viewed_up_to ?? 0,
      replySeconds: page.reply_seconds ?? null,
      contact: page.contact ?? null,
      user: page.user ?? null,
    });
    this.#follow(page.id);
  }

  #refresh(change: Partial<ChatState> = {}): void {
    const before = this.#state;
    const { log, hasMore } = this.#transcript;
    this.#state = {
      ...before,
      ...change,
      messages: log.messages,
      lastSeq: log.lastSeq,
      hasMore,
      pending: this.#outbox.list(),
      typing: this.#company.typing,
      presence: this.#company.presence,
      connection: this.#connection(),
      error: this.#fetcher.error,
    };
    const { connection, unread } = this.#state;
    this.#events.emit("change", this.#state);
    if (before.connection !== connection) this.#events.emit("connection", connection);
    if (before.unread !== unread) this.#events.emit("unread", unread);
  }
}
