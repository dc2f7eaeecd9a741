/** Title, the dot that tells the truth about the connection, and when to expect an answer. */

import type { ChatState } from "@deskbell/client";
import { button, h, set, write } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Speech } from "./text.ts";

export interface HeaderParts {
  title: string;
  speech: Speech;
  /** Opens and closes what else there is to choose. */
  menu(): void;
  close(): void;
}

export function buildHeader({ title, speech, menu, close }: HeaderParts) {
  const { t } = speech;
  const dot = h("i", { class: "dot", "data-testid": "dot" });
  const status = h("b");
  const note = h("span");
  const more = button({ class: "ib more", "data-testid": "menu", "aria-label": t("menu"), "aria-expanded": "false" }, menu, icon("more"));
  const element = h(
    "header",
    { class: "head" },
    h("div", { class: "row" },
      h("h2", { id: "title", dir: "auto" }, title),
      more,
      button({ class: "ib minimise", "data-testid": "close", "aria-label": t("minimise") }, close, icon("down")),
    ),
    h("div", { class: "stat" }, dot, h("span", { role: "status" }, status, note)),
  );
  return {
    element,
    more,
    update(state: ChatState): void {
      const { connection } = state;
      const said = noteOf(state, speech);
      set(dot, { "data-state": connection });
      // Before it has begun it is as good as connecting.
      write(status, t(`status_${connection === "idle" ? "connecting" : connection}`));
      write(note, said && ` · ${said}`);
    },
  };
}

function noteOf({ connection, presence, pending, replySeconds }: ChatState, { t, plural, duration }: Speech): string {
  if (connection === "live") {
    const agent = presence.find(({ info }) => info.sender_type === "admin" && info.name);
    if (agent) return t("note_staffed", { name: agent.info.name! });
    if (replySeconds !== null) return t("note_reply", { time: duration(replySeconds) });
  }
  const waiting = pending.filter(({ state }) => state === "waiting").length;
  if (connection === "offline" && waiting) return plural("waiting_here", waiting);
  return connection === "idle" || connection === "connecting" ? "" : t(`note_${connection}`);
}
