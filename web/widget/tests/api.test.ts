import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { takeLink } from "../src/loader/link.ts";
import { api, hosts, launcher, load, panels, setUp, root, settled, tearDown } from "./stage.ts";

beforeEach(setUp);
afterEach(tearDown);

describe("the page's calls", () => {
  test("calls made before loading run in their order", async () => {
    const heard: string[] = [];
    load();
    api.boot();
    api.push(["on", "open", () => heard.push("open")], ["open"], ["send", "hello"]);
    await settled();
    await vi.waitFor(() => expect(panels[0]!.send).toHaveBeenCalledWith("hello"));
    expect(heard).toEqual(["open"]);
  });

  test("an unknown call is said, and hurts nothing", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    load().push(["dance"], ["constructor"]);
    expect(warn).toHaveBeenCalledTimes(2);
    warn.mockRestore();
  });

  test("events are told on the window too, and `on` returns the way out", async () => {
    const [onWindow, listener] = [vi.fn(), vi.fn()];
    addEventListener("deskbell:unread", onWindow);
    load({ eager: true }).boot();
    const off = api.on("unread", listener);
    await settled();
    hosts[0]!.emit("unread", 2);
    off();
    hosts[0]!.emit("unread", 1);
    removeEventListener("deskbell:unread", onWindow);
    expect(listener.mock.calls).toEqual([[2]]);
    expect(onWindow.mock.calls.map(([event]) => (event as CustomEvent).detail)).toEqual([2, 1]);
  });

  test("ready is told also to who comes late", () => {
    const [early, late] = [vi.fn(), vi.fn()];
    load().on("ready", early);
    api.boot();
    api.on("ready", late);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 1]);
  });

  test("hide takes everything off the page, show brings it back closed", async () => {
    load().boot();
    api.open();
    await settled();
    api.hide();
    expect(root().querySelector<HTMLElement>(".dk")!.hidden).toBe(true);
    api.show();
    expect(root().querySelector<HTMLElement>(".dk")!.hidden).toBe(false);
    expect(launcher().getAttribute("aria-expanded")).toBe("false");
  });

  test("booting twice makes one widget, shutdown removes it", () => {
    load().boot();
    api.boot();
    expect(document.querySelectorAll("#deskbell")).toHaveLength(1);
    api.shutdown();
    expect(document.querySelectorAll("#deskbell")).toHaveLength(0);
  });

  test("a new user gets a new panel, open as before, and the old one ends", async () => {
    load().boot();
    api.open();
    await settled();
    api.setUser("jwt-2");
    await vi.waitFor(() => expect(panels).toHaveLength(2));
    expect(panels[0]!.destroy).toHaveBeenCalled();
    expect(hosts[1]!.settings.identity).toBe("jwt-2");
    await vi.waitFor(() => expect(panels[1]!.setOpen).toHaveBeenCalledWith(true));
  });

  test("reset forgets the visitor and leaves the host's own things alone", async () => {
    localStorage.setItem("deskbell:visitor_key", "k");
    localStorage.setItem("deskbell:outbox:user:c:m", "{}");
    localStorage.setItem("host", "stays");
    load({ identity: "jwt" }).boot();
    await settled();
    api.reset();
    expect(Object.keys(localStorage)).toEqual(["host"]);
    await vi.waitFor(() => expect(panels[0]!.destroy).toHaveBeenCalled());
    api.open();
    await vi.waitFor(() => expect(panels).toHaveLength(2));
    expect(hosts[1]!.settings.identity).toBeUndefined();
  });
});

describe("a mail's link", () => {
  test("leaves the address at once and opens the chat with its token", async () => {
    history.replaceState({ own: 1 }, "", "/shop?x=1#deskbell-chat=abc.DEF-1_2");
    const token = takeLink();
    expect(token).toBe("abc.DEF-1_2");
    expect(location.href).not.toContain("deskbell-chat");
    expect(location.search).toBe("?x=1");
    load({}, token).boot();
    await settled();
    expect(hosts[0]!.link).toBe("abc.DEF-1_2");
    expect(launcher().getAttribute("aria-expanded")).toBe("true");
  });

  test("other fragments are the page's own", () => {
    history.replaceState(null, "", "/shop#chapter");
    expect(takeLink()).toBeNull();
    expect(location.hash).toBe("#chapter");
  });
});
