import { beforeEach, expect, test, vi } from "vitest";
import { countInTitle } from "../src/panel/title-badge.ts";

const says = (title: string) => vi.waitFor(() => expect(document.title).toBe(title));

beforeEach(() => {
  document.title = "Shop";
});

test("unread answers are counted before the title, which comes back exactly", () => {
  countInTitle(2);
  expect(document.title).toBe("(2) Shop");
  countInTitle(12);
  expect(document.title).toBe("(9+) Shop");
  countInTitle(0);
  expect(document.title).toBe("Shop");
});

test("a title that the page changes meanwhile keeps the count", async () => {
  countInTitle(1);
  document.title = "Lamps";
  await says("(1) Lamps");
  countInTitle(0);
  expect(document.title).toBe("Lamps");
});

test("a page whose own title begins with a number in brackets keeps it", () => {
  document.title = "(3) letters";
  countInTitle(1);
  expect(document.title).toBe("(1) (3) letters");
  countInTitle(0);
  expect(document.title).toBe("(3) letters");
});
