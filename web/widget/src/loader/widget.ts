/** One widget on one page: launcher, open or closed, and the panel once somebody needs it. */

import type { Emit, Panel, PanelModule, Settings } from "../contract.ts";
import { chooseLanguage } from "../language.ts";
import { VISITOR_KEY, WROTE } from "../storage-keys.ts";
import { buildLauncher, type Launcher } from "./launcher.ts";

export interface Page {
  base: string;
  /** Fetches the panel; the number counts failures, as browsers remember a failed address. */
  importPanel(failures: number): Promise<PanelModule>;
  emit: Emit;
  /** Nobody is signed in any more. */
  reset(): void;
  /** Token of a mail's link. */
  link: string | null;
}

export class Widget {
  readonly #launcher: Launcher;
  readonly #language;
  #panel: Promise<Panel> | null = null;
  #failures = 0;
  #open = false;
  #removed = false;

  constructor(
    readonly settings: Settings,
    private readonly page: Page,
  ) {
    const { locale } = settings;
    this.#language = chooseLanguage([locale, document.documentElement.lang], navigator.languages);
    this.#launcher = buildLauncher(settings, this.#language);
    const { button } = this.#launcher;
    button.addEventListener("click", () => this.toggle());
    for (const hint of ["pointerenter", "focus"]) {
      button.addEventListener(hint, () => void this.page.importPanel(this.#failures).catch(() => {}));
    }
    if (settings.open || settings.layout === "page" || page.link) this.open();
    else if (this.#known()) whenIdle(() => void this.#need().catch(() => {}));
  }

  get isOpen(): boolean {
    return this.#open;
  }

  open(): void {
    if (this.#open || this.#removed) return;
    this.#setOpen(true);
    this.#need().then(
      (panel) => panel.setOpen(this.#open),
      () => this.#setOpen(false),
    );
  }

  close(): void {
    if (!this.#open || this.settings.layout === "page") return;
    const { shadow, button } = this.#launcher;
    const focusInside = shadow.activeElement !== null;
    this.#setOpen(false);
    void this.#panel?.then((panel) => panel.setOpen(this.#open));
    // When the page closes us while somebody types elsewhere, their focus is none of ours.
    if (focusInside) button.focus({ preventScroll: true });
  }

  toggle(): void {
    if (this.#open) this.close();
    else this.open();
  }

  setVisible(visible: boolean): void {
    if (!visible) this.close();
    this.#launcher.setVisible(visible);
  }

  send(text: string): void {
    this.#need().then(
      (panel) => panel.send(text),
      () => {},
    );
  }

  remove(): void {
    this.#removed = true;
    this.#launcher.remove();
    void this.#panel?.then((panel) => panel.destroy());
  }

  /** A browser that never wrote is asked nothing and told nothing. */
  #known(): boolean {
    if (this.settings.identity || this.settings.eager) return true;
    try {
      return localStorage.getItem(VISITOR_KEY) !== null || localStorage.getItem(WROTE) !== null;
    } catch {
      return false;
    }
  }

  #setOpen(open: boolean): void {
    this.#open = open;
    this.#launcher.setOpen(open);
    this.page.emit(open ? "open" : "close", undefined);
  }

  #need(): Promise<Panel> {
    this.#panel ??= this.#load();
    return this.#panel;
  }

  async #load(): Promise<Panel> {
    const { base, link, emit } = this.page;
    try {
      const { mount } = await this.page.importPanel(this.#failures);
      const { shadow, mount: place } = this.#launcher;
      const panel = await mount({
        base,
        link,
        shadow,
        mount: place,
        settings: this.settings,
        language: this.#language,
        emit,
        setUnread: (count, name) => this.#launcher.setUnread(count, name),
        close: () => this.close(),
        reset: this.page.reset,
      });
      // Taken off the page while it was loading.
      if (this.#removed) panel.destroy();
      return panel;
    } catch (error) {
      this.#panel = null;
      this.#failures++;
      emit("error", { code: "panel_not_loaded" });
      throw error;
    }
  }
}

function whenIdle(action: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(action, { timeout: 3_000 });
  else setTimeout(action, 1_000);
}
