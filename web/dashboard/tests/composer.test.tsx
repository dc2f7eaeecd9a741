import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Composer } from "../src/chat/Composer.tsx";
import { Words } from "../src/hooks.ts";
import en from "../src/locales/en.json";
import { translator } from "../src/text.ts";

const person = { id: "u1", email: "ada@shop.example", name: "Ada" };
const send = vi.fn((text: string) => (text.trim() ? {} : null));
const keepDraft = vi.fn();
let page: HTMLElement;
let field: HTMLTextAreaElement;

beforeEach(() => {
  vi.stubGlobal("CSS", { supports: () => true });
  page = document.body.appendChild(document.createElement("div"));
  act(() =>
    render(
      <Words.Provider value={translator("en", en)}>
        <Composer
          person={person}
          archived={false}
          draft="from before"
          keepDraft={keepDraft}
          send={send}
          typing={() => {}}
        />
      </Words.Provider>,
      page,
    ),
  );
  field = page.querySelector("textarea")!;
});

afterEach(() => {
  act(() => render(null, page));
  page.remove();
  vi.clearAllMocks();
});

function write(text: string) {
  act(() => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** True when the key was taken from the field, so that no line break came of it. */
function press(key: string, more: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  act(() => void field.dispatchEvent(event));
  return event.defaultPrevented;
}

test("a draft is there again, and is kept while writing", () => {
  expect(field.value).toBe("from before");
  write("from before and now");
  expect(keepDraft).toHaveBeenLastCalledWith("from before and now");
});

test("Enter sends and empties the field and its draft", () => {
  write("Hello");
  expect(press("Enter")).toBe(true);
  expect(send).toHaveBeenCalledExactlyOnceWith("Hello");
  expect(field.value).toBe("");
  expect(keepDraft).toHaveBeenLastCalledWith("");
});

test("Shift+Enter breaks the line", () => {
  write("Hello");
  expect(press("Enter", { shiftKey: true })).toBe(false);
  expect(send).not.toHaveBeenCalled();
});

test("Enter that ends a composition sends nothing", () => {
  write("你");
  expect(press("Enter", { isComposing: true })).toBe(false);
  expect(send).not.toHaveBeenCalled();
});

test("what cannot be sent stays in the field", () => {
  write("  ");
  press("Enter");
  expect(field.value).toBe("  ");
});
