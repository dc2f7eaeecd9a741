/** The panel as a whole: puts its parts together and keeps them in step with the chat. */

import type { Api, ChatState, ChatStore, KeyValues } from "@deskbell/client";
import type { PanelHost } from "../contract.ts";
import { buildComposer } from "./composer.ts";
import { buildConversation } from "./conversation.ts";
import { h, set } from "./dom.ts";
import { Draft } from "./drafts.ts";
import type { Extras } from "./details/extras.ts";
import { buildHeader } from "./header.ts";
import { Reading } from "./reading.ts";
import { Scroll } from "./scroll.ts";
import type { Speech } from "./text.ts";

const narrow = matchMedia("(max-width: 479px)");

/** True while the panel, when open, covers everything. */
export const onPhone = () => narrow.matches;

export interface Parts {
  host: PanelHost;
  /** What shows the chat now; another one takes its place when this tab begins or ends to lead. */
  chat: ChatStore;
  speech: Speech;
  storage: KeyValues;
  /** What stands in the field is kept here. */
  drafts: KeyValues;
  send(text: string): void;
  /** REST as whoever is here now. */
  api(): Api;
}

export class Controller {
  #open = false;
  #shown = false;
  #due = false;
  /** What arrives after this is for nobody. */
  #ended = false;
  #fetching = false;
  readonly #panel: HTMLElement;
  readonly #header;
  readonly #conversation;
  readonly #composer;
  readonly #scroll: Scroll;
  #extras: Extras | null = null;
  #extrasWanted: Promise<void> | null = null;
  #fills: Promise<unknown> | null = null;
  readonly #reading = new Reading();
  readonly #draft: Draft;
  readonly #stops: (() => void)[];
  #unsubscribe: () => void;

  constructor(readonly parts: Parts) {
    const { host, speech } = parts;
    this.#draft = new Draft(parts.drafts);
    const { title, greeting } = host.settings;
    this.#header = buildHeader({
      title: title || speech.t("title"),
      speech,
      menu: () => void this.#fetchExtras().then(() => this.#extras?.toggle()),
      close: () => host.close(),
    });
    this.#conversation = buildConversation({
      speech,
      greeting: greeting || speech.t("greeting"),
      actions: { retry: (id) => parts.chat.retry(id), drop: (id) => parts.chat.drop(id) },
      toEnd: () => this.#scroll.toEnd(),
    });
    this.#composer = buildComposer({ speech, send: (text) => this.#send(text), typed: (text) => this.#typed(text) });
    this.#panel = this.#assemble();
    this.#scroll = new Scroll(this.#conversation.log, (nearTop) => {
      if (nearTop) void this.#loadOlder();
      this.#draw();
    });
    document.addEventListener("visibilitychange", this.#draw);
    this.#unsubscribe = parts.chat.subscribe(this.#draw);
    this.#stops = [
      () => this.#unsubscribe(),
      () => document.removeEventListener("visibilitychange", this.#draw),
      () => this.#scroll.stop(),
      () => this.#extras?.stop(),
      () => this.#panel.remove(),
    ];
    this.#drawNow();
  }

  use(chat: ChatStore): void {
    this.#unsubscribe();
    this.parts.chat = chat;
    this.#unsubscribe = chat.subscribe(this.#draw);
    this.#draw();
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

  /** Whoever was here has left: what they did not send is nobody's. */
  forget(): void {
    const { chat } = this.parts;
    for (const { id } of chat.getState().pending) chat.drop(id);
    this.#draft.keep("");
  }

  destroy(): void {
    this.#ended = true;
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
      if (event.key !== "Escape" || event.isComposing) return;
      if (this.#extras?.close()) this.#header.more.focus();
      else host.close();
    });
    host.mount.append(panel);
    return panel;
  }

  #send(text: string): void {
    this.#extras?.close();
    this.#scroll.toEnd();
    this.parts.send(text);
  }

  #typed(text: string): void {
    if (text) this.parts.chat.typing();
    this.#draft.keep(text);
  }

  /** Once for however many changes come together. */
  readonly #draw = (): void => {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => this.#due && this.#drawNow());
  };

  #drawNow(): void {
    this.#due = false;
    if (this.#ended) return;
    const { chat } = this.parts;
    const state = chat.getState();
    const { atEnd } = this.#scroll;
    const looking = atEnd && document.visibilityState === "visible";
    const read = this.#reading.update(state, this.#open, looking);
    // The thread is cut where nothing gets through.
    const cut = state.connection === "offline" || state.connection === "signed_out";
    set(this.#panel, { class: cut ? "panel cut" : "panel", hidden: !this.#open, "aria-modal": onPhone() && "true" });
    if (this.#open && onPhone()) {
      this.#fills ??= import("./phone.ts").then(({ fillPhone }) => this.#ended || this.#stops.push(fillPhone(this.#panel)));
    }
    this.#header.update(state);
    // A closed panel costs a page nothing; once more on closing, so that nothing in it goes on.
    if (this.#open || this.#shown) this.#showRows(state);
    this.#shown = this.#open;
    const left = this.#draft.restore(state);
    if (left) this.#composer.restore(left);
    if (read) chat.markRead();
  }

  #showRows(state: ChatState): void {
    this.#conversation.update(state, {
      open: this.#open,
      atEnd: this.#scroll.atEnd,
      newFrom: this.#reading.newFrom,
      fetching: this.#fetching,
      ask: this.#askFor(state),
    });
    this.#scroll.settle(state.messages[0]?.seq);
  }

  /** Whoever wrote and cannot be reached may be asked for an address; nobody else needs that part. */
  #askFor(state: ChatState): HTMLElement | null {
    const { contact, messages } = state;
    if (contact?.editable && !contact.email && messages.length > 0) void this.#fetchExtras();
    return this.#extras?.update(state) ?? null;
  }

  /** Once; a failure is tried again by the next wish. */
  #fetchExtras(): Promise<void> {
    const surface = { place: this.#conversation.element, opener: this.#header.more, changed: this.#draw };
    this.#extrasWanted ??= import("./details/extras.ts")
      .then(({ mountExtras }) => mountExtras(this.parts, surface))
      .then(
        (extras) => {
          this.#extras = extras;
          this.#drawNow();
        },
        () => void (this.#extrasWanted = null),
      );
    return this.#extrasWanted;
  }

  async #loadOlder(): Promise<void> {
    const { chat } = this.parts;
    if (this.#fetching || !chat.getState().hasMore) return;
    this.#fetching = true;
    this.#draw();
    await chat.loadOlder();
    this.#fetching = false;
    this.#draw();
  }
}
