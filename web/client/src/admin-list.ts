/** The agents' list as a store: loaded by REST, kept right by `AdminNotificationChannel`. */

import { type ChatListEvents, type ChatListState, initialListState } from "./admin-list-state.ts";
import { extend, fill, find, put, type ShelfName } from "./admin-shelves.ts";
import { Throttle } from "./admin-throttle.ts";
import { type Api, ApiError } from "./api.ts";
import { backoff } from "./backoff.ts";
import type { Cable } from "./cable.ts";
import { POLL_MS } from "./fetcher.ts";
import type { Connection } from "./chat-state.ts";
import { Emitter, type Off } from "./emitter.ts";
import type { Subscription } from "./subscription.ts";
import type { Surroundings } from "./surroundings.ts";
import type { AdminEvent, ChatHead, ChatList as ChatListPage, ChatRow } from "./wire.ts";

export const PAGE = 50;
/** The server's own limit: a list longer than this shrinks to it when it is loaded anew. */
const LONGEST_PAGE = 200;
/** Unknown rows come in bursts, as when a shop opens: the counts are asked for once per second. */
export const RECOUNT_MS = 1_000;

export interface ChatListOptions {
  api: Pick<Api, "get" | "post">;
  cable: Pick<
    Cable,
    "state" | "failures" | "onState" | "subscribe" | "connect" | "serverIsBack"
  >;
  surroundings: Surroundings;
  random?: () => number;
}

export class ChatList {
  readonly #events = new Emitter<ChatListEvents>();
  readonly #loaded = new Set<ShelfName>();
  #state = initialListState;
  #subscription: Subscription<AdminEvent> | null = null;
  #offs: Off[] = [];
  #loading = false;
  #again = false;
  /** Rows that came while a snapshot was under way, which may be older than they are. */
  #meanwhile: ChatRow[] = [];
  /** Counts the changes, so that an answer can tell whether it was overtaken. */
  #changes = 0;
  #failures = 0;
  /** Whether the server answers by REST; null while nobody knows. */
  #reachable: boolean | null = null;
  #poll: ReturnType<typeof setTimeout> | undefined;
  readonly #recount = new Throttle(() => void this.#askForCounts(), RECOUNT_MS);

  constructor(private readonly options: ChatListOptions) {}

  getState(): ChatListState {
    return this.#state;
  }

  /** A chat's row, if it is among those that are loaded. */
  row(chatId: string): ChatRow | undefined {
    return find(this.#state.shelves, chatId);
  }

  subscribe(listener: (state: ChatListState) => void): Off {
    return this.#events.on("change", listener);
  }

  on<Name extends keyof ChatListEvents>(
    name: Name,
    listener: (value: ChatListEvents[Name]) => void,
  ): Off {
    return this.#events.on(name, listener);
  }

  open(): void {
    if (this.#offs.length > 0) return;
    const { cable, surroundings } = this.options;
    this.#offs = [
      cable.onState(() => this.#refresh()),
      surroundings.onWake(() => void this.reload()),
      surroundings.onSleep(() => this.#refresh()),
    ];
    this.#subscription = cable.subscribe<AdminEvent>(
      { channel: "AdminNotificationChannel" },
      {
        received: (event) => this.#receive(event),
        // This channel has no history: whatever was missed is in a fresh snapshot.
        confirmed: () => this.#reloadAll(),
        lost: () => {
          this.#reachable = null;
          this.#schedulePoll();
        },
      },
    );
    cable.connect();
    void this.reload();
  }

  close(): void {
    this.#offs.forEach((off) => off());
    this.#offs = [];
    clearTimeout(this.#poll);
    this.#recount.stop();
    this.#subscription?.unsubscribe();
    this.#subscription = null;
  }

  show(shown: ShelfName): void {
    if (shown === this.#state.shown) return;
    this.#refresh({ shown, loadingMore: false });
    if (!this.#loaded.has(shown)) void this.reload();
  }

  /** Loads the shown shelf anew; asked while it loads, it loads once more afterwards. */
  async reload(): Promise<void> {
    this.#again = this.#loading;
    if (this.#loading) return;
    this.#loading = true;
    do {
      this.#again = false;
      await this.#attempt(() => this.#load(this.#state.shown));
    } while (this.#again && this.#offs.length > 0);
    this.#loading = false;
    this.#schedulePoll();
  }

  async loadMore(): Promise<void> {
    const { shown, shelves, loadingMore } = this.#state;
    const { cursor } = shelves[shown];
    if (loadingMore || cursor === null) return;
    this.#refresh({ loadingMore: true });
    await this.#attempt(async () => {
      const page = await this.#page(shown, { limit: PAGE, cursor });
      // A reload came in between: this page continues a list that is no longer shown.
      if (this.#state.shelves[shown].cursor !== cursor) return;
      this.#refresh({ shelves: extend(this.#state.shelves, shown, page) });
    });
    this.#refresh({ loadingMore: false });
  }

  archive(chatId: string): Promise<void> {
    return this.#move(chatId, "archive");
  }

  restore(chatId: string): Promise<void> {
    return this.#move(chatId, "unarchive");
  }

  /** The event would do it, but it does not come without a socket. */
  async #move(chatId: string, action: "archive" | "unarchive"): Promise<void> {
    const head = await this.options.api.post<ChatHead>(`admin/chats/${chatId}/${action}`);
    // With a socket the list may know better already: the user wrote, and the chat is back.
    const row = this.options.cable.state === "live" ? null : this.row(chatId);
    if (row) this.#put({ ...row, archived: head.archived });
  }

  #receive(event: AdminEvent): void {
    if (event.type === "chat_changed") this.#put(event.chat);
    else this.#events.emit("new_user_message", event);
  }

  #put(row: ChatRow): void {
    this.#changes++;
    if (this.#loading) this.#meanwhile.push(row);
    const { shelves, known } = put(this.#state.shelves, row);
    this.#refresh({ shelves });
    if (!known) this.#recount.ask();
  }

  #reloadAll(): void {
    this.#loaded.clear();
    void this.reload();
  }

  async #load(shown: ShelfName): Promise<void> {
    this.#meanwhile = [];
    const limit = Math.min(Math.max(PAGE, this.#state.shelves[shown].rows.length), LONGEST_PAGE);
    const page = await this.#page(shown, { limit });
    this.#loaded.add(shown);
    this.#refresh({ shelves: fill(this.#state.shelves, shown, page) });
    const { length } = this.#meanwhile;
    for (const row of this.#meanwhile.splice(0)) {
      this.#refresh({ shelves: put(this.#state.shelves, row).shelves });
    }
    if (length > 0) this.#recount.ask();
  }

  #page(name: ShelfName, query: { limit: number; cursor?: string }): Promise<ChatListPage> {
    const params = new URLSearchParams({ archived: String(name === "archived") });
    for (const [key, value] of Object.entries(query)) params.set(key, String(value));
    return this.options.api.get<ChatListPage>(`admin/chats?${params}`);
  }

  async #askForCounts(): Promise<void> {
    const changes = this.#changes;
    await this.#attempt(async () => {
      const { counts } = await this.#page("active", { limit: 1 });
      this.#refresh({ shelves: { ...this.#state.shelves, counts } });
    });
    if (changes !== this.#changes && this.#offs.length > 0) this.#recount.ask();
  }

  get #live(): boolean {
    return this.options.cable.state === "live" && (this.#subscription?.confirmed ?? false);
  }

  #schedulePoll(): void {
    clearTimeout(this.#poll);
    this.#refresh();
    const { error } = this.#state;
    if (this.#live || this.#offs.length === 0 || (error && !error.transient)) return;
    const extra = this.#failures ? backoff(this.#failures, this.options.random) : 0;
    const pause = Math.max(POLL_MS + extra, (error?.retryAfter ?? 0) * 1000);
    this.#poll = setTimeout(() => void this.reload(), pause);
  }

  async #attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.#failures = 0;
      if (this.#reachable === false) this.options.cable.serverIsBack();
      this.#reachable = true;
      this.#refresh({ error: null });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#failures++;
      if (error.status === 0) this.#reachable = false;
      this.#refresh({ error });
    }
  }

  #connection(error: ApiError | null): Connection {
    const { cable, surroundings } = this.options;
    if (this.#offs.length === 0) return "idle";
    if (cable.state === "signed_out" || error?.signedOut) return "signed_out";
    if (this.#live) return "live";
    if (!surroundings.online() || this.#reachable === false) return "offline";
    // One lost connection is a moment; after the second failure the list comes by REST.
    return cable.failures > 1 && this.#reachable ? "polling" : "connecting";
  }

  #refresh(change: Partial<ChatListState> = {}): void {
    const next = { ...this.#state, ...change };
    const loaded = this.#loaded.has(next.shown) || next.shelves[next.shown].rows.length > 0;
    this.#state = { ...next, loaded, connection: this.#connection(next.error) };
    this.#events.emit("change", this.#state);
  }
}
