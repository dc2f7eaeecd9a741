import { beforeEach, expect, test, vi } from "vitest";
import { Company, RENEWED_WHISPER_MS, WHISPER_MS } from "../src/company.ts";

let company: Company;
let whispers: number[];

beforeEach(() => {
  vi.useFakeTimers();
  const start = Date.now();
  whispers = [];
  company = new Company({ changed: () => {}, whisper: () => whispers.push(Date.now() - start) });
});

const pass = (ms: number) => vi.advanceTimersByTime(ms);

test("the first key stroke is whispered at once, and then one now and then", () => {
  for (let ms = 0; ms < 6_000; ms += 100, pass(100)) company.wrote();
  expect(whispers).toEqual([0, WHISPER_MS, 2 * WHISPER_MS]);
});

test("who stops typing is not said to type on", () => {
  company.wrote();
  pass(100);
  company.wrote();
  pass(10_000);
  expect(whispers).toEqual([0]);
});

test("what is begun at once after sending is whispered as soon as the server passes it on", () => {
  company.wrote();
  pass(200);
  company.sent();
  pass(100);
  company.wrote();
  pass(100);
  company.wrote();
  pass(10_000);
  expect(whispers).toEqual([0, RENEWED_WHISPER_MS]);
});

test("what is begun later than that is whispered at once, and the pause is the long one again", () => {
  company.wrote();
  company.sent();
  pass(1_000);
  for (let ms = 0; ms < 3_000; ms += 100, pass(100)) company.wrote();
  expect(whispers).toEqual([0, 1_000, 1_000 + WHISPER_MS]);
});

test.each(["sent", "scatter"] as const)("a whisper that waits is dropped when its text is gone: %s", (end) => {
  company.wrote();
  company.sent();
  company.wrote();
  company[end]();
  pass(10_000);
  expect(whispers).toEqual([0]);
});
