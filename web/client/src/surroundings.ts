/** What the client needs to know about the place it runs in; injected, so that it needs no DOM. */

import type { Off } from "./emitter.ts";

export interface Surroundings {
  /** False only when there is certainly no network. */
  online(): boolean;
  /** Network came back, page became visible or left the back/forward cache: worth trying now. */
  onWake(listener: () => void): Off;
  /** Network went away or the page is being put aside: the socket is worth nothing now. */
  onSleep(listener: () => void): Off;
}

/** A place that never changes: scripts and tests. */
export const alwaysOnline: Surroundings = {
  online: () => true,
  onWake: () => () => {},
  onSleep: () => () => {},
};
