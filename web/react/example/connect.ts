/** The client as a browser page has it: texts wait in `localStorage`, and so does an anonymous visitor's key. */

import { createVisitorClient, persistent, type VisitorClient } from "@deskbell/client";
import { browserSurroundings } from "@deskbell/client/browser";

const KEY = "deskbell:visitor_key";

export function connect(base: string): VisitorClient {
  const storage = persistent(() => localStorage);
  const visitorKey = {
    get: () => storage.get(KEY),
    set: (key: string | null) => (key === null ? storage.remove(KEY) : storage.set(KEY, key)),
  };
  return createVisitorClient({ base, storage, surroundings: browserSurroundings(), proof: { visitorKey } });
}
