/** A message's text in parts: links, `code`, **bold**, and nothing else. Line breaks stay in the text. */

export type MarkupPart =
  | string
  | { kind: "code"; text: string }
  | { kind: "bold"; parts: MarkupPart[] }
  | { kind: "link"; href: string; text: string };

// Ideographs and full-width signs end a link: Chinese is written without a space after it.
const TOKEN =
  /`([^`\n]+)`|\*\*(\S(?:[^\n]*?\S)?)\*\*|((?:https?:\/\/|mailto:)[^\s<>"'`\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+)/gi;
/** What ends a sentence, not a link. */
const TRAIL = new Set(".,;:!?*_");
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

/**
 * The sentence's full stop is not the link's, and a closing bracket only if it was opened in it.
 * One walk from the end: a text of nothing but brackets must not cost more than its length.
 */
function withoutTrail(text: string): string {
  let surplus = text.split(")").length - text.split("(").length;
  let end = text.length;
  for (; end > 0; end--) {
    const last = text.charAt(end - 1);
    if (last === ")" && surplus > 0) surplus--;
    else if (!TRAIL.has(last)) break;
  }
  return text.slice(0, end);
}
