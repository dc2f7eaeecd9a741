import { expect, test, vi } from "vitest";
import { h, KeyedList, set, write } from "../src/panel/dom.ts";

const row = (key: string) => ({ key, build: () => h("li", {}, key) });
const shown = (list: HTMLElement) => [...list.children].map(({ textContent }) => textContent);

test("attributes are set, emptied and taken away", () => {
  const button = h("button", { hidden: true, "data-seq": 3, title: undefined }, "text", false);
  expect([button.getAttribute("hidden"), button.dataset["seq"], button.hasAttribute("title")]).toEqual(["", "3", false]);
  set(button, { hidden: false });
  expect(button.hasAttribute("hidden")).toBe(false);
  expect(button.textContent).toBe("text");
});

test("what stays the same is not written again", async () => {
  const element = h("p", { role: "status" }, "same");
  const changed = vi.fn();
  new MutationObserver(changed).observe(element, { attributes: true, childList: true, subtree: true });
  set(element, { role: "status" });
  write(element, "same");
  await Promise.resolve();
  expect(changed).not.toHaveBeenCalled();
});

test("a keyed list keeps the elements of rows that stay", () => {
  const list = h("ol");
  const rows = new KeyedList(list);
  rows.show(["b", "c", "typing"].map(row));
  const [b, c] = list.children;
  rows.show(["a", "b", "c", "d", "typing"].map(row));
  expect(shown(list)).toEqual(["a", "b", "c", "d", "typing"]);
  expect([list.children[1], list.children[2]]).toEqual([b, c]);
  rows.show(["c", "a"].map(row));
  expect(shown(list)).toEqual(["c", "a"]);
});

test("a row is dressed when it comes and when its look changes, and stays the same element", () => {
  const list = h("ol");
  const rows = new KeyedList(list);
  const dressed: string[] = [];
  const show = (look: string) => rows.show([{ ...row("a"), look, dress: () => dressed.push(look) }]);
  show("waiting");
  const [element] = list.children;
  show("waiting");
  show("sent");
  expect(dressed).toEqual(["waiting", "sent"]);
  expect(list.children[0]).toBe(element);
});
