/** The dashboard's one client: where the server is, and where unsent replies are kept. */

import { type AdminClient, createAdminClient, type KeyValues, persistent } from "@deskbell/client";
import { browserSurroundings } from "@deskbell/client/browser";

const PREFIX = "deskbell:dashboard:";

/** The page is served as `<mount>/dashboard/`, whatever the mount is. */
export function mountPoint(page: string = document.baseURI): string {
  return new URL("..", page).href;
}

export function connect(): AdminClient {
  const storage = apart(persistent(() => localStorage));
  return createAdminClient({ base: mountPoint(), storage, surroundings: browserSurroundings() });
}

/** Keys of our own, for a widget of the same origin keeps its texts in the same storage. */
function apart(storage: KeyValues): KeyValues {
  return {
    keys: () =>
      storage.keys().flatMap((key) => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : [])),
    get: (key) => storage.get(PREFIX + key),
    set: (key, value) => storage.set(PREFIX + key, value),
    remove: (key) => storage.remove(PREFIX + key),
  };
}
