/** Does something at once, and for all who ask within the next moment once more at its end. */

export class Throttle {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again = false;

  constructor(
    private readonly action: () => void,
    private readonly everyMs: number,
  ) {}

  ask(): void {
    if (this.#timer !== undefined) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#again) this.ask();
    }, this.everyMs);
    this.action();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
