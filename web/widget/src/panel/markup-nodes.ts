/** Shows a parsed message. */

import { h } from "./dom.ts";
import { type MarkupNode, parseMarkup } from "./markup.ts";

export function markupNodes(text: string): (Node | string)[] {
  return parseMarkup(text).map(show);
}

function show(node: MarkupNode): Node | string {
  if (typeof node === "string") return node;
  if (node.kind === "code") return h("code", {}, node.text);
  if (node.kind === "bold") return h("strong", {}, ...node.nodes.map(show));
  return h("a", { href: node.href, target: "_blank", rel: "noopener noreferrer nofollow" }, node.text);
}
