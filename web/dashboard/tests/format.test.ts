import { describe, expect, test } from "vitest";
import { ago, clock, dayLabel, dayOf, languageName } from "../src/format.ts";

const NOW = new Date(2026, 10, 22, 14, 30).getTime();
const before = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe("ago", () => {
  test.each([
    [-90, "now"],
    [20, "now"],
    [60, "1 minute ago"],
    [2 * 60, "2 minutes ago"],
    [59 * 60 + 59, "59 minutes ago"],
    [3 * 3600, "3 hours ago"],
    [26 * 3600, "1 day ago"],
    [8 * 86400, "1 week ago"],
    [40 * 86400, "1 month ago"],
    [800 * 86400, "2 years ago"],
  ])("%i seconds are %s", (seconds, words) => {
    expect(ago(before(seconds), NOW, "en")).toBe(words);
  });

  test("speaks the language", () => {
    expect(ago(before(120), NOW, "zh")).toBe("2分钟前");
    expect(ago(before(120), NOW, "ar")).toBe("قبل دقيقتين");
  });
});

describe("days", () => {
  const at = (...parts: [number, number, number, number?]) => new Date(...parts).toISOString();

  test("are those of the reader's calendar, not 24 hours", () => {
    expect(dayLabel(at(2026, 10, 22, 0), NOW, "en")).toBe("Today");
    expect(dayLabel(at(2026, 10, 21, 23), NOW, "en")).toBe("Yesterday");
    // Whether a comma follows the weekday differs between versions of the language data.
    const british = (iso: string) => dayLabel(iso, NOW, "en-GB").replace(",", "");
    expect(british(at(2026, 10, 12, 9))).toBe("Thursday 12 November");
    expect(british(at(2025, 10, 12, 9))).toBe("Wednesday 12 November 2025");
    expect(dayLabel(at(2026, 10, 21, 9), NOW, "zh")).toBe("昨天");
  });

  test("have one key each", () => {
    expect(dayOf(at(2026, 10, 22, 0))).toBe(dayOf(at(2026, 10, 22, 23)));
    expect(dayOf(at(2026, 10, 22, 23))).not.toBe(dayOf(at(2026, 10, 23, 0)));
  });
});

test("the clock is the region's", () => {
  const at = new Date(2026, 10, 22, 14, 5).toISOString();
  expect(clock(at, "en-GB")).toBe("14:05");
  expect(clock(at, "en-US").replace(/\s/, " ")).toBe("2:05 PM");
});

test("a language the browser does not know keeps its tag", () => {
  expect(languageName("nl", "en")).toBe("Dutch");
  expect(languageName("not a tag", "en")).toBe("not a tag");
});
