/** The token in a mail's link: taken out of the address before anybody can copy or log it. */

const FRAGMENT = /^#deskbell-chat=([\w.-]+)$/;

export function takeLink(): string | null {
  const token = FRAGMENT.exec(location.hash)?.[1];
  if (!token) return null;
  // The whole address: a short one would be taken from the page's <base>.
  history.replaceState(history.state, "", location.href.split("#")[0]);
  return token;
}
