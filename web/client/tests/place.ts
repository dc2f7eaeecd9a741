/** Surroundings that a test moves by hand. */

import { Emitter } from "../src/emitter.ts";
import type { Surroundings } from "../src/surroundings.ts";

export class Place implements Surroundings {
  readonly #events = new Emitter<{ wake: void; sleep: void; hide: void; show: void }>();
  #online = true;
  #visible = true;

  online = () => this.#online;
  visible = () => this.#visible;
  onHide = (listener: () => void) => this.#events.on("hide", listener);
  onShow = (listener: () => void) => this.#events.on("show", listener);
  onWake = (listener: () => void) => this.#events.on("wake", listener);
  onSleep = (listener: () => void) => this.#events.on("sleep", listener);

  lookAway(): void {
    this.#visible = false;
  }

  putAside(): void {
    this.#events.emit("hide", undefined);
    this.#events.emit("sleep", undefined);
  }

  comeBack(): void {
    this.#events.emit("show", undefined);
    this.#events.emit("wake", undefined);
  }

  goOffline(): void {
    this.#online = false;
    this.#events.emit("sleep", undefined);
  }

  goOnline(): void {
    this.#online = true;
    this.#events.emit("wake", undefined);
  }
}
