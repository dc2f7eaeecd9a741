/** What only agents need, kept out of the widget's bundle: the list of chats. */

export { ChatList, type ChatListOptions, PAGE, RECOUNT_MS } from "./admin-list.ts";
export type { ChatListEvents, ChatListState } from "./admin-list-state.ts";
export type { Shelf, ShelfName, Shelves } from "./admin-shelves.ts";
