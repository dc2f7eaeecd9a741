/** Messages and states as tests need them. */

import type { ChatState, Message, Pending, SenderType } from "@deskbell/client";

export const message = (seq: number, sender_type: SenderType = "admin", created_at = "2026-11-22T10:00:00Z"): Message => ({
  id: `m${seq}`,
  seq,
  content: `text ${seq}`,
  sender_type,
  read_at: null,
  created_at,
});

export const pending = (id: string, state: Pending["state"] = "waiting"): Pending => ({
  id,
  content: `text ${id}`,
  state,
  created_at: "2026-11-22T10:01:00Z",
});

export const chatState = (change: Partial<ChatState> = {}): ChatState => ({
  id: "c",
  loaded: true,
  messages: [],
  hasMore: false,
  pending: [],
  connection: "live",
  lastSeq: 0,
  archived: false,
  readUpTo: 0,
  viewedUpTo: 0,
  replySeconds: null,
  contact: null,
  unread: 0,
  typing: false,
  presence: [],
  user: null,
  error: null,
  ...change,
});
