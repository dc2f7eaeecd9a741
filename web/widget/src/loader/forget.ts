/** Takes everything of the visitor out of this browser, as when somebody signs out. */

import { FORGET, OF_AGENTS } from "../storage-keys.ts";

export function forget(): void {
  try {
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) {
        if (key.startsWith("deskbell:") && !OF_AGENTS.test(key)) storage.removeItem(key);
      }
    }
    // The other tabs hear of it by the storage event.
    localStorage.setItem(FORGET, "1");
    localStorage.removeItem(FORGET);
  } catch {
    // Storage that cannot be touched holds nothing of ours.
  }
}
