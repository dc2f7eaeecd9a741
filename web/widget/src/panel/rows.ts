/** What the list shows, row by row: dates, the line above what is new, messages, what waits. */

import type { Message, Pending, SenderType } from "@deskbell/client";

export type Row =
  | { kind: "day"; key: string; iso: string }
  | { kind: "new"; key: string }
  | { kind: "message"; key: string; entry: Message | Pending; sender: SenderType; state: RowState; joined: boolean };

export type RowState = Pending["state"] | "sent";

/** Messages of one side within this time stand together. */
const TOGETHER_MS = 5 * 60_000;

export function rowsOf(
  messages: readonly Message[],
  pending: readonly Pending[],
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
    const state = "state" in entry ? entry.state : "sent";
    const key = [entry.id, state, joined].join();
    rows.push({ kind: "message", key, entry, sender: senderOf(entry), state, joined });
    before = entry;
  }
  return rows;
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
