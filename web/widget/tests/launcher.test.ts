import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { readSettings } from "../src/loader/settings.ts";
import { api, hosts, importPanel, launcher, load, panels, setUp, root, settled, tearDown } from "./stage.ts";

const badge = () => root().querySelector<HTMLElement>(".badge")!;

beforeEach(setUp);
afterEach(tearDown);

describe("settings", () => {
  test("the script tag outranks the global, and a bare attribute means yes", () => {
    const data = { locale: "zh", open: "", sound: "off", zIndex: "50" };
    expect({ ...readSettings({ locale: "ar", theme: "dark", open: false }), ...readSettings(data) }).toEqual({
      locale: "zh",
      theme: "dark",
      open: true,
      sound: false,
      zIndex: 50,
    });
  });

  test("what is unknown is ignored, what cannot be is said and ignored, and nothing throws", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    vi.stubGlobal("CSS", { supports: () => false });
    expect(readSettings({ zIndex: "high", offsetX: Number.NaN, title: 5, color: "blurple", src: "x", open: {} })).toEqual({});
    expect(warn.mock.calls.map(([said]) => String(said).split(" ")[1]).sort()).toEqual(
      ["color", "offsetX", "open", "title", "zIndex"],
    );
    for (const nothing of [null, undefined, 5, "text", []]) expect(readSettings(nothing)).toEqual({});
    warn.mockRestore();
  });

  test("the host's places and layers are taken, and the look changes where it stands", () => {
    load({ offsetX: 4, offsetY: 90, zIndex: 7, side: "left", theme: "dark" }).boot();
    const frame = root().querySelector<HTMLElement>(".dk")!;
    const own = (name: string) => frame.style.getPropertyValue(name);
    expect([own("--dx"), own("--dy"), own("z-index")]).toEqual(["4px", "90px", "7"]);
    expect(["left", "dark"].every((name) => frame.classList.contains(name))).toBe(true);
    api.update({ offsetY: 8, side: "right", theme: "light", launcher: false });
    expect(own("--dy")).toBe("8px");
    expect(["left", "dark"].some((name) => frame.classList.contains(name))).toBe(false);
    expect(launcher().hidden).toBe(true);
  });

  test("language and direction follow the wish, else the page", () => {
    load({ locale: "ar" }).boot();
    expect(root().querySelector<HTMLElement>(".dk")).toMatchObject({ lang: "ar", dir: "rtl" });
    api.shutdown();
    document.documentElement.lang = "zh-CN";
    load().boot();
    expect(launcher().ariaLabel).toBe("聊天");
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
    expect(launcher().ariaExpanded).toBe("false");
  });

  test("without consent nobody is known and nothing opens by itself", async () => {
    vi.useFakeTimers();
    localStorage.setItem("deskbell:visitor_key", "k");
    load({ consent: false, identity: "jwt", eager: true, open: true }).boot();
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(importPanel).not.toHaveBeenCalled();
    api.update({ consent: true });
    await settled();
    expect(launcher().ariaExpanded).toBe("true");
  });

  test("consent that is taken back deletes and hides; given again, it brings everything back", async () => {
    localStorage.setItem("deskbell:visitor_key", "k");
    load().boot();
    await settled();
    api.open();
    api.update({ consent: false });
    await vi.waitFor(() => expect(panels[0]!.destroy).toHaveBeenCalled());
    expect(localStorage).toHaveLength(0);
    expect(root().querySelector<HTMLElement>(".dk")!.hidden).toBe(true);
    api.update({ consent: true });
    expect(root().querySelector<HTMLElement>(".dk")!.hidden).toBe(false);
    expect(panels).toHaveLength(1);
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
    expect(launcher().ariaExpanded).toBe("true");
    expect(launcher().ariaLabel).toBe("Chat");
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
    expect(launcher().ariaLabel).toBe("Open chat, unread messages: 3");
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
    await vi.waitFor(() => expect(launcher().ariaExpanded).toBe("false"));
    api.open();
    await settled();
    expect(importPanel).toHaveBeenLastCalledWith(1);
  });

  test("a prefilled text is written once, and never over what the visitor has there", async () => {
    load({ text: "My order is " }).boot();
    launcher().click();
    await settled();
    await vi.waitFor(() => expect(panels[0]!.write).toHaveBeenCalledWith("My order is "));
    launcher().click();
    launcher().click();
    await vi.waitFor(() => expect(panels[0]!.setOpen).toHaveBeenCalledTimes(3));
    expect(panels[0]!.write).toHaveBeenCalledTimes(1);
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
