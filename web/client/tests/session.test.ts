import { beforeEach, describe, expect, test, vi } from "vitest";
import { Api, ApiError } from "../src/api.ts";
import { Session, visitorDoor } from "../src/session.ts";
import { BASE, FakeServer } from "./fake-server.ts";

let server: FakeServer;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
});

function holder(key: string | null = null) {
  return { key, get: () => key, set: vi.fn((value: string | null) => void (key = value)) };
}

const bodies = () => server.calls.filter(({ path }) => path.endsWith("session")).map(({ body }) => body);

describe("a visitor's door", () => {
  test("a new visitor asks with nothing and keeps the key it is given", async () => {
    const visitorKey = holder();
    const session = new Session(visitorDoor(BASE, { visitorKey }, server.fetch));
    expect(await session.token()).toBe("token-1");
    expect(bodies()).toEqual([{}]);
    expect(visitorKey.set).toHaveBeenCalledWith("key-1");
    expect(session.user?.id).toBe("u1");
  });

  test("a returning visitor shows the key", async () => {
    await new Session(visitorDoor(BASE, { visitorKey: holder("old") }, server.fetch)).token();
    expect(bodies()).toEqual([{ visitor_key: "old" }]);
  });

  test("an identity outranks a link, and a link a key", async () => {
    const visitorKey = holder("old");
    const identity = async () => "fresh-jwt";
    await visitorDoor(BASE, { identity, link: "l", visitorKey }, server.fetch)();
    await visitorDoor(BASE, { identity: "jwt", visitorKey }, server.fetch)();
    await visitorDoor(BASE, { link: "l", visitorKey }, server.fetch)();
    expect(bodies()).toEqual([{ identity: "fresh-jwt" }, { identity: "jwt" }, { link: "l" }]);
  });

  test("a key that the server no longer knows makes way for a new visitor", async () => {
    const visitorKey = holder("gone");
    server.refusals.set("POST support_chat/session", { status: 401, code: "unauthorized" });
    await new Session(visitorDoor(BASE, { visitorKey }, server.fetch)).token();
    expect(bodies()).toEqual([{ visitor_key: "gone" }, {}]);
    expect(visitorKey.get()).toBe("key-1");
  });

  test("a network failure costs nobody the key", async () => {
    const visitorKey = holder("old");
    server.rest = "down";
    const session = new Session(visitorDoor(BASE, { visitorKey }, server.fetch));
    await expect(session.token()).rejects.toMatchObject({ code: "network", status: 0 });
    expect(visitorKey.get()).toBe("old");
  });
});

describe("a token", () => {
  const open = () => new Session(visitorDoor(BASE, { visitorKey: holder("k") }, server.fetch));

  test("is shared by calls at the same time and kept while it is good", async () => {
    const session = open();
    expect(await Promise.all([session.token(), session.token()])).toEqual(["token-1", "token-1"]);
    await vi.advanceTimersByTimeAsync(58 * 60_000);
    expect(await session.token()).toBe("token-1");
  });

  test("is renewed a minute before its end", async () => {
    const session = open();
    await session.token();
    await vi.advanceTimersByTimeAsync(59 * 60_000 + 1_000);
    expect(await session.token()).toBe("token-2");
  });

  test("of a very short life is still used for half of it", async () => {
    server.lifeSeconds = 30;
    const session = open();
    await session.token();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(await session.token()).toBe("token-1");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await session.token()).toBe("token-2");
  });

  test("that REST refuses is renewed once and the call repeated", async () => {
    const session = open();
    const api = new Api({ base: BASE, session, fetch: server.fetch });
    server.refusals.set("GET support_chat", { status: 401, code: "unauthorized" });
    await api.get("support_chat");
    const tokens = server.calls.filter(({ path }) => path === "support_chat").map(({ token }) => token);
    expect(tokens).toEqual(["token-1", "token-2"]);
  });

  test("that came while an older one was refused stays", async () => {
    const session = open();
    await session.token();
    session.expire();
    await session.token();
    session.expire("token-1");
    expect(await session.token()).toBe("token-2");
  });
});

test("a refusal is one typed error with what the server said", async () => {
  const session = new Session(visitorDoor(BASE, { visitorKey: holder("k") }, server.fetch));
  const api = new Api({ base: BASE, session, fetch: server.fetch });
  server.refusals.set("GET support_chat", { status: 429, code: "rate_limited", retryAfter: 7 });
  const error = await api.get("support_chat").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: "rate_limited", status: 429, retryAfter: 7, transient: true });
});

describe("another person", () => {
  test("a renewal that answers somebody else is refused: what is shown here is not theirs", async () => {
    let id = "ada";
    const session = new Session(async () => ({
      token: `token of ${id}`,
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      user: { id, email: null, name: null, role: "user" },
    }));
    expect(await session.token()).toBe("token of ada");
    id = "ben";
    session.expire();
    await expect(session.token()).rejects.toMatchObject({ status: 401 });
    expect(session.user?.id).toBe("ada");
    session.forget();
    expect(await session.token()).toBe("token of ben");
  });
});

describe("what is worth another try", () => {
  test("a host that cannot tell the identity just now", async () => {
    const identity = async () => Promise.reject(new Error("502"));
    const door = visitorDoor(BASE, { identity, visitorKey: holder() }, server.fetch);
    await expect(door()).rejects.toMatchObject({ code: "identity", transient: true });
  });

  test("an answer that is no JSON, as from the sign-in page of a network", async () => {
    const portal = async () => new Response("<html>Welcome</html>");
    const door = visitorDoor(BASE, { visitorKey: holder() }, portal);
    await expect(door()).rejects.toMatchObject({ code: "network", transient: true });
  });
});
