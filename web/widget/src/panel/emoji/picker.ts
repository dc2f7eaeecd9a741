/** A handful of emoji over the field, for those whose keyboard has none. */

import { button, h, set } from "../dom.ts";
import css from "./picker.css?inline";

/** What people send in support chats: moods, hands, hearts, things that go wrong and get fixed. */
const EMOJI = [
  ..."😀😄😅😂🙂😉😊😍🤔🙄😬😕😟😢😭😡🥳😴👍👎👌🙏👏💪👋🤝🎉✅❌❓❗⏰📦🚚💳🔧🐛💡🔥💯",
  "❤️",
  "⚠️",
];
const COLUMNS = 8;

const open = new WeakMap<HTMLElement, HTMLElement>();

/** Opens the picker in the composer, or closes it. */
export function toggle(composer: HTMLElement, opener: HTMLElement, field: HTMLTextAreaElement): void {
  const shown = open.get(composer);
  if (shown) return close(composer, opener, field);
  const picker = build((emoji) => {
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input"));
    close(composer, opener, field);
  });
  picker.setAttribute("aria-label", opener.getAttribute("aria-label")!);
  picker.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close(composer, opener, field);
    }
  });
  picker.addEventListener("focusout", ({ relatedTarget }) => {
    const stays = relatedTarget === opener || picker.contains(relatedTarget as Node | null);
    if (relatedTarget && !stays) close(composer, opener);
  });
  dress(composer.getRootNode() as ShadowRoot);
  composer.append(picker);
  open.set(composer, picker);
  set(opener, { "aria-expanded": "true" });
  picker.querySelector("button")!.focus();
}

function close(composer: HTMLElement, opener: HTMLElement, field?: HTMLElement): void {
  open.get(composer)?.remove();
  open.delete(composer);
  set(opener, { "aria-expanded": "false" });
  field?.focus();
}

/** One stop for Tab; the arrows go about inside, as in a toolbar (ARIA practices, toolbar). */
function build(picked: (emoji: string) => void): HTMLElement {
  const buttons = EMOJI.map((emoji, index) =>
    button({ tabindex: index ? -1 : 0 }, () => picked(emoji), emoji),
  );
  const picker = h("div", { class: "picker", role: "toolbar", "data-testid": "picker" }, ...buttons);
  picker.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(picker).direction === "rtl" ? -1 : 1;
    const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const next = buttons[at + (steps[event.key] ?? NaN)];
    if (!next) return;
    event.preventDefault();
    set(buttons[at]!, { tabindex: -1 });
    set(next, { tabindex: 0 });
    next.focus();
  });
  return picker;
}

const dressed = new WeakSet<ShadowRoot>();

function dress(shadow: ShadowRoot): void {
  if (dressed.has(shadow)) return;
  dressed.add(shadow);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}
