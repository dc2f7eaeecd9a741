import type { Message, Pending } from "@deskbell/client";
import { expect, test } from "vitest";
import { linesOf } from "../src/chat/lines.ts";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();

function message(seq: number, sender_type: "user" | "admin", created_at: string): Message {
  return { id: `m${seq}`, seq, content: "Hello", sender_type, read_at: null, created_at };
}

const pending: Pending = { id: "p1", content: "Hi", created_at: at(22, 9), state: "waiting" };

const MESSAGES = [
  message(1, "user", at(20, 9)),
  message(2, "admin", at(20, 23)),
  message(3, "admin", at(21, 0)),
  message(4, "user", at(21, 1)),
  message(5, "admin", at(21, 2)),
];

test("every day begins with its divider, a day of waiting replies too", () => {
  const lines = linesOf({ messages: MESSAGES, pending: [pending], readUpTo: 0 });
  const order = lines.map((line) => (line.kind === "day" ? "day" : line.key));
  expect(order).toEqual(["day", "m1", "m2", "day", "m3", "m4", "m5", "day", "p1"]);
});

test("only the last reply that was seen says so", () => {
  const seen = (readUpTo: number) =>
    linesOf({ messages: MESSAGES, pending: [], readUpTo }).flatMap((line) =>
      line.kind === "stored" ? line.seen : [],
    );
  expect(seen(0)).toEqual(["not", "not", "not", "not", "not"]);
  // The user has read up to an own message: what counts is the reply before it.
  expect(seen(4)).toEqual(["before", "before", "now", "before", "not"]);
});

test("a message keeps its key when it becomes stored", () => {
  const stored = { ...message(6, "admin", pending.created_at), id: pending.id };
  const key = (lines: ReturnType<typeof linesOf>) => lines.at(-1)!.key;
  expect(key(linesOf({ messages: [], pending: [pending], readUpTo: 0 }))).toBe(
    key(linesOf({ messages: [stored], pending: [], readUpTo: 0 })),
  );
});
