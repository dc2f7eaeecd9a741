import { expect, test } from "vitest";
import { rowsOf } from "../src/panel/rows.ts";
import { message, pending } from "./cast.ts";

const kinds = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) => (row.kind === "message" ? `${row.sender}${row.joined ? "+" : ""}` : row.kind));

test("a date stands above the first message of each day", () => {
  const rows = rowsOf([message(1, "user", "2026-11-20T10:00:00Z"), message(2, "admin", "2026-11-22T10:00:00Z")], [], null);
  expect(kinds(rows)).toEqual(["day", "user", "day", "admin"]);
});

test("messages of one side stand together for five minutes", () => {
  const at = (minutes: number) => `2026-11-22T10:${String(minutes).padStart(2, "0")}:00Z`;
  const messages = [message(1, "user", at(0)), message(2, "user", at(4)), message(3, "user", at(20)), message(4, "admin", at(20))];
  expect(kinds(rowsOf(messages, [], null))).toEqual(["day", "user", "user+", "user", "admin"]);
});

test("the line for what is new stands above the message, and parts it from the one before", () => {
  expect(kinds(rowsOf([message(1), message(2), message(3)], [], 2))).toEqual(["day", "admin", "new", "admin", "admin+"]);
});

test("what waits comes last", () => {
  const rows = rowsOf([message(1)], [pending("p1"), pending("p2", "failed")], null);
  expect(rows.flatMap((row) => (row.kind === "message" ? row.state : []))).toEqual(["sent", "waiting", "failed"]);
});

test("a row's key changes with how it looks, and every key is its own", () => {
  const keys = (state: "waiting" | "sending") => rowsOf([message(1)], [pending("p", state)], null).map(({ key }) => key);
  expect(keys("waiting").slice(0, 2)).toEqual(keys("sending").slice(0, 2));
  expect(keys("waiting")[2]).not.toBe(keys("sending")[2]);
  expect(new Set(keys("waiting")).size).toBe(3);
});
