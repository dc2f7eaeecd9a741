/** Action Cable (extended) over one WebSocket that keeps itself alive: the connection's state machine. */

import { ApiError } from "./api.ts";
import { backoff, CAP_MS } from "./backoff.ts";
import { Emitter, type Off } from "./emitter.ts";
import type { Session } from "./session.ts";
import { type ServerFrame, Subscription, type SubscriptionHandler } from "./subscription.ts";
import type { Surroundings } from "./surroundings.ts";

/**
 * idle: not wanted · connecting: token, handshake, welcome · live: pings arrive ·
 * waiting: between two attempts · signed_out: the server will not have us, no attempt follows.
 */
export type CableState = "idle" | "connecting" | "live" | "waiting" | "signed_out";

/** The server pings every 3 s: two missed and a little grace. */
export const STALE_MS = 7_500;
const HANDSHAKE_MS = 10_000;
/** After a restart clients come back over as long a time as after this many failures. */
const RESTART_ATTEMPT = 2;
/** Attempts after which a restart has become an outage. */
const PATIENCE_AFTER_GOODBYE = 6;
const PROTOCOL = "actioncable-v1-ext-json";

/** The part of `WebSocket` that is used, so that a test or a shared socket can stand in. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onmessage: ((event: { data: string }) => void) | null;
  onclose: (() => void) | null;
}
export type OpenSocket = (url: string, protocols: string[]) => Socket;

export interface CableOptions {
  base: string;
  session: Session;
  surroundings: Surroundings;
  openSocket: OpenSocket;
  random?: () => number;
}

export class Cable {
  readonly #events = new Emitter<{ state: CableState }>();
  readonly #subscriptions = new Map<string, Subscription<never>>();
  #state: CableState = "idle";
  #socket: Socket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heardAt = 0;
  /** Failed attempts since pings last arrived: how far the back-off has come. */
  #failures = 0;
  /** Counts attempts, so that a slow token of an abandoned one opens nothing. */
  #attempt = 0;
  /** The server said that it goes and comes back. */
  #restarting = false;
  #token = "";
  #renewed = false;
  #offs: Off[] = [];

  constructor(private readonly options: CableOptions) {}

  get state(): CableState {
    return this.#state;
  }

  get failures(): number {
    return this.#failures;
  }

  /** From a server's goodbye until it is heard to live again, unless that takes long. */
  get restarting(): boolean {
    return this.#restarting && this.#failures < PATIENCE_AFTER_GOODBYE;
  }

  onState(listener: (state: CableState) => void): Off {
    return this.#events.on("state", listener);
  }

  connect(): void {
    if (this.#state !== "idle" && this.#state !== "signed_out") return;
    const { surroundings } = this.options;
    this.#offs.forEach((off) => off());
    this.#offs = [surroundings.onWake(() => this.tryNow()), surroundings.onSleep(() => this.#sleep())];
    void this.#open();
  }

  disconnect(): void {
    this.#offs.forEach((off) => off());
    this.#offs = [];
    this.#failures = 0;
    this.#restarting = false;
    this.#drop();
    this.#become("idle");
  }

  /** There is reason to hope: the next attempt is now, and a line that was silent is not trusted. */
  tryNow(): void {
    if (this.#state === "waiting") {
      clearTimeout(this.#timer);
      void this.#open();
    } else if (this.#state === "live" && Date.now() - this.#heardAt > STALE_MS) {
      this.#lost();
    }
  }

  /** One subscription per channel and parameters; a second one takes the place of the first. */
  subscribe<T>(params: Record<string, string>, handler: SubscriptionHandler<T>): Subscription<T> {
    const identifier = JSON.stringify(params);
    this.#subscriptions.get(identifier)?.unsubscribe();
    const subscription = new Subscription<T>(identifier, handler, {
      send: (command) => this.#send(command),
      remove: () => this.#subscriptions.delete(identifier),
    });
    this.#subscriptions.set(identifier, subscription as Subscription<never>);
    if (this.#state === "live") subscription.request();
    return subscription;
  }

  async #open(): Promise<void> {
    this.#become("connecting");
    const attempt = ++this.#attempt;
    const { base, session, openSocket } = this.options;
    try {
      const token = await session.token();
      if (attempt !== this.#attempt) return;
      this.#token = token;
      const url = new URL("cable", base.replace(/^http/, "ws")).href;
      this.#listen(openSocket(url, [PROTOCOL, `anycable-token.${token}`]));
    } catch (error) {
      if (attempt === this.#attempt) this.#refused(error);
    }
  }

  #refused(error: unknown): void {
    if (error instanceof ApiError && !error.transient) return this.#signOut();
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    this.#retry(asked);
  }

  #listen(socket: Socket): void {
    this.#socket = socket;
    this.#expectWithin(HANDSHAKE_MS);
    socket.onclose = () => socket === this.#socket && this.#lost();
    socket.onmessage = ({ data }) => {
      if (socket !== this.#socket) return;
      this.#expectWithin(STALE_MS);
      this.#receive(JSON.parse(data) as ServerFrame);
    };
  }

  /** Any frame is a sign of life; silence for longer than this means the line is dead. */
  #expectWithin(ms: number): void {
    this.#heardAt = Date.now();
    this.#later(ms, () => this.#lost());
  }

  #receive(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#renewed = false;
        this.#become("live");
        for (const subscription of this.#subscriptions.values()) subscription.request();
        return;
      case "ping":
        // Only now: a server that welcomes and falls over must not be hammered.
        this.#failures = 0;
        this.#restarting = false;
        return;
      case "disconnect":
        return this.#dismissed(frame.reason);
      default:
        this.#subscriptions.get(frame.identifier)?.receive(frame as never);
    }
  }

  #dismissed(reason: string): void {
    if (reason === "server_restart") {
      // Everybody on that server returns now: spread them wider than one failure would.
      this.#restarting = true;
      return this.#lost(backoff(RESTART_ATTEMPT, this.options.random));
    }
    // A token may be refused once, as when the server's secret changed; its fresh one may not.
    if (reason === "unauthorized" && this.#renewed) return this.#signOut();
    if (reason !== "unauthorized" && reason !== "token_expired") return this.#lost();
    this.#renewed = reason === "unauthorized";
    this.options.session.expire(this.#token);
    this.#lost();
  }

  #lost(atLeastMs = 0): void {
    this.#drop();
    this.#retry(atLeastMs);
  }

  #retry(atLeastMs = 0): void {
    const delay = Math.max(atLeastMs, backoff(this.#failures, this.options.random));
    this.#failures++;
    this.#become("waiting");
    this.#later(delay, () => void this.#open());
  }

  #signOut(): void {
    this.#drop();
    this.#become("signed_out");
  }

  /**
   * The server was away and answers again by other means: no need to sit out a long wait. Spread
   * all the same, as everybody hears of it now; a socket that fails again waits as long as before.
   */
  serverIsBack(): void {
    if (this.#state !== "waiting") return;
    this.#later(backoff(RESTART_ATTEMPT, this.options.random), () => void this.#open());
  }

  /** Waits for the next wake; the timer is for a browser that forgets to tell. */
  #sleep(): void {
    if (this.#state === "signed_out") return;
    this.#drop();
    this.#become("waiting");
    this.#later(CAP_MS, () => void this.#open());
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#attempt++;
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    for (const subscription of this.#subscriptions.values()) subscription.lose();
  }

  #send(command: object): boolean {
    if (this.#state !== "live" || !this.#socket) return false;
    this.#socket.send(JSON.stringify(command));
    return true;
  }

  #later(ms: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(action, ms);
  }

  #become(state: CableState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#events.emit("state", state);
  }
}
