import { expect, test } from "vitest";
import { backoff } from "../src/backoff.ts";

test("grows from half a second and stops at twenty", () => {
  const longest = Array.from({ length: 10 }, (_, attempt) => backoff(attempt, () => 1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 8000, 16000, 20000, 20000, 20000, 20000]);
});

test("takes its full range, down to none at all", () => {
  expect(backoff(6, () => 0)).toBe(0);
  for (let i = 0; i < 200; i++) {
    const delay = backoff(3);
    expect(delay).toBeGreaterThanOrEqual(0);
    expect(delay).toBeLessThanOrEqual(4000);
  }
});
