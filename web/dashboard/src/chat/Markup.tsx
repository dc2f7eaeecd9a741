/** A message as its writer meant it: with links, `code` and **bold**. */

import { type MarkupPart, parseMarkup } from "@deskbell/client/markup";
import { useMemo } from "preact/hooks";

export function Markup({ text }: { text: string }) {
  const parts = useMemo(() => parseMarkup(text), [text]);
  return <Parts parts={parts} />;
}

function Parts({ parts }: { parts: MarkupPart[] }) {
  return (
    <>
      {parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </>
  );
}

function Part({ part }: { part: MarkupPart }) {
  if (typeof part === "string") return <>{part}</>;
  switch (part.kind) {
    case "code":
      return <code>{part.text}</code>;
    case "bold":
      return (
        <strong>
          <Parts parts={part.parts} />
        </strong>
      );
    case "link":
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
          {part.text}
        </a>
      );
  }
}
