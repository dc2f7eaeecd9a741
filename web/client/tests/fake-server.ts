/** A Deskbell server of one chat in memory: REST by a fake fetch, cable by fake sockets. */

import { Api } from "../src/api.ts";
import { Cable, type Socket } from "../src/cable.ts";
import { Chat } from "../src/chat.ts";
import { ownChat } from "../src/endpoint.ts";
import { Session, visitorDoor } from "../src/session.ts";
import { inMemory, type KeyValues } from "../src/storage.ts";
import { uuidv7 } from "../src/uuid.ts";
import type { ChatEvent, Contact, Message, SenderType } from "../src/wire.ts";
import { Place } from "./place.ts";

export const BASE = "https://help.example/desk/";
export const CHAT_ID = "0198f000-0000-7000-8000-000000000001";
export const IDENTIFIER = JSON.stringify({ channel: "ChatChannel", chat_id: CHAT_ID });

interface Command {
  command: string;
  identifier: string;
  data?: string;
  history?: { streams: Record<string, { offset: number; epoch: string }> };
}

export class FakeSocket implements Socket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: Command[] = [];
  closed = false;

  constructor(
    readonly url: string,
    readonly protocols: string[],
    private readonly server: FakeServer,
  ) {}

  send(text: string): void {
    const command = JSON.parse(text) as Command;
    this.sent.push(command);
    this.server.hear(this, command);
  }

  close(): void {
    this.closed = true;
    this.server.sockets.delete(this);
  }

  say(frame: object): void {
    if (!this.closed) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The line breaks: the client learns of it at once. */
  cut(): void {
    this.close();
    this.onclose?.();
  }
}

export interface Call {
  method: string;
  path: string;
  body: Record<string, unknown> | undefined;
  token: string | null;
}

export class FakeServer {
  messages: Message[] = [];
  epoch = "epoch-1";
  archived = false;
  unread = 0;
  viewedUpTo = 0;
  replySeconds: number | null = null;
  contact: Contact = { email: null, unconfirmed_email: null, name: null, mails: true, editable: true };
  /** What the network does to the two ways in. */
  rest: "up" | "down" = "up";
  cable: "up" | "down" | "mute" = "up";
  /** Answers instead of the usual ones, by "METHOD path", used once each. */
  readonly refusals = new Map<string, { status: number; code: string; retryAfter?: number }>();
  /** Sent messages vanish: neither stored nor acknowledged. */
  swallow = false;
  reject: string | null = null;
  tokens = 0;
  lifeSeconds = 3600;
  /** Identities that have run out. What stands before a `#` names the person. */
  readonly expired = new Set<string>();
  readonly sockets = new Set<FakeSocket>();
  readonly opened: FakeSocket[] = [];
  readonly calls: Call[] = [];

  readonly openSocket = (url: string, protocols: string[]): FakeSocket => {
    const socket = new FakeSocket(url, protocols, this);
    this.opened.push(socket);
    this.sockets.add(socket);
    setTimeout(() => {
      if (this.cable === "down") socket.cut();
      else if (this.cable === "up") socket.say({ type: "welcome" });
    }, 1);
    return socket;
  };

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(String(input));
    const path = url.href.slice(BASE.length);
    const headers = new Headers(init.headers);
    const body = init.body ? JSON.parse(String(init.body)) : undefined;
    const token = headers.get("Authorization")?.replace("Bearer ", "") ?? null;
    const method = init.method ?? "GET";
    this.calls.push({ method, path, body, token });
    if (this.rest === "down") throw new TypeError("Failed to fetch");
    const name = `${method} ${url.pathname.slice(new URL(BASE).pathname.length)}`;
    const refusal = this.refusals.get(name);
    if (refusal) {
      this.refusals.delete(name);
      return answer(refusal.status, { error: { code: refusal.code, message: "", data: {} } }, refusal.retryAfter);
    }
    return this.route(name, url.searchParams, body);
  };

  ping(): void {
    for (const socket of this.sockets) socket.say({ type: "ping", message: 1 });
  }

  broadcast(message: ChatEvent): void {
    for (const socket of this.sockets) socket.say({ identifier: IDENTIFIER, message });
  }

  /** Stores a message and tells nobody. */
  store(content: string, sender: SenderType = "admin", id = uuidv7()): Message {
    const known = this.messages.find((message) => message.id === id);
    if (known) return known;
    const seq = this.messages.length + 1;
    const message = {
      id, seq, content, sender_type: sender, read_at: null, created_at: "2026-11-22T10:00:00Z",
    };
    this.messages.push(message);
    return message;
  }

  write(content: string, sender: SenderType = "admin"): Message {
    const message = this.store(content, sender);
    this.broadcast({ type: "new_message", message });
    return message;
  }

  hear(socket: FakeSocket, command: Command): void {
    if (this.cable === "mute") return;
    // Not before `send` has returned: no server is that fast.
    if (command.command === "subscribe") setTimeout(() => this.confirm(socket, command));
    if (command.command === "message") this.receive(JSON.parse(command.data!));
  }

  private confirm(socket: FakeSocket, command: Command): void {
    const { identifier } = command;
    socket.say({ type: "confirm_subscription", identifier });
    this.replay(socket, command);
    const state = { read_up_to: 0, ...this.head() };
    socket.say({ identifier, message: { type: "chat_state", ...state } });
  }

  private replay(socket: FakeSocket, { identifier, history }: Command): void {
    const position = Object.values(history?.streams ?? {})[0];
    if (!position) return;
    if (position.epoch !== this.epoch || position.offset > this.messages.length) {
      return socket.say({ type: "reject_history", identifier });
    }
    for (const message of this.messages.slice(position.offset)) {
      socket.say({ identifier, message: { type: "new_message", message } });
    }
    socket.say({ type: "confirm_history", identifier });
  }

  private receive({ id, content }: { id: string; content: string }): void {
    if (this.swallow) return;
    if (this.reject) return this.broadcast({ type: "message_rejected", id, code: this.reject });
    this.broadcast({ type: "new_message", message: this.store(content, "user", id) });
  }

  private route(name: string, query: URLSearchParams, body: Record<string, string>): Response {
    switch (name) {
      case "POST support_chat/session": {
        const { identity = "u1" } = body;
        if (this.expired.has(identity)) return answer(401, { error: { code: "unauthorized", message: "" } });
        return answer(200, {
          token: `token-${++this.tokens}`,
          expires_at: new Date(Date.now() + this.lifeSeconds * 1000).toISOString(),
          ...(Object.keys(body).length ? {} : { visitor_key: "key-1" }),
          user: { id: identity.split("#")[0], email: null, name: null, role: "user" },
        });
      }
      case "GET support_chat": {
        const newest = this.messages.slice(-50);
        return answer(200, {
          ...this.head(),
          messages: newest,
          has_more: newest.length < this.messages.length,
          reply_seconds: this.replySeconds,
          contact: this.contact,
        });
      }
      case "GET support_chat/messages":
        return answer(200, this.slice(query));
      case "POST support_chat/messages": {
        const message = this.store(body["content"]!, "user", body["id"]);
        this.broadcast({ type: "new_message", message });
        return answer(201, { message });
      }
      case "PATCH support_chat/mark_read":
        if (Number(body["up_to"]) >= this.messages.length) this.unread = 0;
        return answer(200, this.head());
      case "PATCH support_chat/contact":
        this.contact = { ...this.contact, unconfirmed_email: body["email"] ?? null };
        return answer(200, { contact: this.contact });
      default:
        throw new Error(`The fake server knows no ${name}.`);
    }
  }

  private head() {
    const { archived, unread, epoch, viewedUpTo } = this;
    const last_seq = this.messages.length;
    return { id: CHAT_ID, archived, unread_count: unread, viewed_up_to: viewedUpTo, last_seq, epoch };
  }

  private slice(query: URLSearchParams) {
    const before = Number(query.get("before") ?? Infinity);
    const after = Number(query.get("after") ?? 0);
    const fitting = this.messages.filter(({ seq }) => seq > after && seq < before);
    const messages = query.has("after") ? fitting.slice(0, 50) : fitting.slice(-50);
    return { messages, has_more: messages.length < fitting.length };
  }
}

function answer(status: number, body: object, retryAfter?: number): Response {
  const headers = retryAfter ? { "Retry-After": String(retryAfter) } : undefined;
  return new Response(JSON.stringify(body), { status, ...(headers && { headers }) });
}

/** A visitor's page against the fake server. */
export function visit(server: FakeServer, { storage = inMemory() as KeyValues, sockets = true } = {}) {
  const place = new Place();
  let key: string | null = null;
  const visitorKey = { get: () => key, set: (value: string | null) => void (key = value) };
  const session = new Session(visitorDoor(BASE, { visitorKey }, server.fetch));
  const api = new Api({ base: BASE, session, fetch: server.fetch });
  const random = () => 0.5;
  const { openSocket } = server;
  const cable = new Cable({ base: BASE, session, surroundings: place, openSocket, random });
  const chat = new Chat({ endpoint: ownChat(api), cable, storage, surroundings: place, sockets, random });
  return { place, session, api, cable, chat, storage };
}
