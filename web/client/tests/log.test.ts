import { expect, test } from "vitest";
import { emptyLog, markRead, place, prepend, readUpTo } from "../src/log.ts";
import type { Message, SenderType } from "../src/wire.ts";

const message = (seq: number, sender_type: SenderType = "admin", id = `m${seq}`): Message => ({
  id, seq, content: `text ${seq}`, sender_type, read_at: null, created_at: "2026-11-22T10:00:00Z",
});
const logOf = (...seqs: number[]) => ({ messages: seqs.map((seq) => message(seq)), lastSeq: seqs.at(-1) ?? 0 });

test("the next message is appended", () => {
  const { log, placement } = place(place(emptyLog, message(1)).log, message(2));
  expect(placement).toBe("next");
  expect(log).toEqual(logOf(1, 2));
});

test("a message is shown once however often it comes", () => {
  const log = logOf(1, 2);
  expect(place(log, message(2))).toEqual({ log, placement: "known" });
});

test("a gap is noticed and nothing shown out of order", () => {
  const log = logOf(1, 2);
  expect(place(log, message(4))).toEqual({ log, placement: "gap" });
});

test("another message in a place that is taken means a different past", () => {
  expect(place(logOf(1, 2), message(2, "user", "other")).placement).toBe("conflict");
});

test("a message older than everything held is no conflict", () => {
  expect(place(logOf(7, 8), message(3)).placement).toBe("known");
});

test("older pages go to the front, without what is held already", () => {
  const log = prepend(logOf(3, 4), [message(1), message(2), message(3)]);
  expect(log).toEqual(logOf(1, 2, 3, 4));
});

test("reading marks admin messages only, up to the given one", () => {
  const { log } = place(place(logOf(1), message(2, "user")).log, message(3));
  const read = markRead(log, 2, "now");
  expect(read.messages.map(({ read_at }) => read_at)).toEqual(["now", null, null]);
  expect(readUpTo(read)).toBe(1);
});
