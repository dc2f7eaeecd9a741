/** A tab without a socket: shows what the leader shows, and asks it for what is done here. */

import { ApiError } from "./api.ts";
import type { ChatEvents, ChatState } from "./chat-state.ts";
import { Emitter, type Off } from "./emitter.ts";
import type { VisitorClient } from "./index.ts";
import { OwnTexts } from "./own-texts.ts";
import type { ChatStore } from "./shared-chat.ts";
import { type Answer, type Command, perform, type Question } from "./tab-posts.ts";
import type { Contact } from "./wire.ts";

/** The first question is repeated until a leader that is still loading has ears. */
export const ASK_MS = 300;
/** A leader that says nothing for so long while somebody looks is frozen, and loses its turn. */
export const SILENCE_MS = 3_000;
/** Two windows side by side do not rob at the same moment. */
export const SPREAD_MS = 500;
/** How often a tab that somebody looks at makes sure of its leader. */
export const CHECK_MS = 10_000;

export class Follower implements ChatStore {
  readonly #events = new Emitter<ChatEvents & { change: ChatState }>();
  #state: ChatState;
  /** What the leader has told of it. */
  #told: ChatState;
  readonly #own: OwnTexts;
  #answered: (() => void)[] = [];
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #asking: ReturnType<typeof setInterval>;
  readonly #stops: Off[];
  #stopped = false;
  /** This tab leads now, and its own chat is not loaded yet. */
  #bridging = false;
  #triedToStandIn = false;
  /** Nobody looks at the leader, so it is slow to mend its connection. */
  #leaderIsHidden = false;
  /** Since when the leader leads; 0 before it was heard. */
  since = 0;
  /** Whose state is shown. */
  #shown = 0;

  constructor(
    private readonly client: VisitorClient,
    private readonly channel: BroadcastChannel,
    /** What is shown until the leader answers. */
    shown: ChatState,
    /** The leader is of no use. */
    private readonly takeOver: () => void,
  ) {
    const { chat, surroundings } = client;
    this.#own = new OwnTexts(chat);
    this.#state = this.#told = { ...shown, connection: "connecting" };
    channel.onmessage = ({ data }) => this.#receive(data);
    this.#asking = setInterval(() => this.#tell({ hello: true }), ASK_MS);
    const checking = setInterval(() => this.#check(), CHECK_MS);
    this.#stops = [
      surroundings.onWake(() => this.#check()),
      () => clearInterval(this.#asking),
      () => clearInterval(checking),
      () => clearTimeout(this.#silence),
      () => (channel.onmessage = null),
      () => channel.close(),
    ];
    this.#tell({ hello: true });
  }

  stop(): void {
    this.#stopped = true;
    this.#stops.splice(0).forEach((stop) => stop());
    this.#answered.splice(0).forEach((go) => go());
  }

  /** Goes on with what the last leader told until this tab's own chat is loaded, so that nothing flickers. */
  bridge(done: () => void): void {
    this.stop();
    this.#bridging = true;
    const { chat } = this.client;
    // The storage may be of this tab alone, and then the last leader's texts are known from here only.
    if (this.#state.id) chat.adopt(this.#state.id);
    for (const entry of this.#state.pending) chat.accept(entry);
    const off = chat.subscribe((state) => {
      this.#show(state);
      if (!state.loaded) return;
      off();
      // Not in the middle of the chat's own telling: what was told here would be told again.
      queueMicrotask(done);
    });
    this.#stops.push(off);
    this.#show(chat.getState());
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
    const entry = this.#own.write(text);
    if (!entry) return;
    this.#show(this.#told);
    this.#ask({ entry });
  }

  retry(id: string): void {
    this.#ask({ do: "retry", id });
  }

  drop(id: string): void {
    this.#own.settle(id);
    this.#ask({ do: "drop", id });
  }

  markRead(): void {
    this.#ask({ do: "markRead" });
  }

  typing(): void {
    this.#ask({ do: "typing" });
  }

  async loadOlder(): Promise<void> {
    if (this.#bridging) return;
    const answer = new Promise<void>((resolve) => this.#answered.push(resolve));
    this.#ask({ do: "loadOlder" });
    await answer;
  }

  takeContact(contact: Contact): void {
    this.#ask({ contact });
  }

  #ask(command: Command): void {
    if (this.#bridging) void perform(this.client.chat, command);
    else this.#tell(command);
  }

  #tell(question: Question): void {
    if (this.#stopped) return;
    this.channel.postMessage(question);
    this.#silence ??= setTimeout(() => this.#nobodyAnswers(), SILENCE_MS + Math.random() * SPREAD_MS);
  }

  #check(): void {
    if (!this.client.surroundings.visible()) return;
    if (this.#leaderIsHidden && this.#state.connection !== "live") this.takeOver();
    else this.#tell({ hello: true });
  }

  #nobodyAnswers(): void {
    this.#silence = undefined;
    // A hidden tab's clock is no judge, and nobody waits there.
    if (this.client.surroundings.visible()) this.takeOver();
  }

  #receive(answer: Answer | Question): void {
    if (!("since" in answer) || answer.since < this.since) return;
    clearTimeout(this.#silence);
    this.#silence = undefined;
    this.since = answer.since;
    this.#leaderIsHidden = !answer.visible;
    if (answer.error) this.#events.emit("error", new ApiError(answer.error, 0));
    if (answer.state) this.#learn(answer.state);
  }

  #learn(state: ChatState): void {
    clearInterval(this.#asking);
    const isNew = this.#shown !== this.since;
    this.#shown = this.since;
    if (isNew) this.#own.distrust();
    const found = this.#own.find(state.id);
    this.#show(state);
    // Whoever leads now may not have heard of them; a repetition is the same text.
    for (const entry of isNew ? this.#own.all() : found) this.#tell({ entry });
    if (state.connection === "signed_out" && !this.#triedToStandIn) this.#standIn();
    this.#answered.splice(0).forEach((go) => go());
  }

  /** The leader's proof has run out; this tab, which may be younger, takes its place if its own has not. */
  #standIn(): void {
    this.#triedToStandIn = true;
    this.client.session.token().then(
      () => this.#stopped || this.takeOver(),
      () => {},
    );
  }

  #show(told: ChatState): void {
    const before = this.#state;
    // A leader that is still loading has nothing to show yet: what the last one showed stays.
    const kept = before.loaded && !told.loaded;
    const { connection, pending } = told;
    const state = kept ? { ...before, connection, pending, typing: false } : told;
    // Without what is only ours: what this tab adds the leader has not shown.
    this.#told = state;
    this.#state = this.#own.among(state, told.loaded);
    this.#events.emit("change", this.#state);
    if (before.loaded) {
      const news = state.messages.filter(({ seq }) => seq > before.lastSeq);
      for (const message of news) this.#events.emit("message", message);
    }
    if (before.connection !== connection) this.#events.emit("connection", connection);
    if (before.unread !== state.unread) this.#events.emit("unread", state.unread);
  }
}
