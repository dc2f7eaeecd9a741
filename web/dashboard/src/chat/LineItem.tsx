/** One line of the log: a day's knot, the visitor's words on the thread, or an own tag. */

import type { Chat, Message, Pending } from "@deskbell/client";
import { clock, dateAndTime, dayLabel } from "../format.ts";
import { useWords } from "../hooks.ts";
import { nameOf, type Someone } from "../people.ts";
import { Avatar, Ticks } from "../shapes.tsx";
import type { Line } from "./lines.ts";
import { Markup } from "./Markup.tsx";

interface Props {
  line: Line;
  person: Someone;
  now: number;
  chat: Pick<Chat, "retry" | "drop">;
}

export function LineItem({ line, person, now, chat }: Props) {
  const words = useWords();
  switch (line.kind) {
    case "day":
      return (
        <li class="day" data-testid="day">
          {dayLabel(line.at, now, words.locale)}
        </li>
      );
    case "stored":
      return line.message.sender_type === "user" ? (
        <Theirs message={line.message} person={person} />
      ) : (
        <Ours message={line.message} seen={line.seen} />
      );
    case "pending":
      return <OnItsWay pending={line.pending} chat={chat} />;
  }
}

function Time({ at }: { at: string }) {
  const { locale } = useWords();
  return (
    <time dateTime={at} title={dateAndTime(at, locale)}>
      {clock(at, locale)}
    </time>
  );
}

function Theirs({ message, person }: { message: Message; person: Someone }) {
  const words = useWords();
  return (
    <li
      class="message from-user"
      data-testid="message"
      data-sender="user"
      data-seq={message.seq}
      data-state="stored"
    >
      <Avatar person={person} small />
      <div class="who">
        <bdi>{nameOf(person, words)}</bdi>
        <Time at={message.created_at} />
      </div>
      <p dir="auto">
        <Markup text={message.content} />
      </p>
    </li>
  );
}

function Ours({ message, seen }: { message: Message; seen: "now" | "before" | "not" }) {
  const words = useWords();
  return (
    <li
      class="message from-admin"
      data-testid="message"
      data-sender="admin"
      data-seq={message.seq}
      data-state="stored"
    >
      <p dir="auto">
        <Markup text={message.content} />
      </p>
      <span class="stamp">
        <span>
          {words.text("you")} · <Time at={message.created_at} />
        </span>
        <Ticks seen={seen !== "not"} />
        {seen === "now" && <span data-testid="seen">{words.text("seen")}</span>}
      </span>
    </li>
  );
}

function OnItsWay({ pending, chat }: { pending: Pending; chat: Props["chat"] }) {
  const words = useWords();
  return (
    <li
      class="message from-admin"
      data-testid="message"
      data-sender="admin"
      data-state={pending.state}
    >
      <p dir="auto">
        <Markup text={pending.content} />
      </p>
      {pending.state === "failed" ? (
        <span class="stamp failed">
          {words.text(pending.code === "invalid" ? "tooLong" : "failed")}
          <button
            type="button"
            class="link"
            data-testid="retry"
            onClick={() => chat.retry(pending.id)}
          >
            {words.text("sendAgain")}
          </button>
          <button
            type="button"
            class="link"
            data-testid="discard"
            onClick={() => chat.drop(pending.id)}
          >
            {words.text("discard")}
          </button>
        </span>
      ) : (
        <span class="stamp">
          <span>
            {words.text("you")} · <Time at={pending.created_at} />
          </span>
          {pending.state === "waiting" && words.text("sending")}
        </span>
      )}
    </li>
  );
}

export function Typing({ person }: { person: Someone }) {
  const words = useWords();
  return (
    <li class="typing" data-testid="typing">
      <u />
      <u />
      <u />
      {words.text("typing", { name: nameOf(person, words) })}
    </li>
  );
}
