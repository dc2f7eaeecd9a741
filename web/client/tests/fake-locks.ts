/** Web Locks, as far as the tabs use them: exclusive ones, which a test can take from a tab. */

export type Work = (lock: Lock | null) => unknown;

interface Turn<Tab> {
  tab: Tab;
  fail(): void;
}

export class FakeLocks<Tab> {
  readonly #held = new Map<string, Turn<Tab>>();
  readonly #queues = new Map<string, { tab: Tab; start(): void }[]>();

  /** A grant that is under way when its waiting is given up arrives all the same. */
  late = false;

  request(tab: Tab, name: string, options: LockOptions, work: Work): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const abort = () => reject(new DOMException("", "AbortError"));
      const start = () => {
        const turn: Turn<Tab> = { tab, fail: abort };
        this.#held.set(name, turn);
        void Promise.resolve(work({} as Lock)).then(resolve, reject).finally(() => this.#end(name, turn));
      };
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      if (options.steal && this.late) {
        this.#held.get(name)?.fail();
        queue.splice(0).forEach((entry) => entry.start());
      }
      if (options.steal) {
        this.#held.get(name)?.fail();
        start();
      } else if (!this.#held.has(name)) start();
      else if (options.ifAvailable) void Promise.resolve(work(null)).then(resolve, reject);
      else {
        const entry = { tab, start };
        queue.push(entry);
        options.signal?.addEventListener("abort", () => {
          if (this.late) return;
          if (queue.includes(entry)) queue.splice(queue.indexOf(entry), 1);
          abort();
        });
      }
    });
  }

  /** The browser takes what a dead tab held; nothing of the tab runs. */
  release(tab: Tab): void {
    for (const [name, queue] of this.#queues) {
      this.#queues.set(name, queue.filter((entry) => entry.tab !== tab));
    }
    for (const [name, turn] of [...this.#held]) if (turn.tab === tab) this.#end(name, turn);
  }

  #end(name: string, turn: Turn<Tab>): void {
    if (this.#held.get(name) !== turn) return;
    this.#held.delete(name);
    this.#queues.get(name)?.shift()?.start();
  }
}
