/** Surroundings that a test moves by hand. */

import { Emitter } from "../src/emitter.ts";
import type { Surroundings } from "../src/surroundings.ts";

export class Place implements Surroundings {
  readonly #events = new Emitter<{ wake: void; sleep: void }>();
  #online = true;

  online = () => this.#online;
  onWake = (listener: () => void) => this.#events.on("wake", listener);
  onSleep = (listener: () => void) => this.#events.on("sleep", listener);

  goOffline(): void {
    this.#online = false;
    this.#events.emit("sleep", undefined);
  }

  goOnline(): void {
    this.#online = true;
    this.#events.emit("wake", undefined);
  }
}
