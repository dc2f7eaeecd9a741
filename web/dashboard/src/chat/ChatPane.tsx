/** One open chat: header, conversation, composer, and what is known about the person. */

import { type AdminClient, type ApiError, type Chat, type ChatState } from "@deskbell/client";
import type { ChatList } from "@deskbell/client/admin";
import { useEffect, useState } from "preact/hooks";
import { Blank } from "../Blank.tsx";
import { useStore } from "../hooks.ts";
import type { Route } from "../router.ts";
import { ChatHeader } from "./ChatHeader.tsx";
import { Composer } from "./Composer.tsx";
import { Conversation } from "./Conversation.tsx";
import { Details } from "./Details.tsx";
import { useViewed } from "./viewed.ts";

interface Props {
  client: AdminClient;
  list: ChatList;
  chatId: string;
  back: Route;
  drafts: Map<string, string>;
}

export function ChatPane({ client, list, chatId, back, drafts }: Props) {
  const [chat] = useState(() => client.openChat(chatId));
  const state = useStore<ChatState>(chat);
  const [details, setDetails] = useState(false);

  useEffect(() => {
    chat.open();
    return () => chat.close();
  }, [chat]);
  useViewed(chat, state);

  // The live connection is the page's: before this chat has loaded nothing is uncertain yet.
  const live = state.connection === "live" || !state.loaded;
  const person = state.user;
  return (
    <>
      <main class="column conversation" data-live={live}>
        <ChatHeader
          state={state}
          back={back}
          move={(archive) => (archive ? list.archive(chatId) : list.restore(chatId))}
          details={details}
          toggleDetails={() => setDetails(!details)}
        />
        {state.loaded && person ? (
          <>
            <Conversation chat={chat} state={state} person={person} />
            <Composer
              person={person}
              archived={state.archived}
              draft={drafts.get(chatId) ?? ""}
              keepDraft={(text) => drafts.set(chatId, text)}
              send={(text) => chat.send(text)}
              typing={() => chat.typing()}
            />
          </>
        ) : (
          <NotLoaded chat={chat} error={state.error} />
        )}
      </main>
      {person && <Details user={person} open={details} close={() => setDetails(false)} />}
    </>
  );
}

function NotLoaded({ chat, error }: { chat: Chat; error: ApiError | null }) {
  if (!error) return <Blank title="loading" />;
  if (error.status === 404 || error.status === 422) return <Blank title="chatMissing" />;
  // Closing and opening is asking again; it also asks by itself every few seconds.
  const retry = () => {
    chat.close();
    chat.open();
  };
  return <Blank title="chatFailed" retry={retry} />;
}
