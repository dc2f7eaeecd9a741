/** Keys and what they do, in small. */

import { useWords } from "../hooks.ts";
import type { TextKey } from "../text.ts";

export function Keys({ keys }: { keys: [keys: string[], does: TextKey][] }) {
  const words = useWords();
  return (
    <div class="keys">
      {keys.map(([names, does]) => (
        <span key={does}>
          {names.map((name) => (
            <kbd key={name}>{name}</kbd>
          ))}
          {words.text(does)}
        </span>
      ))}
    </div>
  );
}
