/** One chat in the list: who, the last words, how many and how long ago. */

import type { ChatRow } from "@deskbell/client";
import { ago, dateAndTime } from "../format.ts";
import { useWords } from "../hooks.ts";
import { personOf, titleOf } from "../people.ts";
import { hrefOf } from "../router.ts";
import { Avatar } from "../shapes.tsx";

interface Props {
  row: ChatRow;
  now: number;
  open: boolean;
}

export function Card({ row, now, open }: Props) {
  const words = useWords();
  const person = personOf(row);
  return (
    <li
      class="card"
      data-testid="chat-card"
      data-chat-id={row.id}
      data-unread={row.unread}
      data-archived={row.archived}
    >
      <a href={hrefOf({ place: "chat", chatId: row.id })} aria-current={open ? "true" : undefined}>
        <Avatar person={person} />
        <strong class="one-line">
          <bdi>{titleOf(person, words)}</bdi>
        </strong>
        {row.unread && (
          <span class="mark" data-testid="unread-mark">
            <span class="hidden-text">{words.text("unread")}</span>
          </span>
        )}
        <p class="one-line">
          {row.last_message_sender === "admin" && <span>{words.text("previewByYou")}</span>}
          <bdi>{row.last_message_preview}</bdi>
        </p>
        <small>
          {words.plural("messageCount", row.message_count)}
          {row.last_message_at && (
            <>
              {" · "}
              <time
                dateTime={row.last_message_at}
                title={dateAndTime(row.last_message_at, words.locale)}
              >
                {ago(row.last_message_at, now, words.locale)}
              </time>
            </>
          )}
        </small>
      </a>
    </li>
  );
}

/** Holds the place of a card that is being loaded. */
export function GhostCard() {
  return (
    <div class="card ghost" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
