/** What the agents' list looks like to whoever shows it. */

import { emptyShelves, type ShelfName, type Shelves } from "./admin-shelves.ts";
import type { ApiError } from "./api.ts";
import type { Connection } from "./chat-state.ts";
import type { AdminEvent } from "./wire.ts";

export interface ChatListState {
  shown: ShelfName;
  shelves: Shelves;
  /** Whether what is shown has been loaded at all. */
  loaded: boolean;
  loadingMore: boolean;
  connection: Connection;
  error: ApiError | null;
}

export interface ChatListEvents {
  change: ChatListState;
  /** A user wrote, in whichever chat. */
  new_user_message: Extract<AdminEvent, { type: "new_user_message" }>;
}

export const initialListState: ChatListState = {
  shown: "active",
  shelves: emptyShelves,
  loaded: false,
  loadingMore: false,
  connection: "idle",
  error: null,
};
