/** The button in the corner and the shadow root around everything; built by hand, node by node. */

import type { Settings } from "../contract.ts";
import { directionOf, type Language } from "../language.ts";
import { attach } from "./attachment.ts";
import css from "./launcher.css?inline";
import { launcherName } from "./texts.ts";

export interface Launcher {
  readonly shadow: ShadowRoot;
  readonly frame: HTMLElement;
  readonly mount: HTMLElement;
  readonly button: HTMLButtonElement;
  /** `name` says the count to those who do not see it. */
  show(settings: Settings, open: boolean, unread: number, name: string): void;
  remove(): void;
}

const BUBBLE = "M6 5.5h18v14.5H14.5L9 24.5V20H6z";
const LINES = "M10.5 11h9M10.5 15h5.5";
const CROSS = "M8.5 8.5l13 13M21.5 8.5l-13 13";

export function buildLauncher(language: Language): Launcher {
  const [host, frame, mount] = [create("div"), create("div"), create("div")];
  const [button, badge] = [create("button", "launcher"), create("span", "badge")];
  const [icon, shape, mark] = [draw("svg"), draw("path"), draw("path")];
  icon.append(shape, mark);
  button.type = "button";
  button.append(icon, badge);
  frame.lang = language;
  frame.dir = directionOf(language);
  frame.append(mount, button);
  host.id = "deskbell";
  const shadow = host.attachShadow({ mode: "open" });
  // Constructed sheets need no `style-src`, unlike style elements and attributes.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(frame);
  // Keys typed in here are none of the page's shortcuts.
  for (const type of ["keydown", "keypress", "keyup"]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  return {
    shadow,
    frame,
    mount,
    button,
    remove: attach(host),
    show(settings, open, unread, name) {
      dress(frame, settings, open);
      button.hidden = settings.launcher === false || settings.layout === "page";
      shape.setAttribute("d", open ? CROSS : BUBBLE);
      mark.setAttribute("d", open ? "" : LINES);
      badge.hidden = open || !unread;
      badge.textContent = unread > 9 ? "9+" : `${unread}`;
      button.ariaExpanded = `${open}`;
      button.ariaLabel = unread && !open ? name : launcherName(language);
    },
  };
}

function create<Tag extends "div" | "span" | "button">(tag: Tag, name?: string): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  if (name) node.className = node.dataset["testid"] = name;
  return node;
}

function draw(tag: "svg" | "path"): SVGElement {
  return document.createElementNS("http://www.w3.org/2000/svg", tag);
}

export const systemTheme = matchMedia("(prefers-color-scheme: dark)");

function dress(frame: HTMLElement, settings: Settings, open: boolean): void {
  const { color = "", layout, offsetX = 20, offsetY = 20, side, theme, zIndex = 2_147_483_000 } = settings;
  const left = side ? side === "left" : frame.dir === "rtl";
  const dark = theme === "dark" || (theme !== "light" && systemTheme.matches);
  const states = [left ? "left" : "right", dark ? "dark" : "", open ? "open" : "", color ? "tinted" : "", layout];
  frame.className = ["dk", ...states].join(" ");
  // Set by a script it needs no `style-src` either.
  frame.style.cssText = `z-index:${zIndex};--tint:${color};--dx:${offsetX}px;--dy:${offsetY}px`;
}
