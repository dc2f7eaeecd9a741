import { beforeEach, describe, expect, test, vi } from "vitest";
import { Cable, type CableState, STALE_MS } from "../src/cable.ts";
import { Session } from "../src/session.ts";
import type { SessionAnswer } from "../src/wire.ts";
import { ApiError } from "../src/api.ts";
import { BASE, FakeServer } from "./fake-server.ts";
import { Place } from "./place.ts";

let server: FakeServer;
let place: Place;
let tokens: number;
let refusal: ApiError | null;

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  place = new Place();
  tokens = 0;
  refusal = null;
});

function connect(random = () => 0.5) {
  const door = async (): Promise<SessionAnswer> => {
    if (refusal) throw refusal;
    const expires_at = new Date(Date.now() + 3_600_000).toISOString();
    return { token: `t${++tokens}`, expires_at, user: { id: "u", email: null, name: null, role: "user" } };
  };
  const session = new Session(door);
  const { openSocket } = server;
  const cable = new Cable({ base: BASE, session, surroundings: place, openSocket, random });
  const states: CableState[] = [];
  cable.onState((state) => states.push(state));
  cable.connect();
  return { cable, states };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const last = () => server.opened.at(-1)!;

async function live(random?: () => number) {
  const line = connect(random);
  await pass(1);
  expect(line.cable.state).toBe("live");
  return line;
}

describe("connecting", () => {
  test("the token travels as a sub-protocol, never in the address", async () => {
    await live();
    expect(last().url).toBe("wss://help.example/desk/cable");
    expect(last().protocols).toEqual(["actioncable-v1-ext-json", "anycable-token.t1"]);
  });

  test("it is live only after the welcome", async () => {
    const { states } = await live();
    expect(states).toEqual(["connecting", "live"]);
  });

  test("a server that never welcomes is given up", async () => {
    server.cable = "mute";
    const { cable } = connect();
    await pass(10_001);
    expect(cable.state).toBe("waiting");
    expect(server.opened[0]!.closed).toBe(true);
  });
});

describe("staying alive", () => {
  test("pings keep it green", async () => {
    const { cable } = await live();
    for (let i = 0; i < 10; i++) {
      await pass(3_000);
      server.ping();
    }
    expect(cable.state).toBe("live");
    expect(server.opened).toHaveLength(1);
  });

  test("after two missed pings the line is dead, though the socket says nothing", async () => {
    const { cable } = await live();
    await pass(STALE_MS - 1);
    expect(cable.state).toBe("live");
    await pass(1);
    expect(cable.state).toBe("waiting");
    expect(server.opened[0]!.closed).toBe(true);
    await pass(300);
    expect(cable.state).toBe("live");
  });
});

describe("coming back", () => {
  test("waits longer after each failure, with full jitter and a limit", async () => {
    const { cable } = await live(() => 1);
    server.cable = "down";
    last().cut();
    const delays: number[] = [];
    while (delays.length < 8) {
      const [before, start] = [server.opened.length, Date.now()];
      while (server.opened.length === before) await pass(50);
      delays.push(Date.now() - start);
      await pass(1);
    }
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
    expect(cable.failures).toBe(9);
  });

  test("the back-off begins anew only when pings arrive, not with a mere welcome", async () => {
    const { cable } = await live();
    for (let i = 0; i < 3; i++) {
      last().cut();
      await pass(5_000);
    }
    expect(cable.state).toBe("live");
    expect(cable.failures).toBe(3);
    server.ping();
    expect(cable.failures).toBe(0);
  });

  test("a wake tries at once instead of waiting", async () => {
    const { cable } = await live(() => 1);
    server.cable = "down";
    last().cut();
    for (let i = 0; i < 6; i++) await pass(9_000);
    server.cable = "up";
    place.goOnline();
    await pass(1);
    expect(cable.state).toBe("live");
  });

  test("a server that is known to be back is tried soon, spread over two seconds", async () => {
    const { cable } = await live(() => 1);
    server.cable = "down";
    last().cut();
    for (let i = 0; i < 6; i++) await pass(9_000);
    const { failures } = cable;
    server.cable = "up";
    cable.serverIsBack();
    await pass(1_999);
    expect(cable.state).toBe("waiting");
    await pass(2);
    expect(cable.state).toBe("live");
    expect(cable.failures).toBe(failures);
  });

  test("offline closes the socket and online opens one", async () => {
    const { cable } = await live();
    place.goOffline();
    expect(cable.state).toBe("waiting");
    expect(server.opened[0]!.closed).toBe(true);
    await pass(5_000);
    expect(server.opened).toHaveLength(1);
    place.goOnline();
    await pass(1);
    expect(cable.state).toBe("live");
  });

  test("waking from a long sleep does not trust a socket that was silent", async () => {
    const { cable } = await live();
    vi.setSystemTime(Date.now() + 60_000);
    place.goOnline();
    expect(cable.state).toBe("waiting");
  });
});

describe("being dismissed", () => {
  const dismiss = (reason: string) => last().say({ type: "disconnect", reason, reconnect: true });

  test("an expired token is renewed", async () => {
    const { cable } = await live();
    dismiss("token_expired");
    await pass(1_000);
    expect(cable.state).toBe("live");
    expect(last().protocols[1]).toBe("anycable-token.t2");
  });

  test("a refused token is renewed once, and refused again means signed out", async () => {
    server.cable = "mute";
    const { cable } = connect();
    await pass(1);
    dismiss("unauthorized");
    await pass(1_000);
    expect(last().protocols[1]).toBe("anycable-token.t2");
    dismiss("unauthorized");
    expect(cable.state).toBe("signed_out");
    await pass(120_000);
    expect(server.opened).toHaveLength(2);
  });

  test("no session, no socket: signed out until connect is called again", async () => {
    refusal = new ApiError("unauthorized", 401);
    const { cable } = connect();
    await pass(1);
    expect(cable.state).toBe("signed_out");
    refusal = null;
    cable.connect();
    await pass(1);
    expect(cable.state).toBe("live");
  });

  test("a restarting server is given time, and everybody a different one", async () => {
    const { cable } = await live(() => 0.9);
    dismiss("server_restart");
    await pass(1_700);
    expect(server.opened).toHaveLength(1);
    await pass(200);
    expect(cable.state).toBe("live");
  });

  test("a session door that is busy is asked again when it said", async () => {
    refusal = new ApiError("busy", 503, "", {}, 30);
    connect();
    await pass(29_000);
    refusal = null;
    expect(server.opened).toHaveLength(0);
    await pass(1_100);
    expect(server.opened).toHaveLength(1);
  });
});

describe("subscriptions", () => {
  const params = { channel: "AdminNotificationChannel" };

  test("are made again after each reconnection, with the position they have then", async () => {
    const { cable } = await live();
    let offset = 3;
    cable.subscribe(params, { received: vi.fn(), resume: () => ({ stream: "s", offset, epoch: "e" }) });
    expect(last().sent[0]).toMatchObject({ command: "subscribe", history: { streams: { s: { offset: 3, epoch: "e" } } } });
    offset = 8;
    last().cut();
    await pass(1_000);
    expect(last().sent[0]).toMatchObject({ command: "subscribe", history: { streams: { s: { offset: 8 } } } });
  });

  test("a second one for the same channel takes the place of the first", async () => {
    const { cable } = await live();
    const [first, second] = [vi.fn(), vi.fn()];
    const old = cable.subscribe(params, { received: first });
    cable.subscribe(params, { received: second });
    old.unsubscribe();
    last().say({ identifier: JSON.stringify(params), message: { hello: 1 } });
    expect(first).not.toHaveBeenCalledWith({ hello: 1 });
    expect(second).toHaveBeenCalledWith({ hello: 1 });
  });

  test("nothing is performed before it is confirmed", async () => {
    const { cable } = connect();
    const subscription = cable.subscribe(params, { received: vi.fn() });
    expect(subscription.perform("send_message", {})).toBe(false);
    await pass(2);
    expect(subscription.perform("send_message", {})).toBe(true);
  });

  test("disconnect ends it all", async () => {
    const { cable } = await live();
    const lost = vi.fn();
    cable.subscribe(params, { received: vi.fn(), lost });
    await pass(1);
    cable.disconnect();
    expect(lost).toHaveBeenCalled();
    await pass(60_000);
    expect([cable.state, server.opened.length]).toEqual(["idle", 1]);
  });
});
