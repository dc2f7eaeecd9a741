/** A server with many chats in memory, as far as the agents' list can see it. */

import { ChatList } from "../src/admin-list.ts";
import { ApiError } from "../src/api.ts";
import type { CableState } from "../src/cable.ts";
import { Emitter } from "../src/emitter.ts";
import { Subscription, type SubscriptionHandler } from "../src/subscription.ts";
import type { AdminEvent, ChatCounts, ChatList as Page, ChatRow } from "../src/wire.ts";
import { Place } from "./place.ts";

const IDENTIFIER = '{"channel":"AdminNotificationChannel"}';

export class FakeDesk {
  readonly rows = new Map<string, ChatRow>();
  readonly asked: string[] = [];
  /** Null answers; an error is thrown instead. */
  down: ApiError | null = null;
  /** Answers wait for this, so that a test can let events overtake them. */
  gate: Promise<void> = Promise.resolve();
  state: CableState = "idle";
  failures = 0;
  readonly #states = new Emitter<{ state: CableState }>();
  #subscription: Subscription<AdminEvent> | null = null;
  #minute = 0;

  // -- what the client uses

  get = async <T>(path: string): Promise<T> => {
    this.asked.push(path);
    if (this.down) throw this.down;
    const answer = this.#page(new URL(path, "https://help.example").searchParams);
    await this.gate;
    return answer as T;
  };

  post = async <T>(path: string): Promise<T> => {
    this.asked.push(path);
    if (this.down) throw this.down;
    const [, , id, action] = path.split("/");
    const archived = action === "archive";
    this.rows.set(id!, { ...this.rows.get(id!)!, archived });
    return { id, archived } as T;
  };

  onState = (listener: (state: CableState) => void) => this.#states.on("state", listener);
  connect = () => {};
  serverIsBack = () => {};

  subscribe = <T>(_: Record<string, string>, handler: SubscriptionHandler<T>): Subscription<T> => {
    const subscription = new Subscription<T>(IDENTIFIER, handler, {
      send: () => true,
      remove: () => (this.#subscription = null),
    });
    this.#subscription = subscription as unknown as Subscription<AdminEvent>;
    return subscription;
  };

  // -- what a test does

  confirm(): void {
    this.#become("live");
    this.#subscription?.receive({ type: "confirm_subscription", identifier: IDENTIFIER });
  }

  lose(): void {
    this.#subscription?.lose();
    this.failures++;
    this.#become("waiting");
  }

  tell(message: AdminEvent): void {
    this.#subscription?.receive({ identifier: IDENTIFIER, message });
  }

  /** Changes a row, or makes one, and tells it unless the socket is to miss it. */
  change(id: string, change: Partial<ChatRow> = {}, told = true): ChatRow {
    const row = { ...(this.rows.get(id) ?? newRow(id)), ...change };
    this.rows.set(id, row);
    if (told) this.tell({ type: "chat_changed", chat: row });
    return row;
  }

  write(id: string, sender: "user" | "admin" = "user", told = true): ChatRow {
    const row = this.rows.get(id) ?? newRow(id);
    return this.change(
      id,
      {
        message_count: row.message_count + 1,
        last_message_at: new Date(Date.UTC(2026, 10, 22) + ++this.#minute * 60_000).toISOString(),
        last_message_sender: sender,
        unread: sender === "user" || row.unread,
        archived: sender === "user" ? false : row.archived,
      },
      told,
    );
  }

  fresh(archived: boolean): ChatRow[] {
    return [...this.rows.values()]
      .filter((row) => row.archived === archived && row.message_count > 0)
      .sort(newestFirst);
  }

  counts(): ChatCounts {
    const active = this.fresh(false);
    const unread = active.filter((row) => row.unread).length;
    return { active: active.length, archived: this.fresh(true).length, unread };
  }

  #page(query: URLSearchParams): Page {
    const all = this.fresh(query.get("archived") === "true");
    const cursor = query.get("cursor");
    const start = cursor ? all.findIndex((row) => key(row) < cursor) : 0;
    const rest = start < 0 ? [] : all.slice(start);
    const chats = rest.slice(0, Number(query.get("limit")));
    const next_cursor = chats.length < rest.length ? key(chats.at(-1)!) : null;
    return { chats, next_cursor, counts: this.counts() };
  }

  #become(state: CableState): void {
    this.state = state;
    this.#states.emit("state", state);
  }
}

function newRow(id: string): ChatRow {
  return {
    id,
    user_id: `user-${id}`,
    user_email: `${id}@shop.example`,
    user_name: null,
    last_message_at: null,
    last_message_preview: "Hello",
    last_message_sender: null,
    message_count: 0,
    unread: false,
    archived: false,
  };
}

/** The server's keyset: newest message first, then the id. */
function key(row: ChatRow): string {
  return `${row.last_message_at} ${row.id}`;
}

function newestFirst(a: ChatRow, b: ChatRow): number {
  return key(a) < key(b) ? 1 : -1;
}

export function openList(desk: FakeDesk) {
  const place = new Place();
  const list = new ChatList({ api: desk, cable: desk, surroundings: place, random: () => 0.5 });
  const ids = (shelf: "active" | "archived" = "active") =>
    list.getState().shelves[shelf].rows.map(({ id }) => id);
  return { list, place, ids };
}
