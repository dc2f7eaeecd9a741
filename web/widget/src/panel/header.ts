/** Title, the dot that tells the truth about the connection, and who is there. */

import type { ChatState, Connection } from "@deskbell/client";
import { button, h, set, write } from "./dom.ts";
import { icon } from "./icons.ts";
import type { Bell } from "./bell.ts";
import type { Speech, TextKey } from "./text.ts";

const words: Record<Connection, readonly [status: TextKey, note?: TextKey]> = {
  idle: ["status_connecting"],
  connecting: ["status_connecting"],
  restarting: ["status_restarting", "note_restarting"],
  live: ["status_live", "note_live"],
  polling: ["status_polling", "note_polling"],
  offline: ["status_offline", "note_offline"],
  signed_out: ["status_signed_out", "note_signed_out"],
};

export interface HeaderParts {
  title: string;
  speech: Speech;
  /** Null when the host has switched the sound off. */
  bell: Bell | null;
  close(): void;
}

export function buildHeader({ title, speech: { t }, bell, close }: HeaderParts) {
  const dot = h("i", { class: "dot", "data-testid": "dot" });
  const status = h("b");
  const note = h("span");
  const element = h(
    "header",
    { class: "head" },
    h("div", { class: "row" },
      h("h2", { id: "title", dir: "auto" }, title),
      bell ? muteButton(bell, t) : undefined,
      button({ class: "ib minimise", "data-testid": "close", "aria-label": t("minimise") }, close, icon("down")),
    ),
    h("div", { class: "stat" }, dot, h("span", { role: "status" }, status, note)),
  );
  return {
    element,
    update({ connection, presence }: ChatState): void {
      const [statusKey, noteKey] = words[connection];
      const agent = presence.find(({ info }) => info.sender_type === "admin" && info.name);
      const said = agent ? t("note_staffed", { name: agent.info.name! }) : noteKey && t(noteKey);
      set(dot, { "data-state": connection });
      write(status, t(statusKey));
      write(note, said ? ` · ${said}` : "");
    },
  };
}

function muteButton(bell: Bell, t: Speech["t"]): HTMLButtonElement {
  const show = () => {
    element.replaceChildren(icon(bell.muted ? "silence" : "sound"));
    set(element, { "aria-label": t(bell.muted ? "unmute" : "mute") });
  };
  const element = button({ class: "ib" }, () => {
    bell.toggle();
    show();
  });
  show();
  return element;
}
