/** What the client needs to know about the place it runs in; injected, so that it needs no DOM. */

import type { Off } from "./emitter.ts";

export interface Surroundings {
  /** False only when there is certainly no network. */
  online(): boolean;
  /** Network came back, page became visible or left the back/forward cache: worth trying now. */
  onWake(listener: () => void): Off;
  /** False while nobody can see it: timers are slow then, and nothing is urgent. */
  visible(): boolean;
  /** The page is put aside, for the back/forward cache or for good; what others wait for is let go. */
  onHide(listener: () => void): Off;
  onShow(listener: () => void): Off;
  /** Network went away or the page is being put aside: the socket is worth nothing now. */
  onSleep(listener: () => void): Off;
}

/** A place that never changes: scripts and tests. */
export const alwaysOnline: Surroundings = {
  online: () => true,
  visible: () => true,
  onHide: () => () => {},
  onShow: () => () => {},
  onWake: () => () => {},
  onSleep: () => () => {},
};
