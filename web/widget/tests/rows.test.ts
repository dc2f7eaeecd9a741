import { expect, test } from "vitest";
import { rowsOf } from "../src/panel/rows.ts";
import type { Message, Pending } from "@deskbell/client";
import { message, pending } from "./cast.ts";

const rows = (messages: Message[], waiting: Pending[] = [], newFrom: number | null = null, viewedUpTo = 0) =>
  rowsOf({ messages, pending: waiting, viewedUpTo }, newFrom);

const kinds = (list: ReturnType<typeof rowsOf>) =>
  list.map((row) => (row.kind === "message" ? `${row.sender}${row.joined ? "+" : ""}` : row.kind));

test("a date stands above the first message of each day", () => {
  const list = rows([message(1, "user", "2026-11-20T10:00:00Z"), message(2, "admin", "2026-11-22T10:00:00Z")]);
  expect(kinds(list)).toEqual(["day", "user", "day", "admin"]);
});

test("messages of one side stand together for five minutes", () => {
  const at = (minutes: number) => `2026-11-22T10:${String(minutes).padStart(2, "0")}:00Z`;
  const messages = [message(1, "user", at(0)), message(2, "user", at(4)), message(3, "user", at(20)), message(4, "admin", at(20))];
  expect(kinds(rows(messages))).toEqual(["day", "user", "user+", "user", "admin"]);
});

test("the line for what is new stands above the message, and parts it from the one before", () => {
  expect(kinds(rows([message(1), message(2), message(3)], [], 2))).toEqual(["day", "admin", "new", "admin", "admin+"]);
});

test("what waits comes last", () => {
  const list = rows([message(1)], [pending("p1"), pending("p2", "failed")]);
  expect(list.flatMap((row) => (row.kind === "message" ? row.state : []))).toEqual(["sent", "waiting", "failed"]);
});

test("a row keeps its key while it is sent and read, as it is the same element", () => {
  const keys = (state: "waiting" | "sending") => rows([message(1)], [pending("p", state)]).map(({ key }) => key);
  expect(keys("waiting")).toEqual(keys("sending"));
  expect(new Set(keys("waiting")).size).toBe(3);
});

test("own messages are seen up to where an agent has looked, and nobody else's are", () => {
  const list = rows([message(1, "user"), message(2), message(3, "user")], [], null, 2);
  expect(list.flatMap((row) => (row.kind === "message" ? row.state : []))).toEqual(["seen", "sent", "sent"]);
});
