/** The log: older messages above while one scrolls, the newest kept in sight below. */

import type { Chat, ChatState, ChatUser } from "@deskbell/client";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useNow, useWords } from "../hooks.ts";
import { titleOf } from "../people.ts";
import { DownIcon } from "../shapes.tsx";
import { LineItem, Typing } from "./LineItem.tsx";
import { linesOf } from "./lines.ts";

const AHEAD_PX = 400;
/** Nearer to the end than this is at the end. */
const END_PX = 48;

interface Props {
  chat: Chat;
  state: ChatState;
  person: ChatUser;
}

export function Conversation({ chat, state, person }: Props) {
  const words = useWords();
  const now = useNow(60_000);
  const older = useOlder(chat, state);
  const end = useEnd(state, older.log);
  useSteadyView(state, older.log);
  const name = titleOf(person, words);

  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        tabIndex={0}
        aria-label={words.text("conversationWith", { name })}
        // Old messages that are put in above are no news.
        aria-live={older.loading ? "off" : "polite"}
        data-testid="log"
        ref={older.log}
        onScroll={() => {
          older.reach();
          end.look();
        }}
      >
        <div class="log-inner">
          {state.messages.length + state.pending.length === 0 && (
            <p class="log-note">{words.text("noMessages")}</p>
          )}
          <ol>
            {linesOf(state).map((line) => (
              <LineItem key={line.key} line={line} person={person} now={now} chat={chat} />
            ))}
            {state.typing && <Typing person={person} />}
          </ol>
        </div>
      </div>
      {older.loading && <p class="older notice">{words.text("loadingOlder")}</p>}
      {end.missed > 0 && (
        <button type="button" class="button to-newest" onClick={end.toNewest}>
          {words.plural("newMessages", end.missed)}
          <DownIcon size={17} />
        </button>
      )}
    </div>
  );
}

/** The log's end is its scroll origin (`column-reverse`): it stays put while older ones come in above. */
function useOlder(chat: Chat, { hasMore, messages }: ChatState) {
  const log = useRef<HTMLDivElement>(null);
  const [loading, setLoading] = useState(false);

  function reach() {
    const { scrollHeight, clientHeight, scrollTop } = log.current!;
    const above = scrollHeight - clientHeight - Math.abs(scrollTop);
    if (!hasMore || loading || above > AHEAD_PX) return;
    setLoading(true);
    void chat.loadOlder().then(() => setLoading(false));
  }
  // After every page: it may be shorter than the window.
  useEffect(reach, [messages.length, hasMore]);
  return { log, loading, reach };
}

/** Counts what arrived while one was reading further up. */
function useEnd(
  { messages, pending, lastSeq }: ChatState,
  log: { current: HTMLDivElement | null },
) {
  const [seenSeq, setSeenSeq] = useState(lastSeq);
  const atEnd = () => Math.abs(log.current!.scrollTop) < END_PX;
  const toNewest = () => {
    log.current!.scrollTop = 0;
    setSeenSeq(lastSeq);
  };
  const look = () => {
    if (atEnd()) setSeenSeq(lastSeq);
  };
  useLayoutEffect(look, [lastSeq]);
  // What one sends oneself is always to be seen.
  useLayoutEffect(() => {
    if (pending.length > 0) toNewest();
  }, [pending.at(-1)?.id]);
  const missed = messages.filter((m) => m.seq > seenSeq && m.sender_type === "user").length;
  return { missed, look, toNewest };
}

/**
 * Keeps what is being read where it is while the log grows below it. Chromium's own anchoring
 * mistakes old messages put in above for this and runs away to the very first, so it is off.
 */
function useSteadyView({ messages }: ChatState, log: { current: HTMLDivElement | null }) {
  const before = useRef({ height: 0, first: 0 });
  useLayoutEffect(() => {
    const { scrollHeight: height, scrollTop } = log.current!;
    const first = messages[0]?.seq ?? 0;
    const reading = Math.abs(scrollTop) >= END_PX;
    if (reading && first === before.current.first)
      log.current!.scrollTop -= height - before.current.height;
    before.current = { height, first };
  });
}
