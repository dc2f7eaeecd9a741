/** The headless Deskbell client: what the widget and the dashboard are built on. */

import { Api, type Fetch } from "./api.ts";
import { Cable, type OpenSocket, type Socket } from "./cable.ts";
import { Chat } from "./chat.ts";
import { agentChat, ownChat } from "./endpoint.ts";
import { AdminDoor, type Door, Session, visitorDoor, type VisitorProof } from "./session.ts";
import { inMemory, type KeyValues } from "./storage.ts";
import { alwaysOnline, type Surroundings } from "./surroundings.ts";

export * from "./wire.ts";
export { Api, ApiError, call, type CallOptions, type Fetch } from "./api.ts";
export { backoff } from "./backoff.ts";
export { Cable, type CableState, type OpenSocket, type Socket } from "./cable.ts";
export { Chat } from "./chat.ts";
export { type ChatEvents, type ChatState, type Connection, initialState } from "./chat-state.ts";
export { Emitter, type Off } from "./emitter.ts";
export { agentChat, type ChatEndpoint, ownChat } from "./endpoint.ts";
export { clearOutboxes, type Pending, type PendingState } from "./outbox.ts";
export { AdminDoor, type Door, Session, visitorDoor, type VisitorProof } from "./session.ts";
export { inMemory, type KeyValues, persistent } from "./storage.ts";
export { type ChatStore, SharedChat, type Tabs } from "./shared-chat.ts";
export type { Position, Subscription, SubscriptionHandler } from "./subscription.ts";
export { alwaysOnline, type Surroundings } from "./surroundings.ts";
export { uuidv7 } from "./uuid.ts";

export interface ClientOptions {
  /** Absolute address of the mount point, with a slash at its end. */
  base: string;
  storage?: KeyValues;
  surroundings?: Surroundings;
  /** Names who is here, as far as it is known before the server says it: whose unsent texts are sent. */
  owner?: string;
  fetch?: Fetch;
  /** How a socket is opened; null where there is none, and polling does everything. */
  openSocket?: OpenSocket | null;
}

const webSocket: OpenSocket = (url, protocols) => new WebSocket(url, protocols) as Socket;

function connect(options: ClientOptions, door: Door) {
  const { base, owner, fetch, storage = inMemory(), surroundings = alwaysOnline } = options;
  const { openSocket = "WebSocket" in globalThis ? webSocket : null } = options;
  const session = new Session(door);
  const api = new Api({ base, session, fetch });
  const cable = new Cable({ base, session, surroundings, openSocket: openSocket ?? webSocket });
  return { base, owner, session, api, cable, storage, surroundings, sockets: openSocket !== null };
}

/** A visitor's side: one session, one chat. */
export function createVisitorClient(options: ClientOptions & { proof: VisitorProof }) {
  const line = connect(options, visitorDoor(options.base, options.proof, options.fetch));
  return { ...line, chat: new Chat({ ...line, endpoint: ownChat(line.api) }) };
}

/** An agent's side: one session and one cable for the list and for every chat that is opened. */
export function createAdminClient(options: ClientOptions) {
  const door = new AdminDoor(options.base, options.fetch);
  const line = connect(options, door.open);
  return {
    ...line,
    door,
    openChat: (id: string) => new Chat({ ...line, endpoint: agentChat(line.api, id) }),
  };
}

export type VisitorClient = ReturnType<typeof createVisitorClient>;
export type AdminClient = ReturnType<typeof createAdminClient>;
