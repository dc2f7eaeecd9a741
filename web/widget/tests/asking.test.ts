import { inMemory } from "@deskbell/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Asking, PATIENCE_MS } from "../src/panel/details/asking.ts";
import { chatState, message } from "./cast.ts";

const NOBODY = { email: null, unconfirmed_email: null, name: null, mails: true, editable: true };
const WROTE = [message(1, "user", "2026-11-22T10:00:00Z")];
const asks = (contact = {}, messages = WROTE) => chatState({ messages, contact: { ...NOBODY, ...contact } });

const due = vi.fn();
let asking: Asking;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-22T10:00:00Z") });
  due.mockClear();
  asking = new Asking(inMemory(), due);
});

afterEach(() => {
  asking.stop();
  vi.useRealTimers();
});

test("somebody who got no answer for a while is asked", () => {
  expect(asking.update(asks())).toBe(false);
  vi.advanceTimersByTime(PATIENCE_MS - 1);
  expect(due).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(due).toHaveBeenCalledOnce();
  expect(asking.update(asks())).toBe(true);
});

test("the question stays when an answer comes, so that nothing typed into it is lost", () => {
  vi.advanceTimersByTime(PATIENCE_MS);
  asking.update(asks());
  expect(asking.update(asks({}, [...WROTE, message(2)]))).toBe(true);
});

test("an answer in time, an address, a host's user and nothing written: nobody is asked", () => {
  vi.advanceTimersByTime(PATIENCE_MS);
  expect(asking.update(asks({}, [...WROTE, message(2)]))).toBe(false);
  expect(asking.update(asks({ email: "ada@example.org" }))).toBe(false);
  expect(asking.update(asks({ unconfirmed_email: "ada@example.org" }))).toBe(false);
  expect(asking.update(asks({ editable: false }))).toBe(false);
  expect(asking.update(asks({}, []))).toBe(false);
  expect(asking.update(chatState({ messages: WROTE }))).toBe(false);
});

test("who does not want to is not asked again, also tomorrow", () => {
  const storage = inMemory();
  vi.advanceTimersByTime(PATIENCE_MS);
  asking = new Asking(storage, due);
  expect(asking.update(asks())).toBe(true);
  asking.dismiss();
  expect(due).toHaveBeenCalled();
  expect(asking.update(asks())).toBe(false);
  expect(new Asking(storage, due).update(asks())).toBe(false);
});
