/** Fetches what a chat lacks by REST, and comes again while the socket does not bring it. */

import { ApiError } from "./api.ts";
import { backoff } from "./backoff.ts";
import type { Transcript } from "./transcript.ts";

export const POLL_MS = 5_000;

export interface FetcherNeeds {
  /** The socket had its chances: fetch every few seconds. */
  polling(): boolean;
  /** While polling: what else waits for a connection. */
  settle(): Promise<void>;
  /** It could not be reached, and now it can. */
  back(): void;
  changed(): void;
  failed(error: ApiError): void;
  random?: (() => number) | undefined;
}

export class Fetcher {
  /** Whether the last call arrived; null while nobody knows. */
  reachable: boolean | null = null;
  /** Why the last call was refused; null since one was not. */
  error: ApiError | null = null;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(
    private readonly transcript: Transcript,
    private readonly needs: FetcherNeeds,
  ) {}

  start(): void {
    this.#running = true;
    void this.catchUp();
  }

  stop(): void {
    this.#running = false;
    this.#clear();
  }

  /** Something is missing, or the socket is gone: unless a round is due anyhow, it is now. */
  hurry(): void {
    if (this.#timer === undefined) void this.catchUp();
  }

  async catchUp(): Promise<void> {
    this.#clear();
    const done = await this.attempt(() => this.transcript.catchUp());
    if (done && this.needs.polling()) await this.needs.settle();
    const settled = this.transcript.complete && !this.needs.polling();
    const refused = this.error !== null && !this.error.transient;
    if (!this.#running || settled || refused) return;
    this.#clear();
    this.#timer = setTimeout(() => void this.catchUp(), this.#pause());
  }

  /** True if it worked; a refusal is kept and told, not thrown. */
  async attempt(action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      this.arrived();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#failures++;
      this.error = error;
      if (error.status === 0) this.reachable = false;
      this.needs.changed();
      this.needs.failed(error);
      return false;
    }
  }

  /** The server was heard, by whichever way. */
  arrived(): void {
    if (this.reachable === false) this.needs.back();
    this.reachable = true;
    this.error = null;
    this.#failures = 0;
    this.needs.changed();
  }

  #pause(): number {
    const extra = this.#failures ? backoff(this.#failures, this.needs.random) : 0;
    return Math.max(POLL_MS + extra, (this.error?.retryAfter ?? 0) * 1000);
  }

  #clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
