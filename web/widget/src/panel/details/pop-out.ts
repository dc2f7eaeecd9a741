/** Opens the chat in a window of its own, as the same person. */

/**
 * At once, as browsers allow a window only to a click; where it leads is known a moment later.
 * `link` fetches the token that opens the chat; it travels in the fragment, which no server sees.
 */
export async function popOut(base: string, link: () => Promise<string>): Promise<void> {
  const opened = window.open("about:blank", "deskbell", "popup,width=440,height=760");
  if (!opened) return;
  try {
    opened.location.href = `${base}chat#deskbell-chat=${await link()}`;
  } catch {
    opened.close();
  }
}
