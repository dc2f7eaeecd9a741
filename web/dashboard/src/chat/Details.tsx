/** What is known about the person. */

import type { ChatUser } from "@deskbell/client";
import { Fragment } from "preact";
import { useEffect } from "preact/hooks";
import { ago, dateAndTime, languageName } from "../format.ts";
import { useNow, useWords } from "../hooks.ts";
import { nameOf } from "../people.ts";
import { Avatar, CloseIcon } from "../shapes.tsx";
import type { TextKey } from "../text.ts";

interface Props {
  user: ChatUser;
  /** Where there is no room beside the conversation it lies above it, when asked for. */
  open: boolean;
  close(): void;
}

export function Details({ user, open, close }: Props) {
  const words = useWords();
  const name = nameOf(user, words);
  const attributes = Object.entries(user.attributes);
  useClosing(open, close);
  return (
    <aside
      class={open ? "details open" : "details"}
      aria-label={words.text("aboutUser", { name })}
      data-testid="user-info"
    >
      <header>
        <Avatar person={user} />
        <h2>
          <bdi>{name}</bdi>
        </h2>
        <button type="button" class="icon-button" aria-label={words.text("close")} onClick={close}>
          <CloseIcon />
        </button>
      </header>
      <Facts user={user} />
      {attributes.length > 0 && (
        <>
          <h3>{words.text("attributes")}</h3>
          <dl>
            {attributes.map(([key, value]) => (
              <Fragment key={key}>
                <dt>
                  <bdi>{key}</bdi>
                </dt>
                <dd dir="auto">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </Fragment>
            ))}
          </dl>
        </>
      )}
    </aside>
  );
}

function Facts({ user }: { user: ChatUser }) {
  const words = useWords();
  const now = useNow();
  const { email, unconfirmed_email, name, anonymous, id, locale, created_at, last_seen_at } = user;
  return (
    <dl>
      <Fact label="email" value={email} />
      {unconfirmed_email && <Fact label="unconfirmedEmail" value={unconfirmed_email} />}
      <Fact label={anonymous && name ? "claimedName" : "name"} value={name} />
      <Fact label="locale" value={locale && languageName(locale, words.locale)} />
      <Fact label="firstSeen" value={dateAndTime(created_at, words.locale)} />
      <Fact label="lastSeen" value={last_seen_at && ago(last_seen_at, now, words.locale)} />
      <dt>{words.text("userId")}</dt>
      <dd class="number" dir="ltr">
        {id}
      </dd>
    </dl>
  );
}

function Fact({ label, value }: { label: TextKey; value: string | null }) {
  const words = useWords();
  return (
    <>
      <dt>{words.text(label)}</dt>
      <dd class={value ? undefined : "unknown"}>
        <bdi>{value ?? words.text("unknown")}</bdi>
      </dd>
    </>
  );
}

/** Escape closes the panel before it closes the chat behind it. */
function useClosing(open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
    };
    document.addEventListener("keydown", press, { capture: true });
    return () => document.removeEventListener("keydown", press, { capture: true });
  }, [open, close]);
}
