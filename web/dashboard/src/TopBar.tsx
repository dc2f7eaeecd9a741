/** The bar of words above everything: where one is, what waits, and whether the line is alive. */

import type { Connection, Person } from "@deskbell/client";
import { AccountMenu, MENU_ID } from "./account/AccountMenu.tsx";
import { useWords } from "./hooks.ts";
import { nameOf } from "./people.ts";
import type { Preferences } from "./preferences.ts";
import { hrefOf } from "./router.ts";
import { Avatar, Mark } from "./shapes.tsx";
import type { TextKey } from "./text.ts";

const CONNECTION: Record<Connection, TextKey> = {
  idle: "connectionConnecting",
  connecting: "connectionConnecting",
  restarting: "connectionConnecting",
  live: "connectionLive",
  polling: "connectionPolling",
  offline: "connectionOffline",
  signed_out: "connectionOffline",
};

interface Props {
  user: Person;
  unread: number;
  connection: Connection;
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
  signOut(): void;
}

export function TopBar({ user, unread, connection, ...menu }: Props) {
  const words = useWords();
  return (
    <header class="top">
      <div class="brand">
        <Mark />
        <span>Deskbell</span>
      </div>
      <nav aria-label={words.text("mainNavigation")}>
        <a href={hrefOf({ place: "list", archived: false })} aria-current="page">
          {words.text("supportChats")}
          {unread > 0 && (
            <span class="count" data-testid="unread-count">
              <span aria-hidden="true">{new Intl.NumberFormat(words.locale).format(unread)}</span>
              <span class="hidden-text">{words.plural("unreadChats", unread)}</span>
            </span>
          )}
        </a>
      </nav>
      <button type="button" class="me" popovertarget={MENU_ID} data-testid="account">
        <Avatar person={user} small />
        <span>
          <bdi>{nameOf(user, words)}</bdi>
          <span class="connection" data-testid="connection" data-state={connection}>
            {words.text(CONNECTION[connection])}
          </span>
        </span>
      </button>
      <AccountMenu user={user} {...menu} />
    </header>
  );
}
