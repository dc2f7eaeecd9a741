/** The list: what is there, what waits, who types, and the way back to the newest. */

import type { ChatState } from "@deskbell/client";
import { button, h, type Keyed, KeyedList, set, write } from "./dom.ts";
import { icon } from "./icons.ts";
import { buildRow, type RowActions } from "./row-elements.ts";
import { rowsOf } from "./rows.ts";
import type { Speech } from "./text.ts";

export interface ConversationParts {
  speech: Speech;
  greeting: string;
  actions: RowActions;
  toEnd(): void;
}

export interface Look {
  open: boolean;
  atEnd: boolean;
  newFrom: number | null;
}

export function buildConversation({ speech, greeting, actions, toEnd }: ConversationParts) {
  const { t, plural } = speech;
  const rows = h("ol");
  const list = new KeyedList(rows);
  const log = h("div", { class: "log", role: "log", tabindex: 0, "data-testid": "log", "aria-label": t("log") }, rows);
  const count = h("span");
  const jump = button({ class: "jump", "data-testid": "jump" }, toEnd, count, icon("newest", 16));

  const greet: Keyed = {
    key: "greeting",
    build: () => h("li", { class: "admin greet" }, h("p", { dir: "auto" }, greeting)),
  };
  const typing = (name: string | null): Keyed => ({
    key: `typing ${name}`,
    build: () =>
      h("li", { class: "ty", "data-testid": "typing" }, h("u"), h("u"), h("u"),
        name ? t("typing_name", { name }) : t("typing")),
  });

  return {
    log,
    element: h("div", { class: "logw" }, log, jump),
    update(state: ChatState, { open, atEnd, newFrom }: Look): void {
      const { messages, pending, loaded, unread } = state;
      const shown: Keyed[] = rowsOf(messages, pending, newFrom).map((row) => ({
        key: row.key,
        build: () => buildRow(row, speech, actions),
      }));
      if (loaded && shown.length === 0) shown.push(greet);
      if (state.typing) shown.push(typing(typistOf(state)));
      list.show(shown);
      // The history that is there already is not read out, only what comes later.
      set(log, { "aria-live": open && loaded ? "polite" : "off" });
      set(jump, { hidden: atEnd, "aria-label": unread ? plural("jump", unread) : t("to_end") });
      write(count, unread ? String(unread) : "");
    },
  };
}

/** Who types is only certain when one alone can be it. */
function typistOf({ presence }: ChatState): string | null {
  const agents = presence.filter(({ info }) => info.sender_type === "admin");
  return agents.length === 1 ? agents[0]!.info.name : null;
}
