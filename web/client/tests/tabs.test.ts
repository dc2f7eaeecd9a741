import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Browser } from "./fake-browser.ts";
import { CHAT_ID, FakeServer } from "./fake-server.ts";

let server: FakeServer;
let browser: Browser;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  browser = new Browser(server);
});

afterEach(() => vi.useRealTimers());

const stored = () => server.messages.map(({ content }) => content);

describe("one socket", () => {
  test("four tabs have one, and show the same", async () => {
    server.store("Hello");
    const tabs = await browser.openTabs(4);
    expect(browser.leaders).toEqual([tabs[0]]);
    expect(server.opened).toHaveLength(1);
    for (const tab of tabs) expect([tab.texts, tab.connection]).toEqual([["Hello"], "live"]);
  });

  test("tabs that open at the same moment settle on one", async () => {
    const tabs = [browser.open(), browser.open(), browser.open()];
    await browser.settle();
    await browser.pass(1_000);
    expect(browser.leaders).toHaveLength(1);
    for (const tab of tabs) expect(tab.connection).toBe("live");
  });

  test("people of two tabs share nothing", async () => {
    const ada = browser.open("ada");
    const ben = browser.open("ben");
    await browser.settle();
    expect(browser.leaders).toEqual([ada, ben]);
  });

  test("a tab that is closed before the server has said who is here opens nothing afterwards", async () => {
    const tab = browser.open();
    tab.shared.close();
    await browser.settle();
    expect(server.opened).toHaveLength(0);
    const next = browser.open();
    await browser.settle();
    expect(browser.leaders).toEqual([next]);
  });

  test("a tab that starts without a connection joins the others when it has one", async () => {
    const [leader] = await browser.openTabs(1);
    server.rest = "down";
    const late = browser.open();
    await browser.settle();
    expect(late.connection).toBe("offline");
    server.rest = "up";
    await browser.pass(10_000);
    expect(browser.leaders).toEqual([leader]);
    expect(late.connection).toBe("live");
  });
});

describe("what one tab does is in all of them", () => {
  test("an answer arrives, rings and counts in every tab, and reading clears it everywhere", async () => {
    const tabs = await browser.openTabs(3);
    server.write("Hello");
    await browser.settle();
    for (const tab of tabs) {
      expect([tab.texts, tab.told, tab.store.getState().unread]).toEqual([["Hello"], ["Hello"], 1]);
    }
    tabs[2]!.store.markRead();
    await browser.settle();
    for (const tab of tabs) expect(tab.store.getState().unread).toBe(0);
    expect(server.calls.filter(({ path }) => path.endsWith("mark_read"))).toHaveLength(1);
  });

  test("texts of all tabs are stored once each, and stand in the same order everywhere", async () => {
    const tabs = await browser.openTabs(3);
    const texts = ["1", "2", "3", "4", "5", "6"];
    for (const [i, text] of texts.entries()) tabs[i % 3]!.store.send(text);
    for (const [i, tab] of tabs.entries()) if (i > 0) expect(tab.pending).toEqual([texts[i], texts[i + 3]]);
    await browser.settle();
    expect([...stored()].sort()).toEqual(texts);
    for (const tab of tabs) expect([tab.texts, tab.pending]).toEqual([stored(), []]);
    expect(browser.storage!.keys()).toEqual([]);
  });

  test("a text that the server refuses is marked in every tab, and any tab can give it up", async () => {
    const [leader, follower, other] = await browser.openTabs(3);
    server.reject = "invalid";
    follower!.store.send("Too much");
    await browser.settle();
    for (const tab of [leader!, follower!, other!]) {
      expect(tab.store.getState().pending).toMatchObject([{ content: "Too much", state: "failed" }]);
    }
    other!.store.drop(follower!.store.getState().pending[0]!.id);
    await browser.settle();
    for (const tab of [leader!, follower!, other!]) expect(tab.pending).toEqual([]);
    leader!.crash();
    await browser.settle();
    await browser.pass(1_000);
    expect(follower!.pending).toEqual([]);
    expect(stored()).toEqual([]);
  });

  test("typing goes through the leader, and costs no copy of the chat", async () => {
    const [leader, follower] = await browser.openTabs(2);
    const answers = vi.spyOn([...browser.channels][0]!, "postMessage");
    follower!.store.typing();
    await browser.settle();
    expect(leader!.sockets[0]!.sent.map(({ command }) => command)).toContain("whisper");
    expect(answers.mock.calls.filter(([answer]) => "state" in (answer as object))).toEqual([]);
  });

  test("older messages are fetched by the leader", async () => {
    for (let i = 1; i <= 60; i++) server.store(`m${i}`);
    const [, follower] = await browser.openTabs(2);
    expect(follower!.texts).toHaveLength(50);
    const loaded = follower!.store.loadOlder();
    await browser.settle();
    await loaded;
    expect(follower!.texts).toHaveLength(60);
    expect(follower!.told).toEqual([]);
  });

  test("a contact that one tab leaves is known in the others", async () => {
    const [leader, follower] = await browser.openTabs(2);
    const { contact } = follower!.store.getState();
    follower!.store.takeContact({ ...contact!, unconfirmed_email: "ada@lamps.example" });
    await browser.settle();
    for (const tab of [leader!, follower!]) {
      expect(tab.store.getState().contact).toMatchObject({ unconfirmed_email: "ada@lamps.example" });
    }
  });

  test("a refusal is told to every tab, as the typed error", async () => {
    const [leader, follower] = await browser.openTabs(2);
    server.refusals.set("GET support_chat/messages", { status: 503, code: "busy" });
    server.broadcast({ type: "new_message", message: { ...server.store("gap"), seq: 2 } });
    await browser.settle();
    for (const tab of [leader!, follower!]) expect(tab.errors).toMatchObject([{ name: "ApiError", code: "busy" }]);
  });
});

describe("without the means to share", () => {
  test("every tab has a socket of its own where locks are refused", async () => {
    browser.locks.request = () => Promise.reject(new DOMException("denied", "SecurityError"));
    const tabs = await browser.openTabs(2);
    expect(browser.leaders).toEqual(tabs);
    for (const tab of tabs) expect(tab.connection).toBe("live");
  });
});

test("texts of an earlier visit that lie in the drawer of whoever is here go out by the leader", async () => {
  const [, follower] = await browser.openTabs(1).then(async ([leader]) => {
    const entry = { id: "0198f000-0000-7000-8000-00000000000a", content: "From before", created_at: "", state: "waiting" };
    browser.storage!.set(`deskbell:outbox:user:new::${entry.id}`, JSON.stringify(entry));
    const tab = browser.open();
    await browser.settle();
    return [leader!, tab];
  });
  await browser.pass(1_000);
  expect(stored()).toEqual(["From before"]);
  expect(follower!.texts).toEqual(["From before"]);
  expect(browser.storage!.keys().filter((key) => key.includes(CHAT_ID))).toEqual([]);
});
