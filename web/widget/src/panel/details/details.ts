/** What a visitor can choose: who they are, whether answers are mailed, the sound, a window of its own. */

import type { ChatState, Contact, ContactChange, KeyValues } from "@deskbell/client";
import { SOUND } from "../../storage-keys.ts";
import { button, h, set, write } from "../dom.ts";
import { buildContactForm } from "./contact-form.ts";
import css from "./details.css?inline";
import type { DetailsSpeech } from "./text.ts";

export interface DetailsParts {
  say: DetailsSpeech;
  shadow: ShadowRoot;
  storage: KeyValues;
  /** False when the host has switched it off. */
  hasSound: boolean;
  save(change: ContactChange): Promise<unknown>;
  dismiss(): void;
  /** Null where the chat fills a window already. */
  popOut: (() => void) | null;
}

export interface Details {
  /** Over the list, while it is wanted. */
  readonly sheet: HTMLElement;
  /** In the list, when nobody answers. */
  readonly ask: HTMLElement;
  update(state: ChatState): void;
}

export function buildDetails(parts: DetailsParts): Details {
  dress(parts.shadow);
  const { say, save, storage, popOut } = parts;
  const form = buildContactForm({ say, withName: true, save });
  const known = h("p", { class: "known" });
  const mails = choice(say("mails"), (on) => save({ mails: on }).catch(() => mails.set(!on)));
  const sound = choice(say("sound"), (on) => storage[on ? "remove" : "set"](SOUND, "off"));
  sound.set(storage.get(SOUND) !== "off");
  const sheet = h("section", { class: "sheet", "data-testid": "sheet", hidden: true, "aria-labelledby": "details", tabindex: -1 },
    h("h3", { id: "details" }, say("details")),
    form.element,
    known,
    mails.element,
    parts.hasSound && sound.element,
    popOut ? button({ class: "out", "data-testid": "popout" }, popOut, say("popout")) : undefined);
  const ask = buildAsk(parts);
  return {
    sheet,
    ask: ask.element,
    update({ contact }) {
      set(form.element, { hidden: !contact?.editable });
      set(known, { hidden: !contact || contact.editable });
      set(mails.element, { hidden: !contact });
      if (!contact) return;
      form.update(contact);
      ask.update(contact);
      write(known, [say("from_site"), contact.name, contact.email].filter(Boolean).join("\n"));
      mails.set(contact.mails);
    },
  };
}

function buildAsk({ say, save, dismiss }: DetailsParts) {
  const later = button({ class: "later", "data-testid": "later" }, dismiss, say("later"));
  const form = buildContactForm({ say, withName: false, save, beside: later });
  const element = h("div", { class: "card", "data-testid": "ask" }, h("p", {}, say("ask")), form.element);
  return {
    element,
    update(contact: Contact): void {
      form.update(contact);
      set(element, { class: contact.unconfirmed_email ? "card asked" : "card" });
    },
  };
}

function choice(text: string, chosen: (on: boolean) => unknown) {
  const box = h("input", { type: "checkbox", role: "switch" });
  box.addEventListener("change", () => void chosen(box.checked));
  return { element: h("label", { class: "choice" }, h("span", {}, text), box), set: (on: boolean) => void (box.checked = on) };
}

function dress(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}
