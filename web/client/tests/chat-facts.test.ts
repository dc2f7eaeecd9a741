import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeServer, visit } from "./fake-server.ts";

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

afterEach(() => vi.useRealTimers());

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

async function open(options: Parameters<typeof visit>[1] = {}) {
  const page = visit(server, options);
  page.chat.open();
  await pass(5);
  return page;
}

describe("what the agents have seen", () => {
  test("is told by the page, and moves on with every event", async () => {
    server.viewedUpTo = 2;
    const { chat } = await open();
    expect(chat.getState().viewedUpTo).toBe(2);
    server.broadcast({ type: "chat_viewed", up_to: 5 });
    expect(chat.getState().viewedUpTo).toBe(5);
  });

  test("never goes back: events may overtake each other", async () => {
    const { chat } = await open();
    server.broadcast({ type: "chat_viewed", up_to: 5 });
    server.broadcast({ type: "chat_viewed", up_to: 3 });
    expect(chat.getState().viewedUpTo).toBe(5);
  });

  test("is caught up on after a lost line", async () => {
    const { chat } = await open();
    server.viewedUpTo = 4;
    [...server.sockets][0]!.cut();
    await pass(1_000);
    expect(chat.getState().viewedUpTo).toBe(4);
  });

  test("comes with the polls where there is no socket, and so does being archived", async () => {
    const { chat } = await open({ sockets: false });
    server.archived = true;
    server.viewedUpTo = 3;
    await pass(5_100);
    expect(chat.getState()).toMatchObject({ connection: "polling", archived: true, viewedUpTo: 3 });
    server.archived = false;
    await pass(5_100);
    expect(chat.getState().archived).toBe(false);
  });

  test("is asked by polls in a way that marks nothing as read", async () => {
    server.unread = 1;
    server.store("Hello");
    const { chat } = await open({ sockets: false });
    await pass(20_000);
    expect(chat.getState().unread).toBe(1);
    expect(server.unread).toBe(1);
  });
});

describe("what the page tells of the desk and of oneself", () => {
  test("how long an answer takes, or that nobody can say", async () => {
    expect((await open()).chat.getState().replySeconds).toBeNull();
    server.replySeconds = 180;
    expect((await open()).chat.getState().replySeconds).toBe(180);
  });

  test("nobody knows a contact before it is loaded", async () => {
    const { chat } = visit(server);
    expect(chat.getState().contact).toBeNull();
    chat.open();
    await pass(5);
    expect(chat.getState().contact).toEqual(server.contact);
  });

  test("a change is what the server made of it", async () => {
    const { chat } = await open();
    const contact = { ...server.contact, unconfirmed_email: "ada@lamps.example" };
    chat.takeContact(contact);
    expect(chat.getState().contact).toEqual(contact);
  });
});

describe("a server that restarts", () => {
  const goodbye = () => {
    for (const socket of server.sockets) {
      socket.say({ type: "disconnect", reason: "server_restart", reconnect: true });
    }
  };

  async function connections() {
    const page = await open();
    const told: string[] = [];
    page.chat.on("connection", (connection) => told.push(connection));
    return { ...page, told };
  }

  test("is said to restart from its goodbye to its welcome", async () => {
    const { told } = await connections();
    goodbye();
    expect(told).toEqual(["restarting"]);
    await pass(3_000);
    expect(told).toEqual(["restarting", "live"]);
  });

  test("refuses connections for some seconds, and is said to restart all the while", async () => {
    const { chat, told } = await connections();
    goodbye();
    server.rest = server.cable = "down";
    await pass(4_000);
    expect(chat.getState().connection).toBe("restarting");
    server.rest = server.cable = "up";
    await pass(6_000);
    expect(told).toEqual(["restarting", "live"]);
  });

  test("stays away: that is an outage, and so is the next one", async () => {
    const { chat, told } = await connections();
    goodbye();
    server.rest = server.cable = "down";
    await pass(60_000);
    expect(told).toEqual(["restarting", "offline"]);
    server.rest = server.cable = "up";
    while (chat.getState().connection !== "live") await pass(100);
    for (const socket of server.sockets) socket.say({ type: "ping", message: 1 });
    server.rest = server.cable = "down";
    [...server.sockets][0]!.cut();
    await pass(10_000);
    expect(told.slice(2)).not.toContain("restarting");
  });

  test("a network that is gone is no restart", async () => {
    const { chat, place } = await connections();
    goodbye();
    place.goOffline();
    expect(chat.getState().connection).toBe("offline");
  });

  test("a chat that was left meanwhile and is opened again knows nothing of it", async () => {
    const { chat, cable } = await connections();
    goodbye();
    chat.close();
    cable.disconnect();
    server.cable = "mute";
    chat.open();
    expect(chat.getState().connection).toBe("connecting");
  });
});
