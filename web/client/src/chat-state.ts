/** What a chat looks like to whoever shows it. */

import type { ApiError } from "./api.ts";
import type { Pending } from "./outbox.ts";
import type { ChatUser, Message, PresenceRecord } from "./wire.ts";

/**
 * live is said only while the socket is alive and subscribed; polling works but is slower;
 * connecting: not yet clear; offline: the server cannot be reached.
 */
export type Connection = "idle" | "connecting" | "live" | "polling" | "offline" | "signed_out";

export interface ChatState {
  id: string | null;
  loaded: boolean;
  /** Ascending by `seq`, each once, without gaps. */
  messages: readonly Message[];
  /** Older ones can be loaded. */
  hasMore: boolean;
  /** Own texts that the server is not known to have, in the order they were written. */
  pending: readonly Pending[];
  connection: Connection;
  lastSeq: number;
  archived: boolean;
  /** The user has read the admins' messages up to this `seq`. */
  readUpTo: number;
  /** Messages of the other side that were not seen here. */
  unread: number;
  /** The other side is typing. */
  typing: boolean;
  presence: readonly PresenceRecord[];
  /** Whose chat it is; only agents are told. */
  user: ChatUser | null;
  error: ApiError | null;
}

export interface ChatEvents {
  /** A message that was not there before, of either side. */
  message: Message;
  unread: number;
  connection: Connection;
  error: ApiError;
}

export const initialState: ChatState = {
  id: null,
  loaded: false,
  messages: [],
  hasMore: false,
  pending: [],
  connection: "idle",
  lastSeq: 0,
  archived: false,
  readUpTo: 0,
  unread: 0,
  typing: false,
  presence: [],
  user: null,
  error: null,
};
