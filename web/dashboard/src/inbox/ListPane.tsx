/** The list of chats: tabs, cards newest first, more of them while one scrolls. */

import type { ChatList, ChatListState, ShelfName } from "@deskbell/client/admin";
import { useEffect, useRef } from "preact/hooks";
import { Blank } from "../Blank.tsx";
import { useNow, useWords } from "../hooks.ts";
import { go } from "../router.ts";
import { Card, GhostCard } from "./Card.tsx";
import { ConnectionBanner } from "./ConnectionBanner.tsx";
import { Keys } from "./Keys.tsx";
import { Tabs } from "./Tabs.tsx";

/** More is fetched when fewer pixels than this are left below. */
const AHEAD_PX = 600;
const PANEL_ID = "chats";

interface Props {
  list: ChatList;
  state: ChatListState;
  openId: string | null;
  /** Whether the list is where one is, or only beside an open chat. */
  inList: boolean;
}

export function ListPane({ list, state, openId, inList }: Props) {
  const words = useWords();
  const { shown, shelves, connection } = state;

  /** Beside an open chat a tab changes only the list: the chat stays open. */
  function choose(name: ShelfName) {
    if (inList) go({ place: "list", archived: name === "archived" });
    else list.show(name);
  }

  return (
    <section class="column list-pane" aria-label={words.text("chats")}>
      <h1 class="hidden-text">{words.text("supportChats")}</h1>
      <Tabs shown={shown} counts={shelves.counts} panelId={PANEL_ID} choose={choose} />
      <ConnectionBanner connection={connection} />
      <Shelf list={list} state={state} openId={openId} />
      <Keys
        keys={[
          [["J", "K"], "keyMove"],
          [["E"], shown === "archived" ? "keyRestore" : "keyArchive"],
          [["Esc"], "keyClose"],
        ]}
      />
    </section>
  );
}

function Shelf({ list, state, openId }: Omit<Props, "inList">) {
  const words = useWords();
  const now = useNow();
  const scroll = useRef<HTMLDivElement>(null);
  const { shown, shelves, loaded, loadingMore, error } = state;
  const { rows, cursor } = shelves[shown];

  function reachFurther() {
    const { scrollHeight, scrollTop, clientHeight } = scroll.current!;
    if (cursor !== null && scrollHeight - scrollTop - clientHeight < AHEAD_PX) void list.loadMore();
  }
  // After every change: a page may be shorter than the pane.
  useEffect(() => {
    if (!error) reachFurther();
  }, [rows, cursor, error]);

  return (
    <div
      class="list-scroll"
      id={PANEL_ID}
      data-testid="chat-list"
      role="tabpanel"
      aria-labelledby={`${PANEL_ID}-${shown}`}
      aria-busy={!loaded && !error}
      ref={scroll}
      onScroll={reachFurther}
    >
      {rows.length > 0 && (
        <ul>
          {rows.map((row) => (
            <Card key={row.id} row={row} now={now} open={row.id === openId} />
          ))}
        </ul>
      )}
      {rows.length === 0 && <Nothing list={list} state={state} />}
      {loadingMore && (
        <p class="list-end" role="status">
          {words.text("loadingMore")}
        </p>
      )}
    </div>
  );
}

function Nothing({ list, state: { shown, loaded, error } }: Pick<Props, "list" | "state">) {
  if (!loaded && error) return <Blank title="listFailed" retry={() => void list.reload()} />;
  if (!loaded) return <GhostCards />;
  return shown === "archived" ? (
    <Blank title="noArchived" lead="noArchivedLead" testId="empty" />
  ) : (
    <Blank title="noActive" lead="noActiveLead" testId="empty" />
  );
}

function GhostCards() {
  const words = useWords();
  return (
    <div role="status">
      <span class="hidden-text">{words.text("loading")}</span>
      {[0, 1, 2, 3].map((index) => (
        <GhostCard key={index} />
      ))}
    </div>
  );
}
