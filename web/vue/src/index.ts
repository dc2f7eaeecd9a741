/**
 * A Deskbell chat in Vue.
 *
 * `useClient` opens a chat for as long as a component is there, `useChat` follows each of its changes:
 *
 *     const client = useClient(() => createVisitorClient({ base: "https://help.example/", proof }));
 *     const chat = useChat(() => client.value?.chat);
 *     // in the template: {{ chat.unread }}, @click="client?.chat.send('Hello!')"
 *
 * On the server and while hydrating there is no client, and `useChat` gives an idle chat without messages.
 * Where two components show one chat, call `useClient` above both; several `useChat` share it.
 * Somebody else signed in: give the component another `key`. A whole component: `example/Chat.ts`.
 */

import { type Cable, type Chat, type ChatState, initialState } from "@deskbell/client";
import { type MaybeRefOrGetter, onMounted, onScopeDispose, type ShallowRef, shallowRef, toValue, watch } from "vue";

/** What `createVisitorClient` makes, as far as it matters here. */
export interface Client {
  readonly chat: Chat;
  readonly cable: Cable;
}

/** What the chat holds now; without a chat, what one holds before it is opened. */
export function useChat(chat: MaybeRefOrGetter<Chat | null | undefined>): Readonly<ShallowRef<ChatState>> {
  const state = shallowRef(initialState);
  const follow = (now: Chat | null | undefined, _before: unknown, onCleanup: (off: () => void) => void) => {
    state.value = now?.getState() ?? initialState;
    if (now) onCleanup(now.subscribe((next) => (state.value = next)));
  };
  watch(() => toValue(chat), follow, { immediate: true });
  return state;
}

/** Makes a client once the component is on the page, opens its chat, and closes both with the component. */
export function useClient<Made extends Client>(create: () => Made): Readonly<ShallowRef<Made | null>> {
  const client: ShallowRef<Made | null> = shallowRef(null);
  onMounted(() => {
    client.value = create();
    client.value.chat.open();
  });
  onScopeDispose(() => {
    client.value?.chat.close();
    client.value?.cable.disconnect();
  });
  return client;
}
