/** The REST paths of one chat, as its user or as an agent sees them. */

import type { Api } from "./api.ts";
import type { ChatHead, ChatPage, Message, MessagePage, SenderType } from "./wire.ts";

export interface Slice {
  after?: number;
  before?: number;
  limit?: number;
}

export interface ChatEndpoint {
  readonly me: SenderType;
  load(): Promise<ChatPage>;
  messages(slice: Slice): Promise<MessagePage>;
  send(id: string, content: string): Promise<Message>;
  /** The chat without messages, where asking changes nothing. */
  head?(): Promise<ChatHead>;
  /** As the user: admin messages up to here are read. As an agent: the chat is viewed up to here. */
  markRead(upTo: number): Promise<unknown>;
}

/** The chat of whoever holds the session. */
export function ownChat(api: Api): ChatEndpoint {
  const path = "support_chat";
  return {
    me: "user",
    load: () => api.get(path),
    markRead: (upTo) => api.patch(`${path}/mark_read`, { up_to: upTo }),
    // Nothing up to 0 can be unread, so this only answers.
    head: () => api.patch(`${path}/mark_read`, { up_to: 0 }),
    ...messagesUnder(api, path),
  };
}

/** Somebody's chat, opened by an agent. */
export function agentChat(api: Api, chatId: string): ChatEndpoint {
  const path = `admin/chats/${encodeURIComponent(chatId)}`;
  return {
    me: "admin",
    load: () => api.get(path),
    markRead: (upTo) => api.post(`${path}/view`, { up_to: upTo }),
    ...messagesUnder(api, path),
  };
}

function messagesUnder(api: Api, path: string): Pick<ChatEndpoint, "messages" | "send"> {
  return {
    messages: (slice) => api.get(`${path}/messages?${query(slice)}`),
    send: async (id, content) =>
      (await api.post<{ message: Message }>(`${path}/messages`, { id, content })).message,
  };
}

function query(slice: Slice): string {
  return Object.entries(slice)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}
