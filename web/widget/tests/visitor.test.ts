import { inMemory } from "@deskbell/client";
import { expect, test } from "vitest";
import { VisitorMemory } from "../src/panel/visitor.ts";

test("nothing is written before the first message", () => {
  const storage = inMemory();
  const visitor = new VisitorMemory(storage);
  visitor.set("key");
  expect(visitor.get()).toBe("key");
  expect(storage.keys()).toEqual([]);
  visitor.keep();
  expect(storage.keys()).toEqual(["deskbell:visitor_key"]);
});

test("a key that comes after the first message is kept, also over a reload in between", () => {
  const storage = inMemory();
  new VisitorMemory(storage).keep();
  expect(storage.keys()).toEqual(["deskbell:wrote"]);
  new VisitorMemory(storage).set("late");
  expect(new VisitorMemory(storage).get()).toBe("late");
});

test("a key that is worth nothing any more makes way for the next", () => {
  const storage = inMemory();
  storage.set("deskbell:visitor_key", "old");
  const visitor = new VisitorMemory(storage);
  visitor.set(null);
  expect(storage.get("deskbell:visitor_key")).toBeNull();
  visitor.set("new");
  expect(storage.get("deskbell:visitor_key")).toBe("new");
});

test("a tab that has not written becomes the visitor of the tab that has", async () => {
  const storage = inMemory();
  const [first, second] = [new VisitorMemory(storage), new VisitorMemory(storage)];
  first.set("one");
  second.set("other");
  expect(second.adopt()).toBe(false);
  await first.keep();
  expect(second.adopt()).toBe(true);
  expect(second.get()).toBe("one");
  expect(second.adopt()).toBe(false);
});

test("who is about to keep a key of their own looks again first", async () => {
  const storage = inMemory();
  const [first, second] = [new VisitorMemory(storage), new VisitorMemory(storage)];
  first.set("one");
  second.set("other");
  await first.keep();
  expect(await second.keep()).toBe(true);
  expect([second.get(), storage.get("deskbell:visitor_key")]).toEqual(["one", "one"]);
});

test("of two that write at once, blind to each other, both end with the key that was stored last", async () => {
  const storage = inMemory();
  const late = { ...storage, get: (key: string) => (blind ? null : storage.get(key)) };
  let blind = true;
  const [first, second] = [new VisitorMemory(late), new VisitorMemory(late)];
  first.set("one");
  second.set("other");
  const kept = Promise.all([first.keep(), second.keep()]);
  blind = false;
  expect(await kept).toEqual([true, false]);
  expect([first.get(), second.get()]).toEqual(["other", "other"]);
});
