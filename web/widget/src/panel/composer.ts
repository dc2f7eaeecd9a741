/** The field one writes in; the thread runs under it and ends in the send button. */

import { h, set, write as say } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Speech } from "./text.ts";

/** The server's limit, in code points as it counts them. */
const LONGEST = 10_000;

export interface ComposerParts {
  speech: Speech;
  send(text: string): void;
  typing(): void;
}

export function buildComposer({ speech: { t, plural }, send, typing }: ComposerParts) {
  const label = t("placeholder");
  const field = h("textarea", { rows: 1, dir: "auto", "data-testid": "input", placeholder: label, "aria-label": label });
  const submit = h("button", { class: "send", "data-testid": "send", "aria-label": t("send") }, icon("arrow"));
  const hint = h("span", { class: "hint", role: "status" });
  const element = h(
    "form",
    { class: "comp" },
    h("div", { class: "linebox" }, field, submit),
    h("div", { class: "tools" }, hint),
  );
  const excess = () => [...field.value].length - LONGEST;

  const show = () => {
    const tooLong = excess() > 0;
    set(hint, { class: tooLong ? "hint excess" : "hint" });
    say(hint, tooLong ? plural("too_long", excess()) : t("hint"));
    // As high as its text, up to what the style allows; `field-sizing` is not everywhere yet.
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  };
  const submitText = (event: Event) => {
    event.preventDefault();
    field.focus();
    if (excess() > 0 || field.value.trim() === "") return;
    send(field.value);
    field.value = "";
    show();
  };

  element.addEventListener("submit", submitText);
  field.addEventListener("input", () => {
    if (field.value) typing();
    show();
  });
  field.addEventListener("keydown", (event) => {
    // While a word is being composed, as in Chinese, Enter chooses it; Safari tells only by the code.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) submitText(event);
  });
  show();
  const write = (text: string) => {
    field.value = text;
    show();
  };
  return { element, write, focus: () => field.focus({ preventScroll: true }) };
}
