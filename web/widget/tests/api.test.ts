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

  test("a call that cannot be made keeps none of the others from being made", () => {
    const report = vi.fn();
    vi.stubGlobal("reportError", report);
    const heard = vi.fn();
    load().boot();
    api.push(null as never, ["on", "ready", heard]);
    expect(report).toHaveBeenCalledTimes(1);
    expect(heard).toHaveBeenCalledTimes(1);
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
    expect(launcher().ariaExpanded).toBe("false");
  });

  test("open shows what was hidden, puts a text into the field and takes no event for one", async () => {
    load({ launcher: false }).boot();
    api.hide();
    api.open("Where is my order?");
    await settled();
    await vi.waitFor(() => expect(panels[0]!.write).toHaveBeenCalledWith("Where is my order?"));
    expect(root().querySelector<HTMLElement>(".dk")!.hidden).toBe(false);
    api.open(new Event("click") as never);
    await vi.waitFor(() => expect(panels[0]!.setOpen).toHaveBeenCalledTimes(2));
    expect(panels[0]!.write).toHaveBeenCalledTimes(1);
  });

  test("updates that change nothing, or the look alone, keep the panel", async () => {
    const identity = async () => "jwt";
    load({ identity, open: true }).boot();
    await settled();
    api.update({});
    api.update({ identity });
    api.update({ color: "teal", theme: "dark", side: "left", offsetX: 8, offsetY: 8, launcher: false, zIndex: 5 });
    api.boot({ identity });
    expect(panels[0]!.destroy).not.toHaveBeenCalled();
    expect(launcher().ariaExpanded).toBe("true");
    api.update({ locale: "zh" });
    await vi.waitFor(() => expect(panels).toHaveLength(2));
    expect(hosts[1]!.language).toBe("zh");
    expect(launcher().ariaExpanded).toBe("true");
  });

  test("what the visitor has closed stays closed when the panel starts anew", async () => {
    load({ open: true }).boot();
    await settled();
    api.close();
    api.setUser("jwt-2");
    await vi.waitFor(() => expect(panels).toHaveLength(2));
    expect(launcher().ariaExpanded).toBe("false");
  });

  test("a new start tells the host's own badge that nothing is unread", async () => {
    const unread = vi.fn();
    load({ eager: true }).boot();
    await settled();
    hosts[0]!.setUnread(3, "three");
    api.on("unread", unread);
    api.reset();
    expect(unread).toHaveBeenCalledWith(0);
  });

  test("it boots again after a shutdown", () => {
    load().boot();
    api.hide();
    api.shutdown();
    api.boot();
    expect(root().querySelector<HTMLElement>(".dk")!.hidden).toBe(false);
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

describe("a page that is taken apart", () => {
  const hostNode = () => document.getElementById("deskbell");

  test("the same node comes back when the host removes it", async () => {
    load().boot();
    const node = hostNode();
    document.documentElement.replaceChildren(document.createElement("body"));
    await vi.waitFor(() => expect(hostNode()).toBe(node));
    api.shutdown();
    await Promise.resolve();
    expect(hostNode()).toBeNull();
  });

  test("a page that throws it out every time has the last word", async () => {
    load().boot();
    const node = hostNode();
    const removals = vi.fn(() => node?.remove());
    const observer = new MutationObserver(() => hostNode() && removals());
    observer.observe(document.documentElement, { childList: true });
    node?.remove();
    await vi.waitFor(() => expect(removals.mock.calls.length).toBeGreaterThan(2));
    await vi.waitFor(() => expect(hostNode()).toBeNull());
    observer.disconnect();
    expect(removals.mock.calls.length).toBeLessThan(8);
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
    expect(launcher().ariaExpanded).toBe("true");
  });

  test("other fragments are the page's own", () => {
    history.replaceState(null, "", "/shop#chapter");
    expect(takeLink()).toBeNull();
    expect(location.hash).toBe("#chapter");
  });
});
