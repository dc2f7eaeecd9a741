/** The button in the corner and the shadow root around everything; built by hand, node by node. */

import type { Settings } from "../contract.ts";
import { directionOf, type Language } from "../language.ts";
import css from "./launcher.css?inline";
import { launcherName } from "./texts.ts";

export interface Launcher {
  readonly shadow: ShadowRoot;
  readonly mount: HTMLElement;
  readonly button: HTMLButtonElement;
  setOpen(open: boolean): void;
  /** `name` says the count to those who do not see it. */
  setUnread(count: number, name: string): void;
  setVisible(visible: boolean): void;
  remove(): void;
}

export function buildLauncher(settings: Settings, language: Language): Launcher {
  const host = document.createElement("div");
  host.id = "deskbell";
  const shadow = host.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet(css)];
  const frame = element("div", "dk");
  frame.lang = language;
  frame.dir = directionOf(language);
  if (settings.side) frame.classList.add(settings.side);
  if (settings.layout === "page") frame.classList.add("page");
  paint(frame, settings);
  const stopTheme = followTheme(frame, settings.theme ?? "auto");

  const button = element("button", "launch");
  button.type = "button";
  button.dataset["testid"] = "launcher";
  button.hidden = settings.launcher === false;
  const badge = element("span", "badge");
  badge.dataset["testid"] = "badge";
  badge.ariaHidden = "true";
  button.append(icon(), badge);
  const mount = element("div", "");
  frame.append(mount, button);
  shadow.append(frame);
  // Keys typed in here are none of the page's shortcuts.
  for (const type of ["keydown", "keypress", "keyup"]) {
    host.addEventListener(type, (event) => event.stopPropagation());
  }
  // Beside <body>, so that frameworks which swap the body leave it in place.
  document.documentElement.append(host);

  const ownName = launcherName(language);
  let [open, unread, unreadName] = [false, 0, ""];
  const show = () => {
    frame.classList.toggle("open", open);
    badge.hidden = open || unread === 0;
    badge.textContent = unread > 9 ? "9+" : String(unread);
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", unread && !open ? unreadName : ownName);
  };
  show();
  return {
    shadow,
    mount,
    button,
    setOpen: (value) => ((open = value), show()),
    setUnread: (count, name) => (([unread, unreadName] = [count, name]), show()),
    setVisible: (visible) => (frame.hidden = !visible),
    remove() {
      stopTheme();
      host.remove();
    },
  };
}

function element<Tag extends "div" | "span" | "button">(tag: Tag, name: string) {
  const node = document.createElement(tag);
  node.className = name;
  return node as HTMLElementTagNameMap[Tag];
}

/** Constructed sheets need no `style-src`, unlike style elements and attributes. */
function sheet(rules: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(rules);
  return made;
}

/** The style keeps the site's colour readable on light and dark ground. */
function paint(frame: HTMLElement, { color, zIndex }: Settings): void {
  if (zIndex !== undefined) frame.style.zIndex = String(zIndex);
  if (!color) return;
  if (!CSS.supports("color", color)) return console.warn(`Deskbell: "${color}" is not a colour.`);
  frame.style.setProperty("--tint", color);
  frame.classList.add("tinted");
}

function followTheme(frame: HTMLElement, theme: NonNullable<Settings["theme"]>): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    frame.classList.toggle("dark", theme === "dark" || (theme === "auto" && system.matches));
  };
  apply();
  system.addEventListener("change", apply);
  return () => system.removeEventListener("change", apply);
}

/** The bubble with its two lines, and the cross that takes its place while the panel is open. */
const SHAPES = [
  ["bubble", "M6 5.5h18v14.5H14.5L9 24.5V20H6z"],
  ["bubble mark", "M10.5 11h9M10.5 15h5.5"],
  ["cross", "M8.5 8.5l13 13M21.5 8.5l-13 13"],
] as const;

function icon(): SVGElement {
  const draw = (tag: string, attributes: Record<string, string>) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const name in attributes) node.setAttribute(name, attributes[name]!);
    return node as SVGElement;
  };
  const svg = draw("svg", { viewBox: "0 0 30 30", width: "30", height: "30", "aria-hidden": "true" });
  svg.append(...SHAPES.map(([name, d]) => draw("path", { class: name, d })));
  return svg;
}
