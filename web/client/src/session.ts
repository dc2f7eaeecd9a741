/** Who one is: holds the short-lived token and renews it before it runs out. */

import { ApiError, call, type Fetch } from "./api.ts";
import type { Person, SessionAnswer } from "./wire.ts";

/** How a token is got; called again whenever the old one is used up. */
export type Door = () => Promise<SessionAnswer>;

/** A token with less life than this is not handed out: the call may take a while to arrive. */
const MARGIN_MS = 60_000;

export class Session {
  #answer: SessionAnswer | null = null;
  #goodUntil = 0;
  #renewal: Promise<SessionAnswer> | null = null;

  constructor(
    private readonly door: Door,
    private readonly now: () => number = Date.now,
  ) {}

  get user(): Person | null {
    return this.#answer?.user ?? null;
  }

  /** A token that is good for a while; calls at the same time share one renewal. */
  async token(): Promise<string> {
    if (this.#answer && this.now() < this.#goodUntil) return this.#answer.token;
    this.#renewal ??= this.#renew();
    return (await this.#renewal).token;
  }

  /** Takes a token that was got elsewhere, as by signing in. */
  adopt(answer: SessionAnswer): void {
    this.#answer = answer;
    const end = Date.parse(answer.expires_at);
    // Half the life of a very short token, so that a renewal never chases its own tail.
    this.#goodUntil = Math.max(end - MARGIN_MS, (this.now() + end) / 2);
  }

  /** The server refused this token; a newer one that came meanwhile stays. */
  expire(token: string | undefined = this.#answer?.token): void {
    if (token === this.#answer?.token) this.#goodUntil = 0;
  }

  forget(): void {
    this.#answer = null;
    this.#goodUntil = 0;
  }

  async #renew(): Promise<SessionAnswer> {
    try {
      const answer = await this.door();
      // Somebody else signed in meanwhile, in another tab: what is shown here is not theirs.
      if (this.#answer && this.#answer.user.id !== answer.user.id) {
        throw new ApiError("unauthorized", 401);
      }
      this.adopt(answer);
      return answer;
    } finally {
      this.#renewal = null;
    }
  }
}

/** What a visitor can show: the first of these that is there is used. */
export interface VisitorProof {
  /** JWT signed by the host, or a function that fetches a fresh one. */
  identity?: string | (() => Promise<string>) | undefined;
  /** The token of a mail's link. */
  link?: string | undefined;
  /** Key of an anonymous visitor. */
  visitorKey: { get(): string | null; set(key: string | null): void };
}

/** The door of `POST /support_chat/session`. */
export function visitorDoor(base: string, proof: VisitorProof, fetcher?: Fetch): Door {
  const enter = (body: object) =>
    call<SessionAnswer>(base, "support_chat/session", { method: "POST", body }, fetcher);

  return async () => {
    const { identity, link, visitorKey } = proof;
    if (identity) {
      return enter({ identity: typeof identity === "string" ? identity : await fetched(identity) });
    }
    if (link) return enter({ link });
    const answer = await enterAnonymously(enter, visitorKey);
    if (answer.visitor_key) visitorKey.set(answer.visitor_key);
    return answer;
  };
}

/** The host's own way to a fresh identity may fail like any call, and is worth another try. */
async function fetched(identity: () => Promise<string>): Promise<string> {
  try {
    return await identity();
  } catch (cause) {
    throw new ApiError("identity", 0, String(cause));
  }
}

async function enterAnonymously(
  enter: (body: object) => Promise<SessionAnswer>,
  visitorKey: VisitorProof["visitorKey"],
): Promise<SessionAnswer> {
  const known = visitorKey.get();
  if (!known) return enter({});
  try {
    return await enter({ visitor_key: known });
  } catch (error) {
    // The server no longer knows the key (its data is gone): begin again as somebody new.
    if (!(error instanceof ApiError && error.signedOut)) throw error;
    visitorKey.set(null);
    return enter({});
  }
}

/** The agents' door: the cookie fetches tokens, and these calls set and clear the cookie. */
export class AdminDoor {
  constructor(
    private readonly base: string,
    private readonly fetcher?: Fetch,
  ) {}

  readonly open: Door = () => call(this.base, "admin/session", {}, this.fetcher);

  signIn(email: string, password: string): Promise<SessionAnswer> {
    return this.#post("admin/session", { email, password });
  }

  /** Makes the first agent with the single-use token that `serve` prints. */
  setUp(body: { token: string; email: string; name: string; password: string }) {
    return this.#post("admin/setup", body);
  }

  signOut(): Promise<void> {
    return call(this.base, "admin/session", { method: "DELETE" }, this.fetcher);
  }

  #post(path: string, body: object): Promise<SessionAnswer> {
    return call(this.base, path, { method: "POST", body }, this.fetcher);
  }
}
