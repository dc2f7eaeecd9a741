/** The list: what is there, what waits, who types, and the way back to the newest. */

import type { ChatState } from "@deskbell/client";
import { button, h, type Keyed, KeyedList, set, write } from "./dom.ts";
import { icon } from "./icons.ts";
import { keyed, type RowActions } from "./row-elements.ts";
import { rowsOf } from "./rows.ts";
import type { Speech, TextKey } from "./text.ts";

/** A screen reader looks at the list a moment after it has changed. */
const QUIET_MS = 300;

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
  /** Older messages are under way. */
  fetching: boolean;
  /** The question for an address, when it is time for it. */
  ask: HTMLElement | null;
}

export function buildConversation({ speech, greeting, actions, toEnd }: ConversationParts) {
  const { t, plural } = speech;
  const rows = h("ol");
  const list = new KeyedList(rows);
  const log = h("div", { class: "log", role: "log", tabindex: 0, "data-testid": "log", "aria-label": t("log") }, rows);
  const count = h("span");
  /** The focus goes where the list is when what had it is gone. */
  const look = () => log.focus({ preventScroll: true });
  const jump = button({ class: "jump", "data-testid": "jump" }, () => (toEnd(), look()), count, icon("newest", 16));
  const drop = (id: string) => (actions.drop(id), look());
  let firstSeq: number | undefined;
  let quietUntil = 0;

  const notice = (name: TextKey, text: string = t(name)): Keyed => ({
    key: name + text,
    build: () => h("li", { class: name, "data-testid": name }, name !== "archived" && dots(), text),
  });
  const greet: Keyed = {
    key: "greeting",
    build: () => h("li", { class: "admin greet" }, h("p", { dir: "auto" }, greeting)),
  };

  return {
    log,
    element: h("div", { class: "logw" }, log, jump),
    update(state: ChatState, { open, atEnd, newFrom, fetching, ask }: Look): void {
      const { messages, loaded, unread, connection } = state;
      const shown = rowsOf(state, newFrom).map((row) => keyed(row, speech, { ...actions, drop }));
      if (!loaded && connection === "connecting") shown.push(notice("loading"));
      if (loaded && shown.length === 0) shown.push(greet);
      if (fetching) shown.unshift(notice("loading_older"));
      if (state.archived && messages.length > 0) shown.push(notice("archived"));
      if (ask) shown.push({ key: "ask", build: () => h("li", { class: "ask" }, ask) });
      if (state.typing) shown.push(notice("typing", typist(state, t)));
      // What was there before is not read out, only what comes while somebody is here.
      if (messages[0]?.seq !== firstSeq) quietUntil = Date.now() + QUIET_MS;
      firstSeq = messages[0]?.seq;
      set(log, { "aria-live": open && loaded && Date.now() > quietUntil ? "polite" : "off" });
      list.show(shown);
      set(jump, { hidden: atEnd, "aria-label": unread ? plural("jump", unread) : t("to_end") });
      write(count, unread ? String(unread) : "");
    },
  };
}

const dots = () => h("span", { class: "dots" }, h("u"), h("u"), h("u"));

/** Who types is only certain when one alone can be it. */
function typist({ presence }: ChatState, t: Speech["t"]): string {
  const agents = presence.filter(({ info }) => info.sender_type === "admin");
  const name = agents.length === 1 && agents[0]!.info.name;
  return name ? t("typing_name", { name }) : t("typing");
}
