/** Everything the server says, as types: REST bodies and cable messages. */

export type SenderType = "user" | "admin";

export interface Message {
  id: string;
  /** 1, 2, 3 … within the chat, dense: order, paging, resume and gaps all come from it. */
  seq: number;
  content: string;
  sender_type: SenderType;
  read_at: string | null;
  created_at: string;
}

export interface Person {
  id: string;
  email: string | null;
  name: string | null;
  role: SenderType;
}

/** What every way of signing in answers. */
export interface SessionAnswer {
  token: string;
  expires_at: string;
  /** Only for a visitor who is new. */
  visitor_key?: string | null;
  user: Person;
}

/** A chat as mark_read, view, archive and unarchive answer it. */
export interface ChatHead {
  id: string;
  archived: boolean;
  unread_count: number;
  last_seq: number;
  /** The agents have seen the chat up to this `seq`. */
  viewed_up_to?: number;
  /** Changes only when a backup was restored; what was held before is worth nothing then. */
  epoch: string;
}

/** What a user can say of themselves. */
export interface Contact {
  /** Proven, by the host's signature or by a mailed link. */
  email: string | null;
  /** Left by the visitor; nothing is sent there but the link that confirms it. */
  unconfirmed_email: string | null;
  name: string | null;
  /** Unread answers are mailed. */
  mails: boolean;
  /** False when the host says who this is: name and address are its own then. */
  editable: boolean;
}

export type ContactChange = Partial<Record<"email" | "name", string> & { mails: boolean }>;

export interface MessagePage {
  messages: Message[];
  has_more: boolean;
}

export interface ChatPage extends ChatHead, MessagePage {
  /** How long people wait for an answer these days: a median in seconds, or null for too few. */
  reply_seconds?: number | null;
  /** In one's own chat. */
  contact?: Contact;
}

export interface ChatUser extends Person {
  /** Left by the visitor, and nobody's before a mailed link was followed. */
  unconfirmed_email: string | null;
  /** The host says nothing of them: a name is what the visitor typed. */
  anonymous: boolean;
  locale: string | null;
  attributes: Record<string, unknown>;
  created_at: string;
  last_seen_at: string | null;
}

export interface AdminChatPage extends ChatPage {
  user_id: string;
  user_email: string | null;
  user: ChatUser;
}

/** One row of the agents' list. */
export interface ChatRow {
  id: string;
  user_id: string;
  user_email: string | null;
  user_name: string | null;
  last_message_at: string | null;
  last_message_preview: string | null;
  last_message_sender: SenderType | null;
  message_count: number;
  unread: boolean;
  archived: boolean;
}

export interface ChatCounts {
  active: number;
  archived: number;
  unread: number;
}

export interface ChatList {
  chats: ChatRow[];
  next_cursor: string | null;
  counts: ChatCounts;
}

/** What arrives on `ChatChannel`. */
export type ChatEvent =
  | { type: "new_message"; message: Message }
  | { type: "chat_state"; archived: boolean; read_up_to: number; viewed_up_to?: number; last_seq: number; epoch: string }
  | { type: "messages_read"; up_to: number; read_at: string }
  | { type: "chat_viewed"; up_to: number }
  | { type: "chat_archived" | "chat_unarchived"; chat_id: string }
  | { type: "typing"; sender_type: SenderType }
  | { type: "message_rejected"; id: string; code: string };

/** What arrives on `AdminNotificationChannel`. */
export type AdminEvent =
  | { type: "new_user_message"; chat_id: string; user_email: string | null; message: Message }
  | { type: "chat_changed"; chat: ChatRow };

export interface PresenceInfo {
  sender_type: SenderType;
  name: string | null;
}

export interface PresenceRecord {
  id: string;
  info: PresenceInfo;
}

export type PresenceEvent =
  | { type: "join"; id: string; info: PresenceInfo }
  | { type: "leave"; id: string; info?: PresenceInfo }
  | { type: "info"; total: number; records: PresenceRecord[] };
