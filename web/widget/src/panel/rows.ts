/** What the list shows, row by row: dates, the line above what is new, messages, what waits. */

import type { ChatState, Message, Pending, SenderType } from "@deskbell/client";

export type Row =
  | { kind: "day"; key: string; iso: string }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; entry: Message | Pending; sender: SenderType; state: RowState; joined: boolean };

/** seen: an agent has opened the chat since. */
export type RowState = Pending["state"] | "sent" | "seen";

/** Messages of one side within this time stand together. */
const TOGETHER_MS = 5 * 60_000;

export function rowsOf(
  { messages, pending, viewedUpTo }: Pick<ChatState, "messages" | "pending" | "viewedUpTo">,
  newFrom: number | null,
): Row[] {
  const rows: Row[] = [];
  let before: Message | Pending | undefined;
  for (const entry of [...messages, ...pending]) {
    const day = dayOf(entry);
    const sameDay = before !== undefined && dayOf(before) === day;
    const isNew = "seq" in entry && entry.seq === newFrom;
    if (!sameDay) rows.push({ kind: "day", key: day, iso: entry.created_at });
    if (isNew) rows.push({ kind: "new", key: "new" });
    const joined = sameDay && !isNew && belongTogether(before!, entry);
    const state = stateOf(entry, viewedUpTo);
    rows.push({ kind: "message", key: entry.id, entry, sender: senderOf(entry), state, joined });
    before = entry;
  }
  return rows;
}

function stateOf(entry: Message | Pending, viewedUpTo: number): RowState {
  if ("state" in entry) return entry.state;
  return entry.sender_type === "user" && entry.seq <= viewedUpTo ? "seen" : "sent";
}

function belongTogether(a: Message | Pending, b: Message | Pending): boolean {
  const gap = Date.parse(b.created_at) - Date.parse(a.created_at);
  return senderOf(a) === senderOf(b) && gap < TOGETHER_MS;
}

function senderOf(entry: Message | Pending): SenderType {
  return "seq" in entry ? entry.sender_type : "user";
}

function dayOf({ created_at }: Message | Pending): string {
  return new Date(created_at).toDateString();
}
