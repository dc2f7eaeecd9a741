/** The field one writes in; the thread runs under it and ends in the send button. */

import { button, h, set, write as say } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Speech } from "./text.ts";

/** The server's limit, in code points as it counts them. */
const LONGEST = 10_000;
/** From here on the room that is left is told. */
const NEAR = 1_000;

export interface ComposerParts {
  speech: Speech;
  send(text: string): void;
  /** What is written now, after every change. */
  typed(text: string): void;
}

export function buildComposer({ speech: { t, plural }, send, typed }: ComposerParts) {
  const label = t("placeholder");
  const field = h("textarea", { rows: 1, dir: "auto", "data-testid": "input", placeholder: label, "aria-label": label });
  const submit = h("button", { class: "send", "data-testid": "send", "aria-label": t("send") }, icon("arrow"));
  const hint = h("span", { class: "hint", "data-testid": "hint" });
  const tools = h("div", { class: "tools" }, hint);
  const element = h("form", { class: "comp" }, h("div", { class: "linebox" }, field, submit), tools);
  const room = () => LONGEST - [...field.value].length;

  const show = () => {
    const left = room();
    // Said when it is too much; before that, a number after every letter would only disturb.
    set(hint, { class: left < 0 ? "hint excess" : left < NEAR ? "hint near" : "hint", role: left < 0 && "status" });
    say(hint, left < 0 ? plural("too_long", -left) : left < NEAR ? `${left}` : t("hint"));
    // As high as its text, up to what the style allows; `field-sizing` is not everywhere yet.
    field.style.blockSize = "auto";
    field.style.blockSize = `${field.scrollHeight}px`;
  };
  const changed = () => {
    typed(field.value);
    show();
  };
  const write = (text: string) => {
    field.value = text;
    show();
  };
  const submitText = (event: Event) => {
    event.preventDefault();
    field.focus();
    if (room() < 0 || field.value.trim() === "") return;
    send(field.value);
    field.value = "";
    changed();
  };

  const emoji = button({ class: "ib", "data-testid": "emoji", "aria-label": t("emoji"), "aria-expanded": "false" }, () => {
    import("./emoji/picker.ts").then(
      ({ toggle }) => toggle(element, emoji, field),
      () => {},
    );
  }, icon("smile", 18));
  tools.prepend(emoji);
  element.addEventListener("submit", submitText);
  field.addEventListener("input", changed);
  field.addEventListener("keydown", (event) => {
    // While a word is being composed, as in Chinese, Enter chooses it; Safari tells only by the code.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) submitText(event);
  });
  show();
  return {
    element,
    write,
    /** Puts back what was left unsent, unless something is there already. */
    restore: (text: string) => field.value || write(text),
    focus: () => field.focus({ preventScroll: true }),
  };
}
