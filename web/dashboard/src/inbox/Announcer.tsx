/** Says aloud, to who cannot see the list, that somebody wrote in another chat. */

import type { ChatList } from "@deskbell/client/admin";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../hooks.ts";
import { personOf, titleOf } from "../people.ts";

export function Announcer({ list, openId }: { list: ChatList; openId: string | null }) {
  const words = useWords();
  const [text, setText] = useState("");
  useEffect(
    () =>
      list.on("new_user_message", ({ chat_id, user_email }) => {
        if (chat_id === openId) return;
        const row = list.row(chat_id);
        const name = user_email ?? (row ? titleOf(personOf(row), words) : words.text("someone"));
        setText(words.text("newMessageFrom", { name }));
      }),
    [list, openId, words],
  );
  return (
    <div class="hidden-text" role="status">
      {text}
    </div>
  );
}
