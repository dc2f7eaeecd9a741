/** Keeps our node on the page while frameworks swap what is around it. */

/** So often in one second: after that a page that throws us out has the last word. */
const TRIES = 5;

/** Returns the way to take it off for good. */
export function attach(host: HTMLElement): () => void {
  let [since, tries] = [0, 0];
  const put = () => {
    const root = document.documentElement;
    if (!root || host.parentNode === root) return;
    const now = Date.now();
    if (now - since > 1_000) [since, tries] = [now, 0];
    if (tries++ >= TRIES) return;
    // Beside <body>, so that whoever swaps, transforms or silences the body leaves it alone.
    root.append(host);
    observer.observe(root, { childList: true });
  };
  const observer = new MutationObserver(put);
  // Some renderers replace <html> itself when what the server sent does not match.
  observer.observe(document, { childList: true });
  put();
  return () => {
    observer.disconnect();
    host.remove();
  };
}
