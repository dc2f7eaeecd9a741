/** Counts unread answers in the page's title, and gives it back exactly as the page wants it. */

const MARK = /^\(\d+\+?\) /;

let count = 0;
let shown = "";
// A page of one piece changes its title as one walks through it.
const observer = new MutationObserver(show);

/** No count, no mark, and nothing to watch. */
export function countInTitle(unread: number): void {
  count = unread;
  observer.disconnect();
  if (count > 0) observer.observe(document.head, { childList: true, subtree: true, characterData: true });
  show();
}

function show(): void {
  const { title } = document;
  const own = title === shown ? title.replace(MARK, "") : title;
  const mark = count === 0 ? "" : `(${count > 9 ? "9+" : count}) `;
  shown = mark && mark + own;
  if (title !== mark + own) document.title = mark + own;
}
