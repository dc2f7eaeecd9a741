import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Markup } from "../src/chat/Markup.tsx";

let paragraph: HTMLElement;

beforeEach(() => {
  paragraph = document.body.appendChild(document.createElement("p"));
});

afterEach(() => {
  act(() => render(null, paragraph));
  paragraph.remove();
});

const show = (text: string) => act(() => render(<Markup text={text} />, paragraph));

test("bold, code and links are shown as such, and line breaks are kept", () => {
  show("**see `x`**\nrun `a b` at https://a.example.");
  expect(paragraph.textContent).toBe("see x\nrun a b at https://a.example.");
  expect(paragraph.querySelector("strong > code")!.textContent).toBe("x");
  expect(paragraph.querySelectorAll("code")[1]!.textContent).toBe("a b");
});

test("links open apart and tell nobody where they came from", () => {
  show("https://a.example");
  const link = paragraph.querySelector("a")!;
  expect(link.rel).toBe("noopener noreferrer nofollow");
  expect(link.target).toBe("_blank");
  expect(link.getAttribute("href")).toBe("https://a.example/");
});

test.each(["<img src=x onerror=alert(1)>", "javascript:alert(1)"])("%s is text", (text) => {
  show(text);
  expect(paragraph.children).toHaveLength(0);
  expect(paragraph.textContent).toBe(text);
});
