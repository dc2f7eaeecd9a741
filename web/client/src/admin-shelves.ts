/** The agents' list as held here: two shelves of rows, newest first, and the counts. Pure functions. */

import type { ChatCounts, ChatList, ChatRow } from "./wire.ts";

export type ShelfName = "active" | "archived";

/** One tab of the list, loaded from the top down to `floor`. */
export interface Shelf {
  readonly rows: readonly ChatRow[];
  /** Where the next page begins; null when everything is here. */
  readonly cursor: string | null;
  /** The last row that was loaded: what sorts below it comes with its page. Null: nothing is below. */
  readonly floor: ChatRow | null;
}

export interface Shelves {
  readonly active: Shelf;
  readonly archived: Shelf;
  readonly counts: ChatCounts;
}

const emptyShelf: Shelf = { rows: [], cursor: null, floor: null };
const noCounts: ChatCounts = { active: 0, archived: 0, unread: 0 };
export const emptyShelves: Shelves = { active: emptyShelf, archived: emptyShelf, counts: noCounts };

export function shelfOf(row: ChatRow): ShelfName {
  return row.archived ? "archived" : "active";
}

/** A first page takes the place of everything that the shelf held. */
export function fill(shelves: Shelves, name: ShelfName, page: ChatList): Shelves {
  const { chats, next_cursor: cursor, counts } = page;
  return { ...shelves, [name]: { rows: chats, cursor, floor: floorOf(page) }, counts };
}

/** A further page; rows that have moved up meanwhile are here already. */
export function extend(shelves: Shelves, name: ShelfName, page: ChatList): Shelves {
  const held = shelves[name].rows;
  const fresh = page.chats.filter(({ id }) => !held.some((row) => row.id === id));
  const rows = [...held, ...fresh];
  return {
    ...shelves,
    [name]: { rows, cursor: page.next_cursor, floor: floorOf(page) },
    counts: page.counts,
  };
}

/**
 * One row as the server now has it. `known` is false when the row was not held before: then nobody
 * here can tell which counts it changed, and they have to be asked for.
 */
export function put(shelves: Shelves, row: ChatRow): { shelves: Shelves; known: boolean } {
  // Opened, but nobody has written yet: the list and its counts leave these out.
  if (row.message_count === 0) return { shelves, known: true };
  const before = find(shelves, row.id);
  const counts = recount(shelves.counts, before, row);
  const active = place(shelves.active, row, !row.archived);
  const archived = place(shelves.archived, row, row.archived);
  return { shelves: { active, archived, counts }, known: before !== undefined };
}

export function find({ active, archived }: Shelves, id: string): ChatRow | undefined {
  return [...active.rows, ...archived.rows].find((row) => row.id === id);
}

function place(shelf: Shelf, row: ChatRow, belongs: boolean): Shelf {
  const others = shelf.rows.filter(({ id }) => id !== row.id);
  const loaded = shelf.floor === null || order(row, shelf.floor) <= 0;
  if (!belongs || !loaded) return { ...shelf, rows: others };
  const at = others.findIndex((other) => order(row, other) < 0);
  others.splice(at < 0 ? others.length : at, 0, row);
  return { ...shelf, rows: others };
}

/** A row of one message that was not held is most likely a new chat; a guess until the counts come. */
function recount(counts: ChatCounts, before: ChatRow | undefined, after: ChatRow): ChatCounts {
  if (!before && after.message_count > 1) return counts;
  return {
    active: counts.active + Number(!after.archived) - Number(before?.archived === false),
    archived: counts.archived + Number(after.archived) - Number(before?.archived === true),
    unread:
      counts.unread + Number(isWaiting(after)) - Number(before !== undefined && isWaiting(before)),
  };
}

/** Unread in the sense of the counts: archived chats wait for nobody. */
function isWaiting(row: ChatRow): boolean {
  return row.unread && !row.archived;
}

function floorOf({ chats, next_cursor }: ChatList): ChatRow | null {
  return next_cursor === null ? null : (chats.at(-1) ?? null);
}

/** As the server sorts: newest message first, then by id. */
function order(a: ChatRow, b: ChatRow): number {
  return compare(moment(b), moment(a)) || compare(b.id, a.id);
}

/** As text, for a `Date` forgets microseconds; without the Z, which would sort after a fraction. */
function moment({ last_message_at }: ChatRow): string {
  return last_message_at?.replace(/Z$/, "") ?? "";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
