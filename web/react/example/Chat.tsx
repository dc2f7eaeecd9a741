/** A whole chat in one component: what was said, what waits, and a field to write in. */

import { type Client, useChat, useClient } from "@deskbell/react";
import { type FormEvent, useEffect } from "react";

export function Chat({ connect }: { connect: () => Client }) {
  const chat = useClient(connect)?.chat;
  const { connection, messages, pending, unread } = useChat(chat);

  // All of it is on the page, so whoever looks at the page reads it.
  useEffect(() => {
    if (unread && document.visibilityState === "visible") chat?.markRead();
  }, [chat, unread]);

  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("text") as HTMLInputElement;
    if (chat?.send(field.value)) field.value = "";
  };

  return (
    <section aria-label="Support">
      <p role="status">{connection}</p>
      <ol role="log">
        {messages.map(({ id, sender_type, content }) => (
          <li key={id} className={sender_type} dir="auto">{content}</li>
        ))}
        {pending.map(({ id, content, state }) => (
          <li key={id} className={state} dir="auto">{content}</li>
        ))}
      </ol>
      <form onSubmit={send}>
        <input name="text" aria-label="Message" autoComplete="off" dir="auto" />
        <button>Send</button>
      </form>
    </section>
  );
}
