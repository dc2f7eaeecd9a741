/** Where a reply is written: Enter sends, Shift+Enter breaks the line, a draft stays with its chat. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useWords } from "../hooks.ts";
import { Keys } from "../inbox/Keys.tsx";
import { nameOf, type Someone } from "../people.ts";
import { ForwardIcon } from "../shapes.tsx";

interface Props {
  person: Someone;
  archived: boolean;
  draft: string;
  keepDraft(text: string): void;
  send(text: string): unknown;
  typing(): void;
}

export function Composer({ person, archived, draft, keepDraft, send, typing }: Props) {
  const words = useWords();
  const [text, setText] = useState(draft);
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowing(field, text);
  useEffect(() => {
    // A touch screen would throw its keyboard over the conversation.
    if (matchMedia("(hover: hover) and (min-width: 761px)").matches) field.current!.focus();
  }, []);

  function write(next: string) {
    setText(next);
    keepDraft(next);
  }

  function submit(event: Event) {
    event.preventDefault();
    if (send(text)) write("");
    field.current!.focus();
  }

  function press(event: KeyboardEvent) {
    // Enter that ends a composition, as of Chinese words, must not send half of them.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && !event.shiftKey) submit(event);
  }

  const name = nameOf(person, words);
  return (
    <form class="composer" onSubmit={submit}>
      <div class="composer-line">
        {archived && <p class="notice">{words.text("archivedNote")}</p>}
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          placeholder={words.text("replyPlaceholder")}
          aria-label={words.text("replyTo", { name })}
          data-testid="input"
          onInput={(event) => {
            write(event.currentTarget.value);
            typing();
          }}
          onKeyDown={press}
        />
        <button class="send" data-testid="send" aria-label={words.text("send")}>
          <span>{words.text("send")}</span>
          <ForwardIcon size={19} />
        </button>
      </div>
      <div class="composer-foot">
        <Keys
          keys={[
            [["Enter"], "keySend"],
            [["Shift", "Enter"], "keyNewLine"],
          ]}
        />
      </div>
    </form>
  );
}

/** For browsers whose fields do not grow by `field-sizing: content`. */
function useGrowing(field: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    if (CSS.supports("field-sizing", "content")) return;
    const { style, scrollHeight } = field.current!;
    style.blockSize = "auto";
    style.blockSize = `${text ? field.current!.scrollHeight : scrollHeight}px`;
  }, [field, text]);
}
