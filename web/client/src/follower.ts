/** A tab without a socket: shows what the leader shows, and asks it for what is done here. */

import { ApiError } from "./api.ts";
import type { ChatEvents, ChatState } from "./chat-state.ts";
import { Emitter, type Off } from "./emitter.ts";
import type { VisitorClient } from "./index.ts";
import type { Pending } from "./outbox.ts";
import type { ChatStore } from "./shared-chat.ts";
import { type Answer, type Command, perform, type Question } from "./tab-posts.ts";
import type { Contact } from "./wire.ts";

/** The first question is repeated until a leader that is still loading has ears. */
export const ASK_MS = 300;
/** A leader that says nothing for so long while somebody looks is frozen, and loses its turn. */
export const SILENCE_MS = 3_000;
/** How often a tab that somebody looks at makes sure of its leader. */
export const CHECK_MS = 10_000;

export class Follower implements ChatStore {
  readonly #events = new Emitter<ChatEvents & { change: ChatState }>();
  #state: ChatState;
  #since = 0;
  /** Own texts that the leader has not shown yet. */
  #own: Pending[] = [];
  #answered: (() => void)[] = [];
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #asking: ReturnType<typeof setInterval>;
  #stops: Off[];
  /** This tab leads now, and its own chat is not loaded yet. */
  #bridging = false;

  constructor(
    private readonly client: VisitorClient,
    private readonly channel: BroadcastChannel,
    /** The leader does not answer. */
    private readonly takeOver: () => void,
  ) {
    const { chat, surroundings } = client;
    this.#state = { ...chat.getState(), connection: "connecting" };
    channel.onmessage = ({ data }) => this.#receive(data);
    this.#asking = setInterval(() => this.#tell({ hello: true }), ASK_MS);
    const checking = setInterval(() => this.#check(), CHECK_MS);
    this.#stops = [
      surroundings.onWake(() => this.#check()),
      () => clearInterval(this.#asking),
      () => clearInterval(checking),
      () => clearTimeout(this.#silence),
      () => channel.close(),
    ];
    this.#tell({ hello: true });
  }

  stop(): void {
    this.#stops.splice(0).forEach((stop) => stop());
    this.#answered.splice(0).forEach((go) => go());
  }

  /** Shows what the last leader told until this tab's own chat is loaded, so that nothing flickers. */
  bridge(done: () => void): void {
    this.stop();
    this.#bridging = true;
    const { chat } = this.client;
    const last = this.#state;
    const off = chat.subscribe((state) => {
      if (!state.loaded && last.loaded) {
        return this.#show({ ...last, connection: state.connection, pending: state.pending, typing: false });
      }
      if (!state.loaded) return;
      off();
      // What came between two leaders is news to whoever listens here, though nobody was told.
      const missed = last.loaded ? state.messages.filter(({ seq }) => seq > last.lastSeq) : [];
      this.#show(state);
      missed.forEach((message) => this.#events.emit("message", message));
      done();
    });
    this.#stops.push(off);
  }

  getState(): ChatState {
    return this.#state;
  }

  subscribe(listener: (state: ChatState) => void): Off {
    return this.#events.on("change", listener);
  }

  on<Name extends keyof ChatEvents>(name: Name, listener: (value: ChatEvents[Name]) => void): Off {
    return this.#events.on(name, listener as never);
  }

  /** In this tab's storage first, so that it outlives the leader and this tab. */
  send(text: string): void {
    if (this.#bridging) return void this.client.chat.send(text);
    const entry = this.client.chat.stash(text, this.#state.id);
    if (!entry) return;
    this.#own.push(entry);
    this.#show(this.#state);
    this.#ask({ entry });
  }

  retry(id: string): void {
    this.#ask({ do: "retry", id });
  }

  drop(id: string): void {
    this.#ask({ do: "drop", id });
  }

  markRead(): void {
    this.#ask({ do: "markRead" });
  }

  typing(): void {
    this.#ask({ do: "typing" });
  }

  async loadOlder(): Promise<void> {
    const answer = new Promise<void>((resolve) => this.#answered.push(resolve));
    this.#ask({ do: "loadOlder" });
    if (!this.#bridging) await answer;
  }

  takeContact(contact: Contact): void {
    this.#ask({ contact });
  }

  #ask(command: Command): void {
    if (this.#bridging) void perform(this.client.chat, command);
    else this.#tell(command);
  }

  #tell(question: Question): void {
    this.channel.postMessage(question);
    this.#silence ??= setTimeout(() => this.#nobodyAnswers(), SILENCE_MS);
  }

  #check(): void {
    if (this.client.surroundings.visible()) this.#tell({ hello: true });
  }

  #nobodyAnswers(): void {
    this.#silence = undefined;
    // A hidden tab's clock is no judge, and nobody waits there.
    if (this.client.surroundings.visible()) this.takeOver();
  }

  #receive(answer: Answer | Question): void {
    if (!("since" in answer) || answer.since < this.#since) return;
    this.#since = answer.since;
    clearTimeout(this.#silence);
    this.#silence = undefined;
    if ("message" in answer) return this.#events.emit("message", answer.message);
    if ("error" in answer) return this.#events.emit("error", new ApiError(answer.error, 0));
    clearInterval(this.#asking);
    this.#show(answer.state);
    this.#answered.splice(0).forEach((go) => go());
  }

  #show(state: ChatState): void {
    const known = new Set([...state.messages, ...state.pending].map(({ id }) => id));
    this.#own = this.#own.filter(({ id }) => !known.has(id));
    const before = this.#state;
    this.#state = this.#own.length ? { ...state, pending: [...state.pending, ...this.#own] } : state;
    this.#events.emit("change", this.#state);
    if (before.connection !== state.connection) this.#events.emit("connection", state.connection);
    if (before.unread !== state.unread) this.#events.emit("unread", state.unread);
  }
}
