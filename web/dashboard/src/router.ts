/** Where one is, kept in the fragment: it needs nothing of the server and works under any prefix. */

import { useEffect, useState } from "preact/hooks";

export type Route =
  | { place: "list"; archived: boolean }
  | { place: "chat"; chatId: string }
  | { place: "set-up"; token: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseRoute(hash: string): Route {
  const setUp = /^#setup=([\w.-]+)$/.exec(hash);
  if (setUp) return { place: "set-up", token: setUp[1]! };
  const [section, chatId] = hash.replace(/^#\/?/, "").split("/");
  if (section === "chats" && chatId && UUID.test(chatId)) return { place: "chat", chatId };
  return { place: "list", archived: section === "archived" };
}

export function hrefOf(route: Route): string {
  switch (route.place) {
    case "list":
      return route.archived ? "#/archived" : "#/";
    case "chat":
      return `#/chats/${route.chatId}`;
    case "set-up":
      return `#setup=${route.token}`;
  }
}

export function go(route: Route): void {
  location.hash = hrefOf(route);
}

/** Goes without an entry in the history: a used set-up link must not be come back to. */
export function replace(route: Route): void {
  history.replaceState(null, "", hrefOf(route));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}
