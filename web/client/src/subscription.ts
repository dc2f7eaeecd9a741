/** One channel on the cable: asks for itself, resumes where it was, hands frames to its handler. */

import type { PresenceEvent } from "./wire.ts";

export type ServerFrame =
  | { type: "welcome" }
  | { type: "ping"; message: number }
  | { type: "disconnect"; reason: string; reconnect: boolean }
  | ChannelFrame;

export type ChannelFrame =
  | { type: "confirm_subscription" | "reject_subscription"; identifier: string }
  | { type: "confirm_history" | "reject_history"; identifier: string }
  | { type: "presence"; identifier: string; message: PresenceEvent }
  | { type?: undefined; identifier: string; message: unknown };

/** The last thing seen of a stream. */
export interface Position {
  stream: string;
  offset: number;
  epoch: string;
}

export interface SubscriptionHandler<T> {
  /** Where to go on; asked before every (re)subscription. */
  resume?(): Position | null;
  received(message: T): void;
  confirmed?(): void;
  rejected?(): void;
  /** The socket that carried it is gone; the cable will subscribe again by itself. */
  lost?(): void;
  /** The server cannot replay from the position: everything has to be loaded again. */
  historyRejected?(): void;
  presence?(event: PresenceEvent): void;
}

interface Line {
  send(command: object): boolean;
  remove(): void;
}

export class Subscription<T> {
  #confirmed = false;
  #ended = false;

  constructor(
    readonly identifier: string,
    private readonly handler: SubscriptionHandler<T>,
    private readonly line: Line,
  ) {}

  get confirmed(): boolean {
    return this.#confirmed;
  }

  request(): void {
    const position = this.handler.resume?.();
    const history = position && {
      streams: { [position.stream]: { offset: position.offset, epoch: position.epoch } },
    };
    this.#command("subscribe", history ? { history } : {});
  }

  /** False when it could not be sent, which is no promise that it arrives when true. */
  perform(action: string, data: object): boolean {
    if (!this.#confirmed) return false;
    return this.#command("message", { data: JSON.stringify({ action, ...data }) });
  }

  /** Tells the others "I am typing"; the server makes its own words of it. */
  whisper(): void {
    if (this.#confirmed) this.#command("whisper", { data: {} });
  }

  /** Enters the channel's presence and asks who else is there. */
  join(id: string): void {
    this.#command("join", { presence: { id, info: {} } });
    this.#command("presence", {});
  }

  unsubscribe(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#command("unsubscribe", {});
    this.line.remove();
  }

  lose(): void {
    if (!this.#confirmed) return;
    this.#confirmed = false;
    this.handler.lost?.();
  }

  receive(frame: ChannelFrame): void {
    switch (frame.type) {
      case "confirm_subscription":
        this.#confirmed = true;
        return this.handler.confirmed?.();
      case "reject_subscription":
        return this.handler.rejected?.();
      case "reject_history":
        return this.handler.historyRejected?.();
      case "confirm_history":
        return;
      case "presence":
        return this.handler.presence?.(frame.message);
      default:
        this.handler.received(frame.message as T);
    }
  }

  #command(command: string, rest: object): boolean {
    return this.line.send({ command, identifier: this.identifier, ...rest });
  }
}
