/** A message's text in parts: links, `code`, **bold**, and nothing else. Line breaks stay in the text. */

export type MarkupPart =
  | string
  | { kind: "code"; text: string }
  | { kind: "bold"; parts: MarkupPart[] }
  | { kind: "link"; href: string; text: string };

// Ideographs and full-width signs end a link: Chinese is written without a space after it.
const TOKEN =
  /`([^`\n]+)`|\*\*(\S(?:[^\n]*?\S)?)\*\*|((?:https?:\/\/|mailto:)[^\s<>"'`\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+)/gi;
const PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

export function parseMarkup(text: string): MarkupPart[] {
  const parts: MarkupPart[] = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, code, bold, address] = match;
    const link = address === undefined ? null : linkOf(address);
    if (address !== undefined && !link) continue;
    if (match.index > end) parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (link) {
      parts.push(link);
      end = match.index + link.text.length;
    } else if (code !== undefined) {
      parts.push({ kind: "code", text: code });
    } else if (bold !== undefined) {
      parts.push({ kind: "bold", parts: parseMarkup(bold) });
    }
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function linkOf(written: string): Extract<MarkupPart, { kind: "link" }> | null {
  const text = withoutTrail(written);
  try {
    const url = new URL(text);
    return PROTOCOLS.has(url.protocol) ? { kind: "link", href: url.href, text } : null;
  } catch {
    return null;
  }
}

/** The sentence's full stop is not the link's, and a closing bracket only if it was opened in it. */
function withoutTrail(text: string): string {
  let link = text;
  for (;;) {
    const shorter = link.replace(/[.,;:!?*_]+$/, "");
    const opened = (shorter.match(/\(/g) ?? []).length;
    const closed = (shorter.match(/\)/g) ?? []).length;
    const next = shorter.endsWith(")") && closed > opened ? shorter.slice(0, -1) : shorter;
    if (next === link) return link;
    link = next;
  }
}
