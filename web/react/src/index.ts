/**
 * A Deskbell chat in React.
 *
 * `useClient` opens a chat for as long as a component is there, `useChat` renders anew at each of its changes:
 *
 *     function Support() {
 *       const client = useClient(() => createVisitorClient({ base: "https://help.example/", proof }));
 *       const { messages, unread, connection } = useChat(client?.chat);
 *       return <button onClick={() => client?.chat.send("Hello!")}>{unread}</button>;
 *     }
 *
 * On the server and while hydrating there is no client, and `useChat` gives an idle chat without messages.
 * Where two components show one chat, call `useClient` above both; several `useChat` share it.
 * Somebody else signed in: give the component another `key`. A whole component: `example/Chat.tsx`.
 */

import { type Cable, type Chat, type ChatState, initialState } from "@deskbell/client";
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";

/** What `createVisitorClient` makes, as far as it matters here. */
export interface Client {
  readonly chat: Chat;
  readonly cable: Cable;
}

const idle = () => initialState;
const nothing = () => {};

/** What the chat holds now; without a chat, what one holds before it is opened. */
export function useChat(chat: Chat | null | undefined): ChatState {
  const subscribe = useCallback((changed: () => void) => chat?.subscribe(changed) ?? nothing, [chat]);
  return useSyncExternalStore(subscribe, chat ? () => chat.getState() : idle, idle);
}

/** Makes a client once the component is on the page, opens its chat, and closes both with the component. */
export function useClient<Made extends Client>(create: () => Made): Made | null {
  const [client, setClient] = useState<Made | null>(null);
  // StrictMode mounts twice: it is the same client that is opened again, or a visitor would be two.
  const made = useRef<Made>(null);
  useEffect(() => {
    const { chat, cable } = (made.current ??= create());
    chat.open();
    setClient(made.current);
    return () => {
      chat.close();
      cable.disconnect();
    };
  }, []);
  return client;
}
