/** On a phone the panel is the whole window: it follows the keyboard and keeps the focus inside. */

import { onPhone } from "./controller.ts";

/** Returns the way to stop. */
export function fillPhone(panel: HTMLElement): () => void {
  const stop = followKeyboard(panel);
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Tab" && onPhone()) keepFocusInside(event, panel);
  };
  panel.addEventListener("keydown", keys);
  return () => {
    stop();
    panel.removeEventListener("keydown", keys);
  };
}

/** iOS lays its keyboard over the page instead of making the page smaller. */
function followKeyboard(panel: HTMLElement): () => void {
  const viewport = window.visualViewport;
  const fit = () => {
    const covering = viewport && onPhone();
    panel.style.blockSize = covering ? `${viewport.height}px` : "";
    panel.style.translate = covering ? `0 ${viewport.offsetTop}px` : "";
  };
  fit();
  viewport?.addEventListener("resize", fit);
  viewport?.addEventListener("scroll", fit);
  return () => {
    viewport?.removeEventListener("resize", fit);
    viewport?.removeEventListener("scroll", fit);
  };
}

/** Tab goes round inside the panel instead of into the page that it hides. */
function keepFocusInside(event: KeyboardEvent, panel: HTMLElement): void {
  const stops = panel.querySelectorAll<HTMLElement>("button, textarea, a[href], [tabindex]");
  const usable = [...stops].filter((stop) => stop.offsetParent);
  const [from, to] = event.shiftKey ? [usable[0], usable.at(-1)] : [usable.at(-1), usable[0]];
  if ((panel.getRootNode() as ShadowRoot).activeElement !== from) return;
  event.preventDefault();
  to?.focus();
}
