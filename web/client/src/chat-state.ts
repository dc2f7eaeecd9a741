/** What a chat looks like to whoever shows it. */

import type { ApiError } from "./api.ts";
import type { Pending } from "./outbox.ts";
import type { ChatUser, Contact, Message, PresenceRecord } from "./wire.ts";

/**
 * live is said only while the socket is alive and subscribed; polling works but is slower;
 * connecting: not yet clear; restarting: the server said that it goes and comes back;
 * offline: the server cannot be reached.
 */
export type Connection = "idle" | "connecting" | "restarting" | "live" | "polling" | "offline" | "signed_out";

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
  /** The agents have seen the chat up to this `seq`. */
  viewedUpTo: number;
  /** Median wait for an answer, in seconds; null when there are too few to tell. */
  replySeconds: number | null;
  /** What the user says of themselves; null for agents, and until it is loaded. */
  contact: Contact | null;
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
  viewedUpTo: 0,
  replySeconds: null,
  contact: null,
  unread: 0,
  typing: false,
  presence: [],
  user: null,
  error: null,
};
