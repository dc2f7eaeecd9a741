import { describe, expect, test } from "vitest";
import { mountPoint } from "../src/connect.ts";
import { hrefOf, parseRoute, type Route } from "../src/router.ts";

const CHAT = "0198f000-0000-7000-8000-000000000001";

describe("routes", () => {
  const routes: Route[] = [
    { place: "list", archived: false },
    { place: "list", archived: true },
    { place: "chat", chatId: CHAT },
    { place: "set-up", token: "aB3-_.x" },
  ];

  test.each(routes)("$place is read back from its own address", (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route);
  });

  test.each([
    "",
    "#",
    "#/",
    "#/nowhere",
    "#/chats",
    "#/chats/",
    "#/chats/../admin",
    "#/chats/1",
    "#setup=",
  ])("%j leads to the list", (hash) =>
    expect(parseRoute(hash)).toEqual({ place: "list", archived: false }),
  );
});

test("the mount point is above the page, under any prefix", () => {
  expect(mountPoint("https://shop.example/dashboard/")).toBe("https://shop.example/");
  expect(mountPoint("https://shop.example/help/desk/dashboard/#/archived")).toBe(
    "https://shop.example/help/desk/",
  );
});
