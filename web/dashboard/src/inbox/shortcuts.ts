/** The keyboard of the desk: J and K walk, Enter opens (it is a link), E puts away, Escape closes. */

import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

interface Options {
  frame: RefObject<HTMLElement | null>;
  openId: string | null;
  singleKeys: boolean;
  close(): void;
  toggleArchived(chatId: string, archived: boolean): Promise<void>;
}

export function useShortcuts(options: Options): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => onKey(event, options);
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}

function onKey(event: KeyboardEvent, options: Options): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return;
  // An open menu takes Escape for itself.
  if (document.querySelector(":popover-open")) return;
  if (event.key === "Escape") return leave(options);
  if (!options.singleKeys || isTyping(event.target)) return;
  const frame = options.frame.current!;
  switch (letterOf(event)) {
    case "j":
      return walk(frame, options.openId, 1);
    case "k":
      return walk(frame, options.openId, -1);
    case "e":
      return putAway(frame, options);
  }
}

/** Closes the chat; the focus goes to its card, so that J and K go on from there. */
function leave({ frame, openId, close }: Options): void {
  if (!openId) return;
  close();
  // After the render: on a phone's width the list is not there before.
  requestAnimationFrame(() => linkOf(frame.current, openId)?.focus());
}

function walk(frame: HTMLElement, openId: string | null, step: 1 | -1): void {
  const links = linksIn(frame);
  const from = links.indexOf(document.activeElement as HTMLElement);
  const current = from >= 0 ? from : links.findIndex((link) => link === linkOf(frame, openId));
  // From nowhere, J begins at the first one and K as well.
  const next = current < 0 ? links[0] : links[current + step];
  next?.focus();
}

/** The card in focus, else the open chat; the focus stays where the card was. */
function putAway(frame: HTMLElement, { openId, toggleArchived }: Options): void {
  const links = linksIn(frame);
  const focused = links.indexOf(document.activeElement as HTMLElement);
  const card = (links[focused] ?? linkOf(frame, openId))?.closest<HTMLElement>("[data-chat-id]");
  if (!card) return;
  const neighbour = focused < 0 ? undefined : (links[focused + 1] ?? links[focused - 1]);
  void toggleArchived(card.dataset["chatId"]!, card.dataset["archived"] === "true").then(
    () => neighbour?.focus(),
    // It stays in the list, which says all: nothing was put away.
    () => undefined,
  );
}

function linksIn(frame: HTMLElement): HTMLElement[] {
  return [...frame.querySelectorAll<HTMLElement>("[data-chat-id] > a")];
}

function linkOf(frame: HTMLElement | null, chatId: string | null): HTMLElement | null {
  return frame?.querySelector<HTMLElement>(`[data-chat-id="${chatId}"] > a`) ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

/** The letter, or on a keyboard without Latin letters the key in its place. */
function letterOf({ key, code }: KeyboardEvent): string {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
}
