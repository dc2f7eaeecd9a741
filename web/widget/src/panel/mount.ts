/** Entry of the panel's bundle: connects the client, shows the panel, tells the loader what happens. */

import { createVisitorClient, persistent } from "@deskbell/client";
import { browserSurroundings } from "@deskbell/client/browser";
import type { Panel, PanelHost } from "../contract.ts";
import { Controller } from "./controller.ts";
import css from "./panel.css?inline";
import { Bell } from "./bell.ts";
import { speak } from "./text.ts";
import { VisitorMemory } from "./visitor.ts";

export async function mount(host: PanelHost): Promise<Panel> {
  const { base, settings, emit } = host;
  const speech = await speak(host.language, [settings.locale, document.documentElement.lang, ...navigator.languages]);
  dress(host.shadow);
  const storage = persistent(() => localStorage);
  const visitorKey = new VisitorMemory(storage);
  const proof = { identity: settings.identity, link: host.link ?? undefined, visitorKey };
  const { chat, cable } = createVisitorClient({ base, proof, storage, surroundings: browserSurroundings() });
  const bell = new Bell(storage);
  const named = proof.identity || proof.link;
  const send = (text: string) => {
    if (chat.send(text) && !named) visitorKey.keep();
  };
  const controller = new Controller({ host, chat, bell, speech, send });

  chat.on("unread", (count) => {
    host.setUnread(count, speech.plural("launcher_unread", count));
    emit("unread", count);
  });
  chat.on("connection", (connection) => emit("connection", connection));
  chat.on("error", ({ code }) => emit("error", { code }));
  chat.on("message", (message) => {
    if (message.sender_type === "admin" && settings.sound !== false) bell.ring(message.id);
    emit("message", message);
  });
  chat.open();
  return {
    send,
    setOpen: (open) => controller.setOpen(open),
    write: (text) => controller.write(text),
    destroy() {
      chat.close();
      cable.disconnect();
      controller.destroy();
    },
  };
}

/** A constructed sheet: it needs no `style-src` from the page. */
function dress(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}
