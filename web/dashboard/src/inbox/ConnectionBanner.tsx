/** Tells what does not work while the line is not alive; a moment's loss is not worth a word. */

import type { Connection } from "@deskbell/client";
import { useLasting, useWords } from "../hooks.ts";
import type { TextKey } from "../text.ts";

const PATIENCE_MS = 1_500;

const TEXTS: Partial<Record<Connection, TextKey>> = {
  connecting: "bannerConnecting",
  polling: "bannerPolling",
  offline: "bannerOffline",
};

export function ConnectionBanner({ connection }: { connection: Connection }) {
  const words = useWords();
  const text = TEXTS[connection];
  const lasting = useLasting(text !== undefined, PATIENCE_MS);
  return (
    <div role="status">
      {text && lasting && (
        <p class="notice" data-testid="connection-banner">
          {words.text(text)}
        </p>
      )}
    </div>
  );
}
