/** The signed-in page: top bar, the list of chats and the chat that is open. */

import type { AdminClient, Person } from "@deskbell/client";
import { ChatList } from "@deskbell/client/admin";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Account } from "./account/account.ts";
import { ChatPane } from "./chat/ChatPane.tsx";
import { useStore, useWords } from "./hooks.ts";
import { Announcer } from "./inbox/Announcer.tsx";
import { ListPane } from "./inbox/ListPane.tsx";
import { NoChat } from "./inbox/NoChat.tsx";
import { useShortcuts } from "./inbox/shortcuts.ts";
import type { Preferences } from "./preferences.ts";
import { go, type Route } from "./router.ts";
import { TopBar } from "./TopBar.tsx";

interface Props {
  client: AdminClient;
  account: Account;
  user: Person;
  route: Exclude<Route, { place: "set-up" }>;
  preferences: Preferences;
  prefer(change: Partial<Preferences>): void;
}

export function Desk({ client, account, user, route, preferences, prefer }: Props) {
  const words = useWords();
  const [list] = useState(() => new ChatList(client));
  const [drafts] = useState(() => new Map<string, string>());
  const state = useStore(list);
  const frame = useRef<HTMLDivElement>(null);
  const openId = route.place === "chat" ? route.chatId : null;
  const { unread } = state.shelves.counts;

  useEffect(() => {
    list.open();
    return () => list.close();
  }, [list]);

  useEffect(() => {
    if (state.connection === "signed_out") account.expired();
  }, [state.connection, account]);

  useLayoutEffect(() => {
    if (route.place === "list") list.show(route.archived ? "archived" : "active");
  }, [route, list]);

  useLayoutEffect(() => {
    const title = words.text("supportChats");
    document.title =
      unread > 0 ? `(${new Intl.NumberFormat(words.locale).format(unread)}) ${title}` : title;
  }, [unread, words]);

  const archived = state.shown === "archived";
  useShortcuts({
    frame,
    openId,
    singleKeys: preferences.singleKeys,
    close: () => go({ place: "list", archived }),
    toggleArchived: (chatId, isArchived) =>
      isArchived ? list.restore(chatId) : list.archive(chatId),
  });

  return (
    <div class="desk">
      <TopBar
        user={user}
        unread={unread}
        connection={state.connection}
        preferences={preferences}
        prefer={prefer}
        signOut={() => void account.signOut()}
      />
      <div class={openId ? "panes with-chat" : "panes"} ref={frame}>
        <ListPane list={list} state={state} openId={openId} inList={route.place === "list"} />
        {openId ? (
          <ChatPane
            key={openId}
            client={client}
            list={list}
            chatId={openId}
            back={{ place: "list", archived }}
            drafts={drafts}
          />
        ) : (
          <NoChat />
        )}
      </div>
      <Announcer list={list} openId={openId} />
    </div>
  );
}
