/** What tabs of one browser tell each other: followers ask, and the leader shows them its state. */

import type { Chat } from "./chat.ts";
import type { ChatState } from "./chat-state.ts";
import type { Pending } from "./outbox.ts";
import type { Contact } from "./wire.ts";

/** What a follower asks of the leader; it is the same as doing it oneself. */
export type Command =
  | { do: "retry" | "drop"; id: string }
  | { do: "markRead" | "typing" | "loadOlder" }
  | { entry: Pending }
  | { contact: Contact };

/** Hello asks for everything; the other questions are answered with what they changed. */
export type Question = Command | { hello: true };

/**
 * `since` is when the leader's turn began: one that was robbed without noticing is not believed.
 * A leader that nobody looks at has slow timers, which matters when its connection is gone.
 */
export type Answer = { since: number; visible: boolean } & News;
export type News = { state?: ChatState; error?: string };

export function perform(chat: Chat, command: Command): Promise<void> | void {
  if ("entry" in command) return chat.accept(command.entry);
  if ("contact" in command) return chat.takeContact(command.contact);
  if ("id" in command) return chat[command.do](command.id);
  return chat[command.do]();
}
