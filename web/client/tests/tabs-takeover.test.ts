import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CHECK_MS, SILENCE_MS, SPREAD_MS } from "../src/follower.ts";
import { Browser } from "./fake-browser.ts";
import { FakeServer } from "./fake-server.ts";

let server: FakeServer;
let browser: Browser;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  browser = new Browser(server);
});

afterEach(() => vi.useRealTimers());

const stored = () => server.messages.map(({ content }) => content);

const TAKEN_OVER = SILENCE_MS + SPREAD_MS + 100;

describe("a leader that is of no use", () => {
  test("frozen, it loses its turn to a tab in view, and follows when it thaws", async () => {
    server.store("Hello");
    const [leader, follower] = await browser.openTabs(2);
    leader!.freeze();
    follower!.store.send("Anybody?");
    await browser.pass(TAKEN_OVER);
    await browser.settle();
    expect(stored()).toEqual(["Hello", "Anybody?"]);
    expect(follower!.pending).toEqual([]);
    leader!.thaw();
    await browser.settle();
    expect(browser.leaders).toEqual([follower]);
    expect(leader!.texts).toEqual(["Hello", "Anybody?"]);
    leader!.store.send("Awake");
    await browser.settle();
    expect(stored()).toEqual(["Hello", "Anybody?", "Awake"]);
  });

  test("of two texts that it never heard none is lost with it", async () => {
    const [leader, follower] = await browser.openTabs(2);
    leader!.store.typing();
    server.write("Hello");
    leader!.freeze();
    follower!.store.send("one");
    follower!.store.send("two");
    await browser.settle();
    expect(follower!.pending).toEqual(["one", "two"]);
    leader!.crash();
    await browser.settle();
    await browser.pass(TAKEN_OVER);
    expect(stored()).toEqual(["Hello", "one", "two"]);
  });

  test("it is found out by who only reads, too", async () => {
    const [leader, follower] = await browser.openTabs(2);
    leader!.freeze();
    await browser.pass(CHECK_MS + TAKEN_OVER);
    expect(browser.leaders).toEqual([follower]);
  });

  test("a tab that nobody looks at robs nobody", async () => {
    const [leader, follower] = await browser.openTabs(2);
    follower!.place.lookAway();
    leader!.freeze();
    follower!.store.send("Anybody?");
    await browser.pass(60_000);
    expect(follower!.sockets).toEqual([]);
    expect(follower!.pending).toEqual(["Anybody?"]);
  });

  test("two leaders for a moment: the older one's word is worth nothing", async () => {
    const [leader, follower, third] = await browser.openTabs(3);
    leader!.freeze();
    third!.place.lookAway();
    follower!.store.send("Anybody?");
    await browser.pass(TAKEN_OVER);
    // What it had to say before it stood still comes out late.
    const old = leader!.openChannel(third!.channels[0]!.name);
    const state = { ...third!.store.getState(), messages: [], unread: 7 };
    old.postMessage({ since: 1, visible: true, state });
    await browser.settle();
    expect(third!.texts).toEqual(["Anybody?"]);
    expect(third!.store.getState().unread).toBe(0);
  });

  test("a turn that comes just as a tab robs is not taken twice", async () => {
    const [leader, follower] = await browser.openTabs(2);
    browser.locks.late = true;
    leader!.freeze();
    follower!.store.send("Anybody?");
    await browser.pass(TAKEN_OVER);
    await browser.settle();
    expect(browser.leaders).toEqual([follower]);
    expect(follower!.channels).toHaveLength(1);
    expect(stored()).toEqual(["Anybody?"]);
  });

  test("two tabs in view that rob at once settle on one", async () => {
    const [leader, ...rest] = await browser.openTabs(3);
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    leader!.freeze();
    for (const tab of rest) tab.store.send("Anybody?");
    await browser.pass(TAKEN_OVER);
    await browser.settle();
    await browser.pass(1_000);
    leader!.thaw();
    await browser.settle();
    await browser.pass(1_000);
    expect(browser.leaders).toHaveLength(1);
    expect(stored()).toEqual(["Anybody?", "Anybody?"]);
    vi.restoreAllMocks();
  });

  test("one that nobody sees and that lost its line gives way to a tab in view: its clock is slow", async () => {
    const [leader, follower] = await browser.openTabs(2);
    leader!.place.lookAway();
    server.cable = "down";
    for (const socket of server.sockets) socket.cut();
    await browser.pass(2 * CHECK_MS);
    expect(follower!.sockets.length).toBeGreaterThan(0);
    server.cable = "up";
    await browser.pass(30_000);
    expect(browser.leaders).toEqual([follower]);
    expect(leader!.connection).toBe("live");
  });

  test("one whose proof has run out gives way to a tab whose own is good", async () => {
    const [leader] = await browser.openTabs(1, "ada#1");
    const [, follower] = await browser.openTabs(1, "ada#2");
    server.expired.add("ada#1");
    leader!.shared.client.session.expire();
    for (const socket of server.sockets) socket.cut();
    await browser.pass(3_000);
    await browser.settle();
    expect(browser.leaders).toEqual([follower]);
    for (const tab of [leader!, follower!]) expect(tab.connection).toBe("live");
  });

  test("when no tab has a good proof, all of them say so, and ask no more", async () => {
    const tabs = await browser.openTabs(2, "ada");
    server.expired.add("ada");
    for (const tab of tabs) tab.shared.client.session.expire();
    for (const socket of server.sockets) socket.cut();
    await browser.pass(5_000);
    for (const tab of tabs) expect(tab.connection).toBe("signed_out");
    const before = server.calls.length;
    await browser.pass(20_000);
    expect(server.calls).toHaveLength(before);
  });
});
