import { expect, test } from "vitest";
import { uuidv7 } from "../src/uuid.ts";

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("is canonical, lower case and carries its time", () => {
  const now = Date.now() + 1_000;
  const id = uuidv7(now);
  expect(id).toMatch(CANONICAL);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(now);
});

test("sorts in the order of the calls, also within one millisecond and when the clock steps back", () => {
  const now = Date.now() + 5_000;
  const ids = Array.from({ length: 5_000 }, () => uuidv7(now));
  ids.push(uuidv7(now - 60_000));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
