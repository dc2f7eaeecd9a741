/** `window.Deskbell`: what a host page can say, and the queue of what it said before we were here. */

import type { Emit, Settings, WidgetEvents } from "../contract.ts";
import { forget } from "./forget.ts";
import { readSettings } from "./settings.ts";
import { createWidget, type Page, type Widget } from "./widget.ts";

/** `["open"]`, `["on", "unread", count => …]`: a method's name and its arguments. */
export type QueuedCall = readonly [method: string, ...args: unknown[]];

export interface DeskbellApi {
  /** On a page that has booted already, the same as `update`. */
  boot(settings?: Settings): void;
  /** Starts anew only if something has changed that the panel was built for. */
  update(settings: Settings): void;
  shutdown(): void;
  show(): void;
  hide(): void;
  /** With a text, that stands in the field for the visitor to send. */
  open(text?: string): void;
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

/** What may change while the panel stays: the look and the place, and what is only asked for at the start. */
const inPlace = "theme color side launcher zIndex offsetX offsetY open text consent";

/** The host's own code may fail without breaking us or the next in the line. */
function attempt(action: () => void): void {
  try {
    action();
  } catch (error) {
    reportError(error);
  }
}

export function createApi(first: Settings, page: Omit<Page, "emit" | "reset">): DeskbellApi {
  let settings = first;
  let widget: Widget | null = null;
  let { link } = page;
  let visible = true;

  const emit: Emit = (name, detail) => {
    dispatchEvent(new CustomEvent(`deskbell:${name}`, { detail }));
  };
  /** A fresh widget in the place of the last one. */
  const start = (open: boolean) => {
    widget?.remove();
    widget = createWidget({ ...settings, open }, { ...page, link, emit, reset });
    widget.setVisible(visible);
  };
  /** Whether to open without being told to; a page without consent stays quiet. */
  const wished = () => settings.consent !== false && Boolean(settings.open || link);

  const change = (more: Settings) => {
    const before = settings;
    settings = { ...before, ...more };
    const changed = (Object.keys(more) as (keyof Settings)[]).filter((name) => settings[name] !== before[name]);
    const [had, has] = [before.consent !== false, settings.consent !== false];
    if (had !== has) visible = has;
    if (widget) {
      if (had === has && changed.every((name) => inPlace.includes(name))) widget.paint(settings);
      else start(has && (widget.isOpen() || (!had && wished())));
    }
    if (had && !has) forget();
  };
  const setVisible = (value: boolean) => widget?.setVisible((visible = value));

  /** From here on nobody is known. */
  const reset = () => {
    link = null;
    widget?.close();
    delete settings.identity;
    if (widget) start(false);
  };

  const api: DeskbellApi = {
    boot(more) {
      if (widget) return api.update(more ?? {});
      settings = { ...settings, ...readSettings(more) };
      start(wished());
      emit("ready", undefined);
    },
    update: (more) => change(readSettings(more)),
    shutdown() {
      widget?.remove();
      widget = null;
      visible = true;
    },
    show: () => setVisible(true),
    hide: () => setVisible(false),
    open(text) {
      setVisible(true);
      // A button's listener may hand its event over.
      widget?.open(typeof text === "string" ? text : undefined);
    },
    close: () => widget?.close(),
    toggle: () => (widget?.isOpen() ? api.close() : api.open()),
    setUser: (identity) => api.update({ identity }),
    reset() {
      // First, so that whoever begins anew finds nothing.
      forget();
      reset();
    },
    send: (text) => widget?.send(text),
    on(name, listener) {
      // The window's own events: a listener that throws is reported there, and hurts no other.
      const hear = ({ detail }: CustomEventInit) => listener(detail);
      addEventListener(`deskbell:${name}`, hear);
      if (name === "ready" && widget) attempt(() => hear({}));
      return () => removeEventListener(`deskbell:${name}`, hear);
    },
    push(...calls) {
      for (const call of calls) {
        attempt(() => {
          const [method, ...args] = call;
          const known = Object.hasOwn(api, method);
          if (known) (api[method as keyof DeskbellApi] as (...given: unknown[]) => void)(...args);
          else console.warn(`Deskbell: there is no method "${method}".`);
        });
      }
    },
  };
  return api;
}
