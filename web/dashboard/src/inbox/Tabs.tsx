/** Active and Archived with their counts, as a tab list that arrow keys walk through. */

import type { ChatCounts } from "@deskbell/client";
import type { ShelfName } from "@deskbell/client/admin";
import { useRef } from "preact/hooks";
import { useWords } from "../hooks.ts";

const NAMES: ShelfName[] = ["active", "archived"];

interface Props {
  shown: ShelfName;
  counts: ChatCounts;
  panelId: string;
  choose(name: ShelfName): void;
}

export function Tabs({ shown, counts, panelId, choose }: Props) {
  const words = useWords();
  const tablist = useRef<HTMLDivElement>(null);
  const numbers = new Intl.NumberFormat(words.locale);

  function walk(event: KeyboardEvent) {
    // With two tabs, both arrows lead to the other one, whichever way the language runs.
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = shown === "active" ? "archived" : "active";
    choose(other);
    tablist.current!.querySelector<HTMLElement>(`#${panelId}-${other}`)!.focus();
  }

  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={words.text("supportChats")}
      ref={tablist}
      onKeyDown={walk}
    >
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${panelId}-${name}`}
          aria-controls={panelId}
          aria-selected={shown === name}
          tabIndex={shown === name ? 0 : -1}
          data-testid={`tab-${name}`}
          onClick={() => choose(name)}
        >
          {words.text(name)} <span class="number">{numbers.format(counts[name])}</span>
        </button>
      ))}
    </div>
  );
}
