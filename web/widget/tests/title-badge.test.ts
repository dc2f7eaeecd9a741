import { beforeEach, expect, test, vi } from "vitest";
import { TitleBadge } from "../src/panel/title-badge.ts";

const says = (title: string) => vi.waitFor(() => expect(document.title).toBe(title));

beforeEach(() => {
  document.title = "Shop";
});

test("unread answers are counted before the title, which comes back exactly", () => {
  const badge = new TitleBadge();
  badge.set(2);
  expect(document.title).toBe("(2) Shop");
  badge.set(12);
  expect(document.title).toBe("(9+) Shop");
  badge.set(0);
  expect(document.title).toBe("Shop");
  badge.stop();
});

test("a title that the page changes meanwhile keeps the count", async () => {
  const badge = new TitleBadge();
  badge.set(1);
  document.title = "Lamps";
  await says("(1) Lamps");
  badge.stop();
  expect(document.title).toBe("Lamps");
});

test("a page whose own title begins with a number in brackets keeps it", () => {
  document.title = "(3) letters";
  const badge = new TitleBadge();
  badge.set(1);
  expect(document.title).toBe("(1) (3) letters");
  badge.stop();
  expect(document.title).toBe("(3) letters");
});
