import { beforeEach, describe, expect, test, vi } from "vitest";
import { FakeServer, visit } from "./fake-server.ts";

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function open(options: Parameters<typeof visit>[1] = {}) {
  const page = visit(server, options);
  page.chat.open();
  await pass(5);
  const shown = () => page.chat.getState().messages.map(({ content }) => content);
  const pending = () => page.chat.getState().pending.map(({ content, state }) => [content, state]);
  return { ...page, shown, pending };
}

/** Server pings go on while time passes. */
async function passAlive(ms: number) {
  for (let left = ms; left > 0; left -= 3_000) {
    server.ping();
    await pass(Math.min(3_000, left));
  }
}

const posts = () => server.calls.filter(({ method, path }) => method === "POST" && path.endsWith("messages"));
const polls = () => server.calls.filter(({ path }) => path.includes("messages?after"));

describe("opening", () => {
  test("shows what is there and is live", async () => {
    server.store("one");
    server.store("two");
    const { chat, shown } = await open();
    expect(shown()).toEqual(["one", "two"]);
    expect(chat.getState()).toMatchObject({ connection: "live", loaded: true, lastSeq: 2, hasMore: false });
  });

  test("says connecting before, and asks the network nothing before it is opened", async () => {
    const { chat } = visit(server);
    await pass(60_000);
    expect(server.calls).toEqual([]);
    expect(chat.getState().connection).toBe("idle");
    chat.open();
    expect(chat.getState().connection).toBe("connecting");
  });

  test("without a network it is offline, and comes to life by itself", async () => {
    server.rest = "down";
    const { chat } = await open();
    expect(chat.getState().connection).toBe("offline");
    server.rest = "up";
    await pass(10_000);
    expect(chat.getState().connection).toBe("live");
  });

  test("older messages are loaded on demand, without a hole", async () => {
    for (let i = 1; i <= 120; i++) server.store(`m${i}`);
    const { chat, shown } = await open();
    expect(chat.getState().hasMore).toBe(true);
    await chat.loadOlder();
    await chat.loadOlder();
    expect(shown()).toEqual(Array.from({ length: 120 }, (_, i) => `m${i + 1}`));
    expect(chat.getState().hasMore).toBe(false);
  });
});

describe("sending", () => {
  test("the broadcast with its id acknowledges a message", async () => {
    const { chat, shown, pending } = await open();
    server.swallow = true;
    chat.send("hello");
    expect(pending()).toEqual([["hello", "sending"]]);
    expect(shown()).toEqual([]);
    server.broadcast({ type: "new_message", message: server.store("hello", "user", chat.getState().pending[0]!.id) });
    expect(pending()).toEqual([]);
    expect(shown()).toEqual(["hello"]);
  });

  test("a blank text is nothing", async () => {
    const { chat } = await open();
    expect(chat.send(" \n\t ")).toBeNull();
    expect(chat.getState().pending).toEqual([]);
  });

  test("what is written before the first connection goes out in order with it", async () => {
    const { chat } = visit(server);
    chat.send("first");
    chat.send("second");
    chat.open();
    await pass(5);
    expect(server.messages.map(({ content }) => content)).toEqual(["first", "second"]);
    expect(chat.getState().pending).toEqual([]);
  });

  test("what the line swallowed is sent again on the next one, and stored once", async () => {
    const { chat, shown, pending } = await open();
    server.swallow = true;
    chat.send("one");
    chat.send("two");
    const [first] = chat.getState().pending;
    server.store("one", "user", first!.id);
    [...server.sockets][0]!.cut();
    expect(pending().map(([, state]) => state)).toEqual(["waiting", "waiting"]);
    server.swallow = false;
    await pass(1_000);
    expect(shown()).toEqual(["one", "two"]);
    expect(server.messages).toHaveLength(2);
    expect(pending()).toEqual([]);
  });

  test("a text without an answer goes by REST after a while", async () => {
    const { chat, shown, pending } = await open();
    server.swallow = true;
    chat.send("unheard");
    await passAlive(9_900);
    expect(posts()).toHaveLength(0);
    await passAlive(200);
    expect(posts()).toHaveLength(1);
    expect(shown()).toEqual(["unheard"]);
    expect(pending()).toEqual([]);
  });

  test("a reload loses nothing that was not acknowledged", async () => {
    const first = await open();
    server.swallow = true;
    first.chat.send("survivor");
    first.chat.close();
    server.swallow = false;
    const second = await open({ storage: first.storage });
    expect(second.shown()).toEqual(["survivor"]);
    expect(second.pending()).toEqual([]);
  });

  test("a refused message stays with its text and reason, and can be retried or dropped", async () => {
    const { chat, shown } = await open();
    server.reject = "invalid";
    chat.send("no good");
    const [failed] = chat.getState().pending;
    expect(failed).toMatchObject({ content: "no good", state: "failed", code: "invalid" });
    server.reject = null;
    chat.retry(failed!.id);
    expect(shown()).toEqual(["no good"]);
    server.reject = "forbidden";
    chat.drop(chat.send("also bad")!.id);
    expect(chat.getState().pending).toEqual([]);
  });

  test("retrying what waits tries the connection at once", async () => {
    server.cable = "down";
    const { chat, pending } = await open();
    server.rest = "down";
    for (let i = 0; i < 6; i++) await pass(9_000);
    const { id } = chat.send("now, please")!;
    server.cable = "up";
    chat.retry(id);
    await pass(5);
    expect(pending()).toEqual([]);
    expect(server.messages).toHaveLength(1);
  });

  test("a busy server does not make a message fail", async () => {
    const { chat, pending, shown } = await open();
    server.reject = "rate_limited";
    chat.send("later");
    expect(pending()).toEqual([["later", "waiting"]]);
    server.reject = null;
    await passAlive(10_100);
    expect(shown()).toEqual(["later"]);
  });
});

describe("receiving", () => {
  test("live messages appear once and are told of", async () => {
    const { chat, shown } = await open();
    const heard = vi.fn();
    chat.on("message", heard);
    const message = server.write("hi");
    server.broadcast({ type: "new_message", message });
    expect(shown()).toEqual(["hi"]);
    expect(heard.mock.calls).toEqual([[message]]);
  });

  test("a gap is filled before anything is shown out of order", async () => {
    const { shown } = await open();
    server.store("missed 1");
    server.store("missed 2");
    server.write("seen");
    expect(shown()).toEqual([]);
    await pass(1);
    expect(shown()).toEqual(["missed 1", "missed 2", "seen"]);
  });

  test("a gap that cannot be filled at once is filled when REST works again", async () => {
    const { shown, chat } = await open();
    server.store("missed");
    server.rest = "down";
    server.write("seen");
    await passAlive(3_000);
    expect(shown()).toEqual([]);
    expect(chat.getState().connection).toBe("live");
    server.rest = "up";
    await passAlive(12_000);
    expect(shown()).toEqual(["missed", "seen"]);
  });

  test("after a reconnection the socket brings what was missed, without REST", async () => {
    const { shown } = await open();
    server.write("before");
    [...server.sockets][0]!.cut();
    server.store("meanwhile");
    const calls = server.calls.length;
    await pass(1_000);
    expect(shown()).toEqual(["before", "meanwhile"]);
    expect(server.calls).toHaveLength(calls);
  });

  test("a restored backup makes everything be loaded anew", async () => {
    const { shown } = await open();
    server.write("kept");
    server.write("lost with the restore");
    [...server.sockets][0]!.cut();
    server.messages = server.messages.slice(0, 1);
    server.epoch = "epoch-2";
    await pass(1_000);
    expect(shown()).toEqual(["kept"]);
    server.write("after");
    expect(shown()).toEqual(["kept", "after"]);
  });

  test("another message in a place that is taken makes everything be loaded anew", async () => {
    const { shown } = await open();
    server.write("as we know it");
    server.messages = [];
    server.write("as it is");
    await pass(1);
    expect(shown()).toEqual(["as it is"]);
  });
});

describe("without a socket", () => {
  test("two failed connects, and it polls every five seconds while it goes on trying", async () => {
    server.cable = "down";
    const { chat, shown } = await open();
    await pass(1_000);
    expect(chat.getState().connection).toBe("polling");
    server.store("by polling");
    await pass(5_000);
    expect(shown()).toEqual(["by polling"]);
    const before = polls().length;
    await pass(20_000);
    expect(polls().length - before).toBe(4);
    server.cable = "up";
    await passAlive(21_000);
    expect(chat.getState().connection).toBe("live");
    const after = polls().length;
    await passAlive(30_000);
    expect(polls()).toHaveLength(after);
  });

  test("where there is no WebSocket at all, polling is everything", async () => {
    const { chat, shown } = await open({ sockets: false });
    expect(chat.getState().connection).toBe("polling");
    chat.send("one");
    chat.send("two");
    await pass(1);
    expect(shown()).toEqual(["one", "two"]);
    expect(server.opened).toHaveLength(0);
  });

  test("sending by REST keeps the order and goes on after a pause", async () => {
    const { chat, shown, pending } = await open({ sockets: false });
    server.refusals.set("POST support_chat/messages", { status: 429, code: "rate_limited", retryAfter: 2 });
    chat.send("one");
    chat.send("two");
    await pass(1);
    expect(shown()).toEqual([]);
    expect(pending().map(([, state]) => state)).toEqual(["waiting", "waiting"]);
    await pass(10_000);
    expect(shown()).toEqual(["one", "two"]);
  });

  test("a text that REST refuses fails, and the next one is sent all the same", async () => {
    const { chat, shown, pending } = await open({ sockets: false });
    server.refusals.set("POST support_chat/messages", { status: 422, code: "invalid" });
    chat.send("bad");
    chat.send("good");
    await pass(1);
    expect(pending()).toEqual([["bad", "failed"]]);
    expect(shown()).toEqual(["good"]);
  });

  test("when REST fails too it says offline, and polling when it is back", async () => {
    const { chat } = await open({ sockets: false });
    server.rest = "down";
    await pass(5_100);
    expect(chat.getState().connection).toBe("offline");
    server.rest = "up";
    await pass(20_000);
    expect(chat.getState().connection).toBe("polling");
  });

  test("an answer by REST after an outage brings the socket back soon", async () => {
    const { chat, cable } = await open();
    server.cable = "down";
    server.rest = "down";
    server.opened.at(-1)!.cut();
    await pass(100_000);
    expect(chat.getState().connection).toBe("offline");
    const back = vi.spyOn(cable, "serverIsBack");
    server.cable = "up";
    server.rest = "up";
    await pass(20_000);
    expect(back).toHaveBeenCalledOnce();
    expect(chat.getState().connection).toBe("live");
  });
});

describe("leaving", () => {
  test("what was written goes out though the chat is left before it was subscribed", async () => {
    server.cable = "mute";
    const { chat } = await open();
    chat.send("on my way out");
    chat.close();
    await pass(1);
    expect(posts()).toHaveLength(1);
    expect(chat.getState().pending).toEqual([]);
  });
});

describe("reading again", () => {
  test("a read mark that is refused for now is told again while the socket lives", async () => {
    server.unread = 1;
    server.store("a");
    const { chat } = await open();
    server.refusals.set("PATCH support_chat/mark_read", { status: 503, code: "busy" });
    chat.markRead();
    await pass(1);
    server.refusals.clear();
    await passAlive(6_000);
    const marks = server.calls.filter(({ path }) => path.endsWith("mark_read"));
    expect(marks).toHaveLength(2);
  });
});

describe("signed out", () => {
  test("a session that ends is said, and nothing is asked any more", async () => {
    server.refusals.set("POST support_chat/session", { status: 403, code: "forbidden" });
    const { chat } = await open();
    expect(chat.getState().connection).toBe("signed_out");
    const calls = server.calls.length;
    await pass(60_000);
    expect(server.calls).toHaveLength(calls);
  });
});

describe("reading", () => {
  test("counts what came from the other side and tells the server once it is seen", async () => {
    server.unread = 2;
    server.store("a");
    server.store("b");
    const { chat } = await open();
    const counts = vi.fn();
    chat.on("unread", counts);
    server.write("c");
    server.write("own", "user");
    expect(chat.getState().unread).toBe(3);
    chat.markRead();
    await pass(1);
    expect(counts.mock.calls.flat()).toEqual([3, 0]);
    expect(server.calls.at(-1)).toMatchObject({ method: "PATCH", path: "support_chat/mark_read", body: { up_to: 4 } });
  });

  test("a mark that did not arrive is repeated", async () => {
    const { chat } = await open();
    server.write("a");
    server.rest = "down";
    chat.markRead();
    await pass(1);
    server.rest = "up";
    [...server.sockets][0]!.cut();
    await pass(1_000);
    expect(server.calls.at(-1)).toMatchObject({ method: "PATCH", body: { up_to: 1 } });
    expect(chat.getState().unread).toBe(0);
  });

  test("what another tab has read is read here", async () => {
    const { chat } = await open();
    server.write("a");
    server.write("b");
    server.broadcast({ type: "messages_read", up_to: 1, read_at: "2026-11-22T10:01:00Z" });
    expect(chat.getState()).toMatchObject({ unread: 1, readUpTo: 1 });
    expect(chat.getState().messages.map(({ read_at }) => read_at !== null)).toEqual([true, false]);
  });
});

describe("company", () => {
  test("typing shows for five seconds, or until the message is here", async () => {
    const { chat } = await open();
    const typing = () => chat.getState().typing;
    server.broadcast({ type: "typing", sender_type: "admin" });
    expect(typing()).toBe(true);
    server.write("done");
    expect(typing()).toBe(false);
    server.broadcast({ type: "typing", sender_type: "admin" });
    await pass(5_000);
    expect(typing()).toBe(false);
    server.broadcast({ type: "typing", sender_type: "user" });
    expect(typing()).toBe(false);
  });

  test("own typing is told now and then, and soon again after a message", async () => {
    const { chat } = await open();
    const whispers = () => server.opened[0]!.sent.filter(({ command }) => command === "whisper").length;
    for (let i = 0; i < 30; i++) {
      chat.typing();
      await pass(100);
    }
    expect(whispers()).toBe(2);
    chat.send("x");
    chat.typing();
    await pass(100);
    expect(whispers()).toBe(3);
  });

  test("who is here is known while the line is, and forgotten with it", async () => {
    const { chat } = await open();
    const info = { sender_type: "admin" as const, name: "Mei" };
    const socket = [...server.sockets][0]!;
    const say = (message: object) => socket.say({ type: "presence", identifier: socket.sent[0]!.identifier, message });
    say({ type: "info", total: 1, records: [{ id: "a", info }] });
    say({ type: "join", id: "b", info });
    say({ type: "leave", id: "a" });
    expect(chat.getState().presence).toEqual([{ id: "b", info }]);
    socket.cut();
    expect(chat.getState().presence).toEqual([]);
  });

  test("archiving and restoring are followed", async () => {
    const { chat } = await open();
    server.broadcast({ type: "chat_archived", chat_id: "c" });
    expect(chat.getState().archived).toBe(true);
    server.broadcast({ type: "chat_unarchived", chat_id: "c" });
    expect(chat.getState().archived).toBe(false);
  });
});
