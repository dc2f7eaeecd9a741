import { expect, test } from "vitest";
import { Reading } from "../src/panel/reading.ts";
import { chatState, message } from "./cast.ts";

const messages = [message(1), message(2, "user"), message(3), message(4)];

test("nothing is read while the panel is closed or nobody looks", () => {
  const reading = new Reading();
  const state = chatState({ messages, unread: 2 });
  expect(reading.update(state, false, true)).toBe(false);
  expect(reading.update(state, true, false)).toBe(false);
  expect(reading.update(state, true, true)).toBe(true);
});

test("the line stands above the first unread message of the other side", () => {
  const reading = new Reading();
  reading.update(chatState({ messages, unread: 2 }), true, true);
  expect(reading.newFrom).toBe(3);
});

test("the line stays while the panel is open and is gone the next time", () => {
  const reading = new Reading();
  reading.update(chatState({ messages, unread: 1 }), true, true);
  reading.update(chatState({ messages, unread: 0 }), true, true);
  expect(reading.newFrom).toBe(4);
  reading.update(chatState({ messages }), false, true);
  reading.update(chatState({ messages }), true, true);
  expect(reading.newFrom).toBeNull();
});

test("what arrives under one's eyes is read, without a line", () => {
  const reading = new Reading();
  reading.update(chatState({ messages: messages.slice(0, 3) }), true, true);
  expect(reading.update(chatState({ messages, unread: 1 }), true, true)).toBe(true);
  expect(reading.newFrom).toBeNull();
});

test("what arrives while one is away gets a line", () => {
  const reading = new Reading();
  reading.update(chatState({ messages: messages.slice(0, 3) }), true, true);
  reading.update(chatState({ messages: messages.slice(0, 3) }), true, false);
  reading.update(chatState({ messages, unread: 1 }), true, false);
  expect(reading.newFrom).toBe(4);
});
