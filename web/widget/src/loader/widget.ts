/** One widget on one page: launcher, open or closed, and the panel once somebody needs it. */

import type { Emit, Panel, PanelModule, Settings } from "../contract.ts";
import { chooseLanguage } from "../language.ts";
import { VISITOR_KEY, WROTE } from "../storage-keys.ts";
import { buildLauncher, systemTheme } from "./launcher.ts";

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

export interface Widget {
  isOpen(): boolean;
  /** Settings that change nothing but the look and the place: whatever is open stays as it is. */
  paint(settings: Settings): void;
  /** A text is put into the field, for the visitor to send. */
  open(text?: string | undefined): void;
  close(): void;
  setVisible(visible: boolean): void;
  send(text: string): void;
  remove(): void;
}

export function createWidget(settings: Settings, { base, importPanel, emit, reset, link }: Page): Widget {
  const language = chooseLanguage([settings.locale, document.documentElement.lang, ...navigator.languages]);
  const { shadow, frame, mount: place, button, ...launcher } = buildLauncher(language);
  let [isOpen, unread, unreadName, failures] = [false, 0, "", 0];
  let panel: Promise<Panel> | null = null;
  let removed = false;
  let prefill = settings.text;

  const show = () => launcher.show(settings, isOpen, unread, unreadName);
  const setOpen = (open: boolean) => {
    isOpen = open;
    show();
    emit(open ? "open" : "close", undefined);
  };
  const load = async (): Promise<Panel> => {
    try {
      const { mount } = await importPanel(failures);
      return await mount({
        base,
        link,
        shadow,
        mount: place,
        settings,
        language,
        emit,
        setUnread(count, name) {
          [unread, unreadName] = [count, name];
          show();
        },
        close,
        reset,
      });
    } catch (error) {
      panel = null;
      failures++;
      emit("error", { code: "panel_not_loaded" });
      throw error;
    }
  };
  /** What to do with the panel, once it is there; a failure has been told already. */
  const use = (action: (panel: Panel) => void, otherwise = () => {}) => {
    (panel ??= load()).then(action, otherwise);
  };
  const open = (text = prefill) => {
    // Once: what the visitor makes of it is theirs.
    prefill = "";
    if (!isOpen) setOpen(true);
    use(
      (panel) => {
        if (text) panel.write(text);
        panel.setOpen(isOpen);
      },
      () => setOpen(false),
    );
  };
  const close = () => {
    if (!isOpen || settings.layout === "page") return;
    const focusInside = shadow.activeElement;
    setOpen(false);
    use((panel) => panel.setOpen(isOpen));
    // When the page closes us while somebody types elsewhere, their focus is none of ours.
    if (focusInside) button.focus({ preventScroll: true });
  };

  show();
  systemTheme.addEventListener("change", show);
  button.addEventListener("click", () => (isOpen ? close() : open()));
  for (const hint of ["pointerenter", "focus"]) {
    button.addEventListener(hint, () => void importPanel(failures).catch(() => {}));
  }
  if (settings.open || settings.layout === "page") open();
  else if (isKnown(settings)) whenIdle(() => removed || use(() => {}));
  return {
    isOpen: () => isOpen,
    paint(changed) {
      if (changed.text !== settings.text) prefill = changed.text;
      settings = changed;
      show();
    },
    open,
    close,
    setVisible(visible) {
      if (!visible) close();
      frame.hidden = !visible;
    },
    send: (text) => use((panel) => panel.send(text)),
    remove() {
      removed = true;
      systemTheme.removeEventListener("change", show);
      launcher.remove();
      if (panel) use((panel) => panel.destroy());
      // A host's own badge must not go on counting for somebody who is gone.
      if (unread) emit("unread", 0);
    },
  };
}

/** A browser that never wrote is asked nothing and told nothing; without consent, nobody is. */
function isKnown({ identity, eager, consent }: Settings): boolean {
  if (consent === false) return false;
  try {
    return !!(identity || eager || localStorage.getItem(VISITOR_KEY) || localStorage.getItem(WROTE));
  } catch {
    return false;
  }
}

function whenIdle(action: () => unknown): void {
  if ("requestIdleCallback" in window) requestIdleCallback(action, { timeout: 3_000 });
  else setTimeout(action, 1_000);
}
