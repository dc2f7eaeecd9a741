/** A place with nothing in it yet: empty, loading or failed, always in words. */

import type { ComponentChildren } from "preact";
import { useWords } from "./hooks.ts";
import { ChatsIcon } from "./shapes.tsx";
import type { TextKey } from "./text.ts";

interface Props {
  title: TextKey;
  lead?: TextKey;
  retry?: () => void;
  testId?: string;
  children?: ComponentChildren;
}

export function Blank({ title, lead, retry, testId, children }: Props) {
  const words = useWords();
  return (
    <div class="blank" data-testid={testId} role={retry ? "alert" : undefined}>
      <ChatsIcon />
      <strong>{words.text(title)}</strong>
      {lead && <p>{words.text(lead)}</p>}
      {retry && (
        <button type="button" class="button" onClick={retry}>
          {words.text("retry")}
        </button>
      )}
      {children}
    </div>
  );
}
