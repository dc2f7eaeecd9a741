/** The surroundings of a browser page; the only file here that knows `window`. */

import type { Off } from "./emitter.ts";
import type { Surroundings } from "./surroundings.ts";

export function browserSurroundings(page: Window = window): Surroundings {
  const listen = (target: EventTarget, types: string[], listener: () => void): Off => {
    for (const type of types) target.addEventListener(type, listener);
    return () => {
      for (const type of types) target.removeEventListener(type, listener);
    };
  };
  return {
    visible: () => page.document.visibilityState === "visible",
    onHide: (listener) => listen(page, ["pagehide"], listener),
    onShow: (listener) => listen(page, ["pageshow"], listener),
    online: () => page.navigator.onLine,
    onWake(listener) {
      const seen = () => page.document.visibilityState === "visible" && listener();
      const offs = [
        listen(page, ["online", "pageshow"], listener),
        listen(page.document, ["visibilitychange"], seen),
      ];
      return () => offs.forEach((off) => off());
    },
    // An open socket keeps a page out of the back/forward cache, so it goes in `pagehide`;
    // never in `unload`, which blocks that cache by itself.
    onSleep: (listener) => listen(page, ["offline", "pagehide"], listener),
  };
}
