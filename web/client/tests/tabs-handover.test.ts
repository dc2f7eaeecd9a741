import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Browser, type Tab } from "./fake-browser.ts";
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

describe("the leader goes", () => {
  test.each([
    ["closes", (tab: Tab) => tab.shared.close()],
    ["crashes", (tab: Tab) => tab.crash()],
    ["navigates away", (tab: Tab) => tab.place.putAside()],
  ])("it %s: another goes on within a second, without an empty moment", async (_, go) => {
    server.store("Hello");
    const [leader, ...rest] = await browser.openTabs(3);
    for (const tab of rest) tab.seen.length = 0;
    go(leader!);
    server.store("Meanwhile");
    await browser.settle();
    await browser.pass(900);
    expect(browser.leaders).toHaveLength(1);
    server.write("And now");
    await browser.settle();
    for (const tab of rest) {
      expect(tab.texts).toEqual(["Hello", "Meanwhile", "And now"]);
      expect(tab.told).toEqual(["Meanwhile", "And now"]);
      expect(tab.connection).toBe("live");
      expect(tab.seen.every(({ texts, loaded }) => loaded && texts[0] === "Hello")).toBe(true);
      expect(tab.seen.map(({ connection }) => connection)).not.toContain("signed_out");
    }
  });

  test.each([
    ["of the browser", true],
    ["of one tab alone", false],
  ])("what a follower sends as it dies is stored once (the storage is %s)", async (_, shared) => {
    if (!shared) browser = new Browser(server, null);
    const [leader, follower, other] = await browser.openTabs(3);
    leader!.store.send("From the leader");
    await browser.settle();
    server.swallow = true;
    leader!.store.send("Lost with the leader");
    await browser.settle();
    follower!.store.send("From the follower");
    other!.store.send("From the other");
    leader!.crash();
    expect(follower!.pending.slice(0, 2)).toEqual(["Lost with the leader", "From the follower"]);
    server.swallow = false;
    await browser.settle();
    await browser.pass(2_000);
    expect(stored()).toEqual(["From the leader", "Lost with the leader", "From the follower", "From the other"]);
    for (const tab of [follower!, other!]) expect([tab.texts, tab.pending]).toEqual([stored(), []]);
  });

  test("a text that the server has though the leader died before it knew is not doubled", async () => {
    const [leader, follower] = await browser.openTabs(2);
    server.swallow = true;
    follower!.store.send("Once");
    await browser.settle();
    const { id, content } = follower!.store.getState().pending[0]!;
    server.store(content, "user", id);
    leader!.crash();
    server.swallow = false;
    await browser.settle();
    await browser.pass(1_000);
    expect(stored()).toEqual(["Once"]);
    expect([follower!.texts, follower!.pending]).toEqual([["Once"], []]);
  });

  test("what was unread stays so, and is counted once", async () => {
    const [leader, follower] = await browser.openTabs(2);
    server.unread = 1;
    server.write("Hello");
    await browser.settle();
    leader!.shared.close();
    await browser.settle();
    await browser.pass(1_000);
    expect(follower!.store.getState().unread).toBe(1);
    expect(follower!.unread).toEqual([1]);
  });

  test("while the server is away too, texts of two tabs wait in view and go out when it is back", async () => {
    const [leader, follower, other] = await browser.openTabs(3);
    server.rest = server.cable = "down";
    for (const socket of server.sockets) socket.cut();
    follower!.store.send("one");
    other!.store.send("two");
    await browser.settle();
    leader!.crash();
    await browser.pass(5_000);
    for (const tab of [follower!, other!]) {
      expect([tab.connection, tab.pending]).toEqual(["offline", ["one", "two"]]);
    }
    server.rest = server.cable = "up";
    await browser.pass(30_000);
    expect(stored()).toEqual(["one", "two"]);
    for (const tab of [follower!, other!]) expect([tab.texts, tab.pending]).toEqual([["one", "two"], []]);
  });

  test("a page that comes back from the cache follows, and shows what it showed until then", async () => {
    server.store("Hello");
    const [first, second] = await browser.openTabs(2);
    first!.place.putAside();
    await browser.settle();
    await browser.pass(1_000);
    expect(browser.leaders).toEqual([second]);
    server.write("Meanwhile");
    first!.seen.length = 0;
    first!.place.comeBack();
    expect(first!.texts).toEqual(["Hello"]);
    await browser.settle();
    expect(first!.texts).toEqual(["Hello", "Meanwhile"]);
    expect(first!.told).toEqual(["Meanwhile"]);
    expect(browser.leaders).toEqual([second]);
    second!.place.putAside();
    second!.place.comeBack();
    await browser.settle();
    await browser.pass(1_000);
    expect(browser.leaders).toEqual([first]);
    expect(second!.connection).toBe("live");
  });

  test("a page that followed and comes back shows what it showed, at once", async () => {
    server.store("Hello");
    const [, follower] = await browser.openTabs(2);
    follower!.place.putAside();
    follower!.place.comeBack();
    expect(follower!.texts).toEqual(["Hello"]);
  });

  test("in the middle of telling something, it closes without a complaint", async () => {
    const [leader, follower] = await browser.openTabs(2);
    leader!.store.send("Bye");
    leader!.shared.close();
    await browser.settle();
    await browser.pass(1_000);
    expect(follower!.texts).toEqual(["Bye"]);
  });

  test("the next one is believed though the clock was put back", async () => {
    const [leader, , third] = await browser.openTabs(3);
    vi.setSystemTime(Date.now() - 3_600_000);
    leader!.shared.close();
    await browser.settle();
    server.write("Hello");
    await browser.settle();
    expect(third!.texts).toEqual(["Hello"]);
  });

  test("a page that is alone and comes back leads again", async () => {
    server.store("Hello");
    const [tab] = await browser.openTabs(1);
    tab!.place.putAside();
    expect(browser.leaders).toEqual([]);
    server.store("Meanwhile");
    server.rest = "down";
    tab!.place.comeBack();
    await browser.pass(1_000);
    expect(tab!.texts).toEqual(["Hello"]);
    server.rest = "up";
    await browser.pass(10_000);
    expect(tab!.connection).toBe("live");
    expect(tab!.told).toEqual(["Meanwhile"]);
  });
});
