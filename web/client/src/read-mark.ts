/** Tells the server up to where messages were seen, again and again until it knows: a mail depends on it. */

export class ReadMark {
  #wanted = 0;

  constructor(private readonly tell: (upTo: number) => Promise<unknown>) {}

  set(upTo: number): void {
    this.#wanted = upTo;
    void this.flush();
  }

  /** A failure is no news: the next connection or round comes back to it. */
  async flush(): Promise<void> {
    const upTo = this.#wanted;
    if (upTo === 0) return;
    const told = await this.tell(upTo).then(
      () => true,
      () => false,
    );
    if (told && this.#wanted === upTo) this.#wanted = 0;
  }
}
