/** `window.Deskbell`: what a host page can say, and the queue of what it said before we were here. */

import type { Emit, Settings, WidgetEvents } from "../contract.ts";
import { forget } from "./forget.ts";
import { type Page, Widget } from "./widget.ts";

type Listener = (detail: never) => void;

/** `["open"]`, `["on", "unread", count => …]`: a method's name and its arguments. */
export type QueuedCall = readonly [method: string, ...args: unknown[]];

export interface DeskbellApi {
  boot(settings?: Settings): void;
  update(settings: Settings): void;
  shutdown(): void;
  show(): void;
  hide(): void;
  open(): void;
  close(): void;
  toggle(): void;
  /** The JWT of whoever has signed in on the host page. */
  setUser(identity: NonNullable<Settings["identity"]>): void;
  /** Nobody is signed in any more: forgets the visitor on this browser. */
  reset(): void;
  send(text: string): void;
  on<Name extends keyof WidgetEvents>(name: Name, listener: (detail: WidgetEvents[Name]) => void): () => void;
  /** Works before and after loading: `(window.Deskbell ||= []).push(["open"])`. */
  push(...calls: QueuedCall[]): void;
}

export function createApi(first: Settings, page: Omit<Page, "emit" | "reset">): DeskbellApi {
  const listeners = new Map<string, Set<Listener>>();
  let settings = first;
  let widget: Widget | null = null;
  let link = page.link;

  const emit: Emit = (name, detail) => {
    for (const listener of [...(listeners.get(name) ?? [])]) listener(detail as never);
    dispatchEvent(new CustomEvent(`deskbell:${name}`, { detail }));
  };
  /** A fresh widget; open if the last one was. */
  const restart = (changed: Settings) => {
    const open = widget?.isOpen ?? false;
    widget?.remove();
    settings = changed;
    widget = new Widget(open ? { ...settings, open } : settings, { ...page, link, emit, reset });
  };

  const change = (changed: Settings) => {
    if (widget) restart(changed);
    else settings = changed;
  };

  const reset = () => {
    link = null;
    widget?.close();
    const { identity: _, open: __, ...anonymous } = settings;
    change(anonymous);
  };

  const api: DeskbellApi = {
    boot(more = {}) {
      if (widget) return;
      restart({ ...settings, ...more });
      emit("ready", undefined);
    },
    update: (more) => change({ ...settings, ...more }),
    shutdown() {
      widget?.remove();
      widget = null;
    },
    show: () => widget?.setVisible(true),
    hide: () => widget?.setVisible(false),
    open: () => widget?.open(),
    close: () => widget?.close(),
    toggle: () => widget?.toggle(),
    setUser: (identity) => change({ ...settings, identity }),
    reset() {
      reset();
      forget();
    },
    send: (text) => widget?.send(text),
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener as Listener));
      if (name === "ready" && widget) listener(undefined as never);
      return () => set.delete(listener as Listener);
    },
    push(...calls) {
      for (const [method, ...args] of calls) {
        const known = Object.hasOwn(api, method);
        if (known) (api[method as keyof DeskbellApi] as (...given: unknown[]) => void)(...args);
        else console.warn(`Deskbell: there is no method "${method}".`);
      }
    },
  };
  return api;
}
