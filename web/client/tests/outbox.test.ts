import { expect, test, vi } from "vitest";
import { clearOutboxes, Outbox } from "../src/outbox.ts";
import { inMemory, persistent } from "../src/storage.ts";

test("keeps texts in the order they were written, over a reload", () => {
  const storage = inMemory();
  const before = new Outbox(storage, "user", "visitor");
  before.adopt("c1");
  for (const text of ["one", "two", "three"]) before.add(text);
  const after = new Outbox(storage, "user", "visitor");
  after.adopt("c1");
  expect(after.list().map(({ content, state }) => [content, state])).toEqual([
    ["one", "waiting"],
    ["two", "waiting"],
    ["three", "waiting"],
  ]);
});

test("what was on its way waits again after a reload, what was refused stays refused", () => {
  const storage = inMemory();
  const before = new Outbox(storage, "user", "visitor");
  before.sending(before.add("on its way").id);
  before.fail(before.add("too long").id, "invalid");
  expect(before.list().map(({ state }) => state)).toEqual(["sending", "failed"]);
  const [first, second] = new Outbox(storage, "user", "visitor").list();
  expect(first).toMatchObject({ content: "on its way", state: "waiting" });
  expect(second).toMatchObject({ content: "too long", state: "failed", code: "invalid" });
});

test("a retry keeps the id, so that the server knows the repetition", () => {
  const outbox = new Outbox(inMemory(), "user", "visitor");
  const { id } = outbox.add("again");
  outbox.fail(id, "forbidden");
  outbox.retry(id);
  expect(outbox.list()).toEqual([expect.objectContaining({ id, state: "waiting" })]);
  expect(outbox.list()[0]).not.toHaveProperty("code");
});

test("what is written before the chat is known moves to the chat", () => {
  const storage = inMemory();
  const outbox = new Outbox(storage, "user", "visitor");
  outbox.add("early");
  outbox.adopt("c1");
  expect(outbox.list().map(({ content }) => content)).toEqual(["early"]);
  expect(storage.keys().every((key) => key.startsWith("deskbell:outbox:user:c1:"))).toBe(true);
});

test("what is written before the chat is known is found by its owner alone", () => {
  const storage = inMemory();
  new Outbox(storage, "user", "user 7").add("of seven");
  const [next, same] = [new Outbox(storage, "user", "visitor"), new Outbox(storage, "user", "user 7")];
  expect(next.adopt("c2")).toEqual([]);
  expect(next.list()).toEqual([]);
  expect(same.adopt("c1").map(({ content }) => content)).toEqual(["of seven"]);
});

test("chats, and the two sides of one chat, do not see each other's texts", () => {
  const storage = inMemory();
  const [mine, other, agent] = [new Outbox(storage, "user", "visitor"), new Outbox(storage, "user", "visitor"), new Outbox(storage, "admin", "visitor")];
  mine.adopt("c1");
  other.adopt("c2");
  agent.adopt("c1");
  mine.add("mine");
  expect(other.list()).toEqual([]);
  expect(agent.list()).toEqual([]);
  clearOutboxes(storage);
  expect(mine.list()).toEqual([]);
});

test("a storage that throws is replaced by memory", () => {
  const refused = vi.fn(() => {
    throw new DOMException("denied", "SecurityError");
  });
  const outbox = new Outbox(persistent(refused), "user", "visitor");
  outbox.add("kept anyway");
  expect(outbox.list().map(({ content }) => content)).toEqual(["kept anyway"]);
  expect(refused).toHaveBeenCalled();
});
