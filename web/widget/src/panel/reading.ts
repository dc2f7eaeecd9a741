/** Is somebody really looking? Only then messages count as read; otherwise a line marks what is new. */

import type { ChatState } from "@deskbell/client";

export class Reading {
  /** The `seq` above which the line for what is new stands. */
  newFrom: number | null = null;
  #wasReading = false;

  /** True if what is unread is being read now. */
  update(state: ChatState, open: boolean, looking: boolean): boolean {
    const reading = open && looking && state.loaded;
    if (!open && state.unread === 0) this.newFrom = null;
    // What arrives under one's eyes needs no line.
    if (state.unread > 0 && !this.#wasReading) this.newFrom ??= firstUnread(state);
    this.#wasReading = reading;
    return reading && state.unread > 0;
  }
}

function firstUnread({ messages, unread }: ChatState): number | null {
  const answers = messages.filter(({ sender_type }) => sender_type === "admin");
  return (answers.at(-unread) ?? answers[0])?.seq ?? null;
}
