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
