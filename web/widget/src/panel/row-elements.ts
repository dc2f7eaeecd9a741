/** The elements of the list's rows. */

import { button, h } from "./dom.ts";
import { icon } from "./icons.ts";
import { markupNodes } from "./markup-nodes.ts";
import type { Row } from "./rows.ts";
import type { Speech } from "./text.ts";

export interface RowActions {
  retry(id: string): void;
  drop(id: string): void;
}

type MessageRow = Extract<Row, { kind: "message" }>;

export function buildRow(row: Row, speech: Speech, actions: RowActions): HTMLElement {
  if (row.kind === "day") return h("li", { class: "day" }, speech.day(row.iso));
  if (row.kind === "new") return h("li", { class: "new" }, speech.t("new"));
  const { entry, sender, state, joined } = row;
  const waits = state === "waiting" || state === "failed";
  const attributes = {
    class: `${sender} ${state}${joined ? " joined" : ""}`,
    "data-testid": "message",
    "data-sender": sender,
    "data-seq": "seq" in entry && entry.seq,
    "data-state": state,
  };
  return h(
    "li",
    attributes,
    h("span", { class: "vh" }, speech.t(sender)),
    h("p", { dir: "auto" }, ...markupNodes(entry.content)),
    waits ? trouble(row, speech, actions) : stamp(row, speech),
  );
}

function stamp({ entry, sender, state }: MessageRow, { t, time }: Speech): HTMLElement {
  if (state === "sending") return h("span", { class: "mt" }, t("sending"));
  const sent = sender === "user" && h("span", { role: "img", "aria-label": t("sent") }, icon("check", 13));
  return h("span", { class: "mt" }, h("time", { datetime: entry.created_at }, time(entry.created_at)), sent);
}

function trouble({ entry: { id }, state }: MessageRow, { t }: Speech, actions: RowActions): HTMLElement {
  const failed = state === "failed";
  return h(
    "span",
    { class: "warn" },
    `${t(failed ? "failed" : "waiting")} `,
    button({ "data-testid": "retry" }, () => actions.retry(id), t(failed ? "retry" : "try_now")),
    failed && button({ "data-testid": "drop" }, () => actions.drop(id), t("drop")),
  );
}
