import { expect, test } from "vitest";
import { markupNodes } from "../src/panel/markup-nodes.ts";

test("links open apart and tell nobody where they came from", () => {
  const [link] = markupNodes("https://a.example") as [HTMLAnchorElement];
  expect(link.rel).toBe("noopener noreferrer nofollow");
  expect(link.target).toBe("_blank");
  expect(link.textContent).toBe("https://a.example");
});

test("tags in a message are text", () => {
  const nodes = markupNodes("<img src=x onerror=alert(1)>");
  expect(nodes).toEqual(["<img src=x onerror=alert(1)>"]);
});
