/** Tells the server up to where messages were seen, again and again until it knows: a mail depends on it. */

import { ApiError } from "./api.ts";

/** A refusal for now, or a lost call, is repeated after this. */
export const RETRY_MS = 5_000;

export class ReadMark {
  #wanted = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (upTo: number) => Promise<unknown>) {}

  set(upTo: number): void {
    this.#wanted = upTo;
    void this.flush();
  }

  /** What fails for now is told again; what is refused for good never would be taken. */
  async flush(): Promise<void> {
    const upTo = this.#wanted;
    clearTimeout(this.#timer);
    if (upTo === 0) return;
    try {
      await this.tell(upTo);
    } catch (error) {
      if (!(error instanceof ApiError) || error.transient) {
        this.#timer = setTimeout(() => void this.flush(), RETRY_MS);
        return;
      }
    }
    if (this.#wanted === upTo) this.#wanted = 0;
  }
}
