/** Entry of the panel's bundle: connects the client, shows the panel, tells the loader what happens. */

import { type ChatStore, createVisitorClient, inMemory, persistent, SharedChat, type Tabs } from "@deskbell/client";
import { browserSurroundings } from "@deskbell/client/browser";
import type { Panel, PanelHost } from "../contract.ts";
import { FORGET, SOUND, VISITOR_KEY } from "../storage-keys.ts";
import { Controller } from "./controller.ts";
import { ownerOf } from "./owner.ts";
import css from "./panel.css?inline";
import { speak } from "./text.ts";
import { VisitorMemory } from "./visitor.ts";

export async function mount(host: PanelHost): Promise<Panel> {
  const { base, settings, emit } = host;
  const speech = await speak(host.language, [settings.locale, document.documentElement.lang, ...navigator.languages]);
  dress(host.shadow);
  const mayKeep = settings.consent !== false;
  const storage = mayKeep ? persistent(() => localStorage) : inMemory();
  const drafts = mayKeep ? persistent(() => sessionStorage) : storage;
  const visitorKey = new VisitorMemory(storage);
  const { identity } = settings;
  const proven = identity ?? host.link;
  const proof = { identity, link: host.link ?? undefined, visitorKey };
  const options = { base, proof, storage, owner: ownerOf(proven), surroundings: browserSurroundings() };

  let counted = 0;
  /** The newest count, as what was imported first may arrive last. */
  const inTitle = (count: number) => {
    counted = count;
    if (settings.titleBadge) void import("./title-badge.ts").then(({ countInTitle }) => countInTitle(counted));
  };
  const unread = (count: number) => {
    host.setUnread(count, speech.plural("launcher_unread", count));
    inTitle(count);
    emit("unread", count);
  };
  let controller: Controller | null = null;
  let offs: (() => void)[] = [];
  /** Before the panel is there it is built with it; later the panel is told. */
  const use = (chat: ChatStore) => {
    offs.forEach((off) => off());
    offs = [
      chat.on("unread", unread),
      chat.on("connection", (connection) => emit("connection", connection)),
      chat.on("error", ({ code }) => emit("error", { code })),
      chat.on("message", (message) => {
        const rings = message.sender_type === "admin" && settings.sound !== false && !storage.get(SOUND);
        if (rings) import("./sound.ts").then(({ ring }) => ring(message.id), () => {});
        emit("message", message);
      }),
    ];
    if (!controller) controller = new Controller({ host, chat, speech, storage, drafts, send, api: () => shared.client.api });
    else {
      controller.use(chat);
      unread(chat.getState().unread);
    }
  };
  let before = Promise.resolve();
  /** One after the other: the first text of all may have to wait for the visitor's key. */
  const send = (text: string) => {
    before = before.then(async () => {
      if (!proven && text.trim() && (await visitorKey.keep())) shared.restart();
      controller!.parts.chat.send(text);
    });
  };
  const shared = new SharedChat({ connect: () => createVisitorClient(options), tabs: mayKeep ? tabsHere() : null, use });
  /** What other tabs of this site forget and store; their own changes browsers do not tell. */
  const listen = ({ key, newValue }: StorageEvent) => {
    if (!newValue) return;
    if (key === FORGET) {
      controller!.forget();
      host.reset();
    }
    else if (key === VISITOR_KEY && !proven && visitorKey.adopt()) shared.restart();
  };
  addEventListener("storage", listen);
  return {
    send,
    setOpen: (open) => controller!.setOpen(open),
    write: (text) => controller!.write(text),
    destroy() {
      removeEventListener("storage", listen);
      offs.forEach((off) => off());
      shared.close();
      inTitle(0);
      controller!.destroy();
    },
  };
}

/** Null where the browser cannot share: on plain HTTP, in old ones, in a sandbox. */
function tabsHere(): Tabs | null {
  const locks = navigator.locks as LockManager | undefined;
  // The file's name tells the build: what tabs say to each other changes with it.
  return locks ? { locks, group: import.meta.url.split("?")[0]!, openChannel: (name) => new BroadcastChannel(name) } : null;
}

/** A constructed sheet: it needs no `style-src` from the page. */
function dress(shadow: ShadowRoot): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
}
