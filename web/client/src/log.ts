/** The messages of a chat as held here: ascending, each once, without gaps. Pure functions. */

import type { Message } from "./wire.ts";

export interface Log {
  readonly messages: readonly Message[];
  /** The newest `seq` held, or that is known to exist below what is held. */
  readonly lastSeq: number;
}

export const emptyLog: Log = { messages: [], lastSeq: 0 };

/**
 * next: it follows, the log has grown · known: nothing to do · gap: some are missing before it ·
 * conflict: its place is taken by another, so the server's past is not the one we know.
 */
export type Placement = "next" | "known" | "gap" | "conflict";

export function place(log: Log, message: Message): { log: Log; placement: Placement } {
  if (message.seq === log.lastSeq + 1) {
    return { log: append(log, message), placement: "next" };
  }
  if (message.seq > log.lastSeq) return { log, placement: "gap" };
  const held = log.messages.find(({ seq }) => seq === message.seq);
  // Older than everything held: it comes with `loadOlder`, if it is wanted.
  const known = !held || held.id === message.id;
  return { log, placement: known ? "known" : "conflict" };
}

function append(log: Log, message: Message): Log {
  return { messages: [...log.messages, message], lastSeq: message.seq };
}

/** Puts a page of older messages before what is held; what does not fit is left out. */
export function prepend(log: Log, older: readonly Message[]): Log {
  const first = log.messages[0]?.seq ?? log.lastSeq + 1;
  const fitting = older.filter(({ seq }) => seq < first);
  return { ...log, messages: [...fitting, ...log.messages] };
}

/** Marks admin messages up to `upTo` as read. */
export function markRead(log: Log, upTo: number, readAt: string): Log {
  const messages = log.messages.map((message) =>
    message.sender_type === "admin" && message.seq <= upTo && !message.read_at
      ? { ...message, read_at: readAt }
      : message,
  );
  return { ...log, messages };
}

/** Up to which `seq` the user has read the admins' messages, as far as the log can tell. */
export function readUpTo(log: Log): number {
  return log.messages.reduce(
    (upTo, { sender_type, read_at, seq }) => (sender_type === "admin" && read_at ? seq : upTo),
    0,
  );
}
