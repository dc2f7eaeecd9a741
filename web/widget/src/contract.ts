/** What the loader and the panel promise each other; types only, as they are built apart. */

import type { Connection, Message } from "@deskbell/client";
import type { Language } from "./language.ts";

export interface Settings {
  /** JWT signed by the host, or a function that fetches a fresh one whenever it is needed. */
  identity?: string | (() => Promise<string>);
  locale?: string;
  theme?: "light" | "dark" | "auto";
  /** Any CSS colour: the site's own, for thread, buttons and own words. */
  color?: string;
  /** Left unset, the widget stands where the language's lines end. */
  side?: "left" | "right";
  title?: string;
  /** Said where no message is yet. */
  greeting?: string;
  /** Open as soon as it is loaded. */
  open?: boolean;
  /** `page`: the panel fills the window, as on the hosted page; there is no launcher. */
  layout?: "corner" | "page";
  /** False: the host has its own button and calls `Deskbell.open()`. */
  launcher?: boolean;
  sound?: boolean;
  /** Connect without waiting for the visitor: for hosts that know who is signed in by a cookie. */
  eager?: boolean;
  zIndex?: number;
  /** Pixels between the launcher and the side of the window it stands at. */
  offsetX?: number;
  /** Pixels between the launcher and the bottom of the window. */
  offsetY?: number;
  /** What stands in the field when the panel opens for the first time. */
  text?: string;
  /** Count of unread answers in the page's title. */
  titleBadge?: boolean;
  /** False: nothing is kept in the browser, and nobody is known again, until `update({ consent: true })`. */
  consent?: boolean;
  /** False: the visitor is never asked for an e-mail address. */
  contact?: boolean;
}

export interface WidgetEvents {
  ready: undefined;
  open: undefined;
  close: undefined;
  message: Message;
  unread: number;
  connection: Connection;
  error: { code: string };
}

export type Emit = <Name extends keyof WidgetEvents>(name: Name, detail: WidgetEvents[Name]) => void;

/** What the panel gets from the loader. */
export interface PanelHost {
  /** Absolute address of the mount point, with a slash at its end. */
  readonly base: string;
  readonly settings: Settings;
  readonly language: Language;
  readonly shadow: ShadowRoot;
  /** The panel is rendered in here. */
  readonly mount: HTMLElement;
  /** Token of a mail's link, if the visitor came by one. */
  readonly link: string | null;
  readonly emit: Emit;
  /** For the badge, and the launcher's name while it shows. */
  setUnread(count: number, launcherName: string): void;
  close(): void;
  /** Nobody is signed in any more, as another tab has said: begin anew as somebody unknown. */
  reset(): void;
}

export interface Panel {
  setOpen(open: boolean): void;
  send(text: string): void;
  /** Puts a text into the field, for the visitor to send. */
  write(text: string): void;
  destroy(): void;
}

export interface PanelModule {
  mount(host: PanelHost): Promise<Panel>;
}
