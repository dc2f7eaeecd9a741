import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readSettings } from "../src/loader/settings.ts";
import { api, hosts, importPanel, launcher, load, panels, setUp, root, settled, tearDown } from "./stage.ts";

const badge = () => root().querySelector<HTMLElement>(".badge")!;

beforeEach(setUp);
afterEach(tearDown);

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
    expect(launcher().getAttribute("aria-label")).toBe("聊天");
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
    expect(launcher().getAttribute("aria-label")).toBe("Chat");
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
    importPanel.mockRejectedValueOnce(new TypeError("Failed to fetch dynamically imported module"));
    const errors = vi.fn();
    load().boot();
    api.on("error", errors);
    api.open();
    await vi.waitFor(() => expect(errors).toHaveBeenCalledWith({ code: "panel_not_loaded" }));
    await vi.waitFor(() => expect(launcher().getAttribute("aria-expanded")).toBe("false"));
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
