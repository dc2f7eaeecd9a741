/** Where the list stands: at the newest message, or where the reader left it, also when it grows above. */

/** Nearer than this to the end is at the end; fractions of pixels and fingers are not exact. */
const END_PX = 32;
/** This far from the top older messages are fetched, so that they are there when one arrives. */
const TOP_PX = 120;

export class Scroll {
  atEnd = true;
  #height = 0;
  /** How high the window on the list is. */
  #room = 0;
  #firstSeq: number | undefined;
  readonly #observer: ResizeObserver;

  constructor(
    private readonly log: HTMLElement,
    private readonly moved: (nearTop: boolean) => void,
  ) {
    log.addEventListener("scroll", () => this.#scrolled());
    // The field grows, a keyboard appears, somebody types: whoever was at the end stays there.
    this.#observer = new ResizeObserver(() => {
      this.#room = log.clientHeight;
      if (this.atEnd) this.toEnd();
    });
    for (const box of [log, ...log.children]) this.#observer.observe(box);
  }

  toEnd(): void {
    this.atEnd = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** The rows have changed. */
  settle(firstSeq: number | undefined): void {
    const { log } = this;
    const grewAbove = firstSeq !== undefined && this.#firstSeq !== undefined && firstSeq < this.#firstSeq;
    if (grewAbove) log.scrollTop += log.scrollHeight - this.#height;
    else if (this.atEnd) this.toEnd();
    this.#firstSeq = firstSeq;
    this.#height = log.scrollHeight;
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    // It was not the reader who scrolled: a keyboard came, or the panel is closed. The observer knows.
    if (clientHeight !== this.#room) return;
    this.#height = scrollHeight;
    this.atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    this.moved(scrollTop < TOP_PX);
  }
}
