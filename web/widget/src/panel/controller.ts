/** The panel as a whole: puts its parts together and keeps them in step with the chat. */

import type { Chat } from "@deskbell/client";
import type { PanelHost } from "../contract.ts";
import { buildComposer } from "./composer.ts";
import { buildConversation } from "./conversation.ts";
import { h, set } from "./dom.ts";
import { buildHeader } from "./header.ts";
import { followKeyboard, keepFocusInside, onPhone } from "./phone.ts";
import { Reading } from "./reading.ts";
import { Scroll } from "./scroll.ts";
import type { Bell } from "./bell.ts";
import type { Speech } from "./text.ts";

export interface Parts {
  host: PanelHost;
  chat: Chat;
  bell: Bell;
  speech: Speech;
  send(text: string): void;
}

export class Controller {
  #open = false;
  #due = false;
  #fetching = false;
  readonly #panel: HTMLElement;
  readonly #header;
  readonly #conversation;
  readonly #composer;
  readonly #scroll: Scroll;
  readonly #reading = new Reading();
  readonly #stops: (() => void)[];

  constructor(private readonly parts: Parts) {
    const { host, chat, bell, speech } = parts;
    const { title, greeting, sound } = host.settings;
    this.#header = buildHeader({
      title: title || speech.t("title"),
      speech,
      bell: sound === false ? null : bell,
      close: () => host.close(),
    });
    this.#conversation = buildConversation({
      speech,
      greeting: greeting || speech.t("greeting"),
      actions: chat,
      toEnd: () => this.#scroll.toEnd(),
    });
    this.#composer = buildComposer({
      speech,
      send: (text) => {
        this.#scroll.toEnd();
        parts.send(text);
      },
      typing: () => chat.typing(),
    });
    this.#panel = this.#assemble();
    this.#scroll = new Scroll(this.#conversation.log, (nearTop) => {
      if (nearTop) void this.#loadOlder();
      this.#draw();
    });
    document.addEventListener("visibilitychange", this.#draw);
    this.#stops = [
      chat.subscribe(this.#draw),
      followKeyboard(this.#panel),
      () => document.removeEventListener("visibilitychange", this.#draw),
      () => this.#scroll.stop(),
      () => this.#panel.remove(),
    ];
    this.#drawNow();
  }

  setOpen(open: boolean): void {
    this.#open = open;
    this.#drawNow();
    if (!open) return;
    this.#scroll.toEnd();
    this.#composer.focus();
  }

  write(text: string): void {
    this.#composer.write(text);
  }

  destroy(): void {
    this.#stops.forEach((stop) => stop());
  }

  #assemble(): HTMLElement {
    const { host } = this.parts;
    const panel = h(
      "section",
      { role: "dialog", "aria-labelledby": "title", "data-testid": "panel" },
      this.#header.element,
      this.#conversation.element,
      this.#composer.element,
    );
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) host.close();
      else if (event.key === "Tab" && onPhone()) keepFocusInside(event, panel);
    });
    host.mount.append(panel);
    return panel;
  }

  /** Once for however many changes come together. */
  readonly #draw = (): void => {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#due && this.#drawNow());
  };

  #drawNow(): void {
    this.#due = false;
    const { chat } = this.parts;
    const state = chat.getState();
    const { atEnd } = this.#scroll;
    const looking = atEnd && document.visibilityState === "visible";
    const read = this.#reading.update(state, this.#open, looking);
    // The thread is cut where nothing gets through.
    const cut = state.connection === "offline" || state.connection === "signed_out";
    set(this.#panel, { class: cut ? "panel cut" : "panel", hidden: !this.#open, "aria-modal": onPhone() && "true" });
    this.#header.update(state);
    this.#conversation.update(state, { open: this.#open, atEnd, newFrom: this.#reading.newFrom });
    this.#scroll.settle(state.messages[0]?.seq);
    if (read) chat.markRead();
  }

  async #loadOlder(): Promise<void> {
    const { chat } = this.parts;
    if (this.#fetching || !chat.getState().hasMore) return;
    this.#fetching = true;
    await chat.loadOlder();
    this.#fetching = false;
  }
}
