/** Counts unread answers in the page's title, and gives it back exactly as the page wants it. */

const MARK = /^\(\d+\+?\) /;

export class TitleBadge {
  #shown = "";
  readonly #observer = new MutationObserver(() => this.#show());
  #count = 0;

  constructor() {
    // A page of one piece changes its title as one walks through it.
    this.#observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  }

  set(count: number): void {
    this.#count = count;
    this.#show();
  }

  stop(): void {
    this.#observer.disconnect();
    this.#count = 0;
    this.#show();
  }

  #show(): void {
    const { title } = document;
    const own = title === this.#shown ? title.replace(MARK, "") : title;
    const mark = this.#count === 0 ? "" : `(${this.#count > 9 ? "9+" : this.#count}) `;
    this.#shown = mark && mark + own;
    if (title !== mark + own) document.title = mark + own;
  }
}
