/** What an agent has on the screen counts as viewed, and only that. */

import type { Chat, ChatState } from "@deskbell/client";
import { useEffect, useState } from "preact/hooks";

export function useViewed(chat: Chat, { loaded, unread, lastSeq }: ChatState): void {
  const visible = useVisible();
  useEffect(() => {
    if (loaded && visible && unread > 0) chat.markRead();
  }, [chat, loaded, visible, unread, lastSeq]);
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(() => document.visibilityState === "visible");
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}
