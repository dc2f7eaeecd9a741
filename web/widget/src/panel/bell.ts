/** Whether an answer rings, which the visitor and their browser decide; the sound itself comes when it is first needed. */

import type { KeyValues } from "@deskbell/client";
import { SOUND } from "../storage-keys.ts";

export class Bell {
  constructor(private readonly storage: KeyValues) {}

  get muted(): boolean {
    return this.storage.get(SOUND) === "off";
  }

  toggle(): void {
    if (this.muted) this.storage.remove(SOUND);
    else this.storage.set(SOUND, "off");
  }

  /** Rings once per message, in one of several tabs. */
  ring(messageId: string): void {
    // Before the visitor has touched the page browsers refuse, and rightly.
    const touched = navigator.userActivation?.hasBeenActive ?? true;
    if (!touched || this.muted) return;
    import("./sound.ts").then(
      ({ ring }) => ring(messageId),
      () => {},
    );
  }
}
