/** The elements of the list's rows. */

import type { Pending } from "@deskbell/client";
import { button, h, type Keyed, set } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Row } from "./rows.ts";
import type { Speech } from "./text.ts";

export interface RowActions {
  retry(id: string): void;
  drop(id: string): void;
}

type MessageRow = Extract<Row, { kind: "message" }>;

export function keyed(row: Row, speech: Speech, actions: RowActions): Keyed {
  const { kind, key } = row;
  if (kind === "day") return { key, build: () => h("li", { class: "day" }, speech.day(row.iso)) };
  if (kind === "new") return { key, build: () => h("li", { class: "new" }, speech.t("new")) };
  const { entry, sender, state, joined } = row;
  return {
    key,
    look: `${state} ${joined}`,
    // The text stays as it is built: a live region would read it out again.
    build: () =>
      h("li", { "data-testid": "message", "data-sender": sender },
        h("span", { class: "vh" }, speech.t(sender)),
        paragraph(entry.content),
        h("span", { "aria-live": "off" })),
    dress(element) {
      set(element, {
        class: `${sender} ${state}${joined ? " joined" : ""}`,
        "data-seq": "seq" in entry && entry.seq,
        "data-state": state,
      });
      element.lastElementChild!.replaceChildren(
        state === "waiting" || state === "failed" ? trouble(row, speech, actions) : stamp(row, speech),
      );
    },
  };
}

/** Most messages are plain; whatever looks like more is worth the part that can read it. */
const MARKUP = /[`*]|https?:|mailto:/i;
let markupNodes: ((text: string) => (Node | string)[]) | null = null;

function paragraph(text: string): HTMLElement {
  const element = h("p", { dir: "auto" });
  if (!MARKUP.test(text)) element.append(text);
  else if (markupNodes) element.append(...markupNodes(text));
  else {
    element.append(text);
    import("./markup-nodes.ts").then(
      (part) => {
        markupNodes = part.markupNodes;
        // It has been read out already.
        set(element, { "aria-live": "off" });
        element.replaceChildren(...markupNodes(text));
      },
      () => {},
    );
  }
  return element;
}

function stamp({ entry, sender, state }: MessageRow, { t, time }: Speech): HTMLElement {
  if (state === "sending") return h("span", { class: "mt" }, t("sending"));
  const how = state === "seen" ? "seen" : "sent";
  const mark = sender === "user" && h("span", { role: "img", "aria-label": t(how) }, icon(how, 14));
  return h("span", { class: "mt" }, h("time", { datetime: entry.created_at }, time(entry.created_at)), mark);
}

function trouble({ entry, state }: MessageRow, { t }: Speech, actions: RowActions): HTMLElement {
  const { id, code } = entry as Pending;
  const failed = state === "failed";
  const reason = code === "invalid" ? "failed_invalid" : "failed";
  return h(
    "span",
    { class: "warn" },
    `${t(failed ? reason : "waiting")} `,
    button({ "data-testid": "retry" }, () => actions.retry(id), t(failed ? "retry" : "try_now")),
    failed && button({ "data-testid": "drop" }, () => actions.drop(id), t("drop")),
  );
}
