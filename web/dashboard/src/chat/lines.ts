/** A conversation as lines: days, stored messages and those still on their way. Pure. */

import type { ChatState, Message, Pending } from "@deskbell/client";
import { dayOf } from "../format.ts";

export type Line =
  | { kind: "day"; key: string; at: string }
  | { kind: "stored"; key: string; message: Message; seen: "now" | "before" | "not" }
  | { kind: "pending"; key: string; pending: Pending };

/**
 * A message that becomes stored keeps its key, so that its node stays. `seen: "now"` marks only the
 * last reply that was seen, which says it of all before.
 */
export function linesOf({
  messages,
  pending,
  readUpTo,
}: Pick<ChatState, "messages" | "pending" | "readUpTo">): Line[] {
  const lines: Line[] = [];
  let day = "";
  const begin = (at: string) => {
    if (dayOf(at) === day) return;
    day = dayOf(at);
    lines.push({ kind: "day", key: day, at });
  };
  const lastSeen = messages.findLast((m) => m.sender_type === "admin" && m.seq <= readUpTo);
  for (const message of messages) {
    begin(message.created_at);
    const seen = message === lastSeen ? "now" : message.seq <= readUpTo ? "before" : "not";
    lines.push({ kind: "stored", key: message.id, message, seen });
  }
  for (const entry of pending) {
    begin(entry.created_at);
    lines.push({ kind: "pending", key: entry.id, pending: entry });
  }
  return lines;
}
