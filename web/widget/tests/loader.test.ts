import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Panel, PanelHost, Settings } from "../src/contract.ts";
import { createApi, type DeskbellApi } from "../src/loader/api.ts";
import { takeLink } from "../src/loader/link.ts";
import { readSettings } from "../src/loader/settings.ts";

let hosts: PanelHost[];
let panels: { [Name in keyof Panel]: ReturnType<typeof vi.fn> }[];
let failing: boolean;
const importPanel = vi.fn(async (_failures: number) => {
  if (failing) throw new TypeError("Failed to fetch dynamically imported module");
  return {
    mount: async (host: PanelHost) => {
      hosts.push(host);
      const panel = { setOpen: vi.fn(), send: vi.fn(), destroy: vi.fn() };
      panels.push(panel);
      return panel as unknown as Panel;
    },
  };
});

let api: DeskbellApi;

function load(settings: Settings = {}, link: string | null = null): DeskbellApi {
  api = createApi(settings, { base: "https://help.example/desk/", link, importPanel });
  return api;
}

const root = () => document.getElementById("deskbell")!.shadowRoot!;
const launcher = () => root().querySelector<HTMLButtonElement>(".launch")!;
const badge = () => root().querySelector<HTMLElement>(".badge")!;
const settled = () => vi.waitFor(() => expect(panels.length).toBeGreaterThan(0));

beforeEach(() => {
  [hosts, panels, failing] = [[], [], false];
  importPanel.mockClear();
  vi.stubGlobal("requestIdleCallback", (action: () => void) => setTimeout(action, 0));
  localStorage.clear();
  document.documentElement.lang = "en";
});

afterEach(() => api?.shutdown());

describe("settings", () => {
  test("the script tag outranks the global, and a bare attribute means yes", () => {
    const data = { locale: "zh", open: "", sound: "off", zIndex: "50" };
    expect(readSettings(data, { locale: "ar", theme: "dark", open: false })).toEqual({
      locale: "zh",
      theme: "dark",
      open: true,
      sound: false,
      zIndex: 50,
    });
  });

  test("language and direction follow the wish, else the page", () => {
    load({ locale: "ar" }).boot();
    expect(root().querySelector<HTMLElement>(".dk")).toMatchObject({ lang: "ar", dir: "rtl" });
    api.shutdown();
    document.documentElement.lang = "zh-CN";
    load().boot();
    expect(launcher().getAttribute("aria-label")).toBe("打开聊天");
  });
});

describe("a quiet page", () => {
  test("nothing is fetched and nothing stored for a browser that never wrote", async () => {
    vi.useFakeTimers();
    load().boot();
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(importPanel).not.toHaveBeenCalled();
    expect(localStorage).toHaveLength(0);
  });

  test.each([
    ["a visitor key", {}, "deskbell:visitor_key"],
    ["a message written before", {}, "deskbell:wrote"],
    ["a signed identity", { identity: "jwt" }, null],
    ["the host's wish", { eager: true }, null],
  ])("with %s the panel is loaded when the page is idle, and stays closed", async (_name, settings, key) => {
    if (key) localStorage.setItem(key, "x");
    load(settings).boot();
    await settled();
    expect(panels[0]!.setOpen).not.toHaveBeenCalledWith(true);
    expect(launcher().getAttribute("aria-expanded")).toBe("false");
  });

  test("pointing at the launcher fetches the panel ahead of the click", () => {
    load().boot();
    launcher().dispatchEvent(new Event("pointerenter"));
    expect(importPanel).toHaveBeenCalledTimes(1);
    expect(panels).toHaveLength(0);
  });
});

describe("open and close", () => {
  test("the launcher opens and closes, and says so", async () => {
    const heard: string[] = [];
    load().boot();
    for (const name of ["open", "close"] as const) api.on(name, () => heard.push(name));
    launcher().click();
    await settled();
    await vi.waitFor(() => expect(panels[0]!.setOpen).toHaveBeenLastCalledWith(true));
    expect(launcher().getAttribute("aria-expanded")).toBe("true");
    expect(launcher().getAttribute("aria-label")).toBe("Close chat");
    const field = hosts[0]!.mount.appendChild(document.createElement("textarea"));
    field.focus();
    hosts[0]!.close();
    await vi.waitFor(() => expect(panels[0]!.setOpen).toHaveBeenLastCalledWith(false));
    expect(root().activeElement).toBe(launcher());
    expect(heard).toEqual(["open", "close"]);
  });

  test("the badge counts, caps at 9+, names the count and is hidden while open", async () => {
    load({ eager: true }).boot();
    await settled();
    const { setUnread } = hosts[0]!;
    expect(badge().hidden).toBe(true);
    setUnread(3, "Open chat, unread messages: 3");
    expect([badge().hidden, badge().textContent]).toEqual([false, "3"]);
    expect(launcher().getAttribute("aria-label")).toBe("Open chat, unread messages: 3");
    setUnread(10, "many");
    expect(badge().textContent).toBe("9+");
    api.open();
    expect(badge().hidden).toBe(true);
    api.close();
    setUnread(0, "none");
    expect(badge().hidden).toBe(true);
  });

  test("a panel that cannot be fetched closes again and is asked for anew", async () => {
    failing = true;
    const errors = vi.fn();
    load().boot();
    api.on("error", errors);
    api.open();
    await vi.waitFor(() => expect(errors).toHaveBeenCalledWith({ code: "panel_not_loaded" }));
    await vi.waitFor(() => expect(launcher().getAttribute("aria-expanded")).toBe("false"));
    failing = false;
    api.open();
    await settled();
    expect(importPanel).toHaveBeenLastCalledWith(1);
  });

  test("keys typed in the widget are none of the page's shortcuts", () => {
    const shortcut = vi.fn();
    document.addEventListener("keydown", shortcut);
    load().boot();
    launcher().dispatchEvent(new KeyboardEvent("keydown", { key: "k", bubbles: true, composed: true }));
    document.removeEventListener("keydown", shortcut);
    expect(shortcut).not.toHaveBeenCalled();
  });
});

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
