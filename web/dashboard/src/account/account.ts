/** Who is signed in, as a store: through the cookie on load, the form, or the set-up link. */

import {
  type AdminClient,
  ApiError,
  clearOutboxes,
  Emitter,
  type Off,
  type Person,
  type SessionAnswer,
} from "@deskbell/client";

export type AccountState =
  | { status: "loading" | "signed-out" | "unreachable" }
  | { status: "signed-in"; user: Person };

export interface Credentials {
  email: string;
  password: string;
}

/** Whose unsent replies this browser holds. */
const OWNER = "agent";

export class Account {
  readonly #events = new Emitter<{ change: AccountState }>();
  #state: AccountState = { status: "loading" };

  constructor(private readonly client: AdminClient) {}

  getState(): AccountState {
    return this.#state;
  }

  subscribe(listener: (state: AccountState) => void): Off {
    return this.#events.on("change", listener);
  }

  /** Comes in by the cookie, if it is still good. */
  async resume(): Promise<void> {
    this.#become({ status: "loading" });
    const { session } = this.client;
    try {
      await session.token();
      this.#enter(session.user!);
    } catch (error) {
      const refused = error instanceof ApiError && !error.transient;
      this.#become({ status: refused ? "signed-out" : "unreachable" });
    }
  }

  async signIn({ email, password }: Credentials): Promise<void> {
    this.#adopt(await this.client.door.signIn(email, password));
  }

  async setUp(body: Credentials & { token: string; name: string }): Promise<void> {
    this.#adopt(await this.client.door.setUp(body));
  }

  /** Leaves even when the server cannot be told: the agent walks away from this screen. */
  async signOut(): Promise<void> {
    const told = this.client.door.signOut().catch(() => undefined);
    clearOutboxes(this.client.storage);
    this.expired();
    await told;
  }

  /** The server no longer takes the session; unsent replies wait for the same agent. */
  expired(): void {
    this.client.cable.disconnect();
    this.client.session.forget();
    this.#become({ status: "signed-out" });
  }

  #adopt(answer: SessionAnswer): void {
    this.client.session.adopt(answer);
    this.#enter(answer.user);
  }

  #enter(user: Person): void {
    const { storage } = this.client;
    // Nobody may send what somebody else has written.
    if (storage.get(OWNER) !== user.id) clearOutboxes(storage);
    storage.set(OWNER, user.id);
    this.#become({ status: "signed-in", user });
  }

  #become(state: AccountState): void {
    this.#state = state;
    this.#events.emit("change", state);
  }
}
