/** Shows a parsed message. */

import { type MarkupPart, parseMarkup } from "@deskbell/client/markup";
import { h } from "./dom.ts";

export function markupNodes(text: string): (Node | string)[] {
  return parseMarkup(text).map(show);
}

function show(part: MarkupPart): Node | string {
  if (typeof part === "string") return part;
  if (part.kind === "code") return h("code", {}, part.text);
  if (part.kind === "bold") return h("strong", {}, ...part.parts.map(show));
  return h("a", { href: part.href, target: "_blank", rel: "noopener noreferrer nofollow" }, part.text);
}
