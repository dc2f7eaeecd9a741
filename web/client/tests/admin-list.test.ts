import { beforeEach, describe, expect, test, vi } from "vitest";
import { PAGE, RECOUNT_MS } from "../src/admin-list.ts";
import { ApiError } from "../src/api.ts";
import { POLL_MS } from "../src/fetcher.ts";
import { FakeDesk, openList } from "./fake-desk.ts";

let desk: FakeDesk;

beforeEach(() => {
  vi.useFakeTimers();
  desk = new FakeDesk();
});

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

async function openLive() {
  const page = openList(desk);
  page.list.open();
  desk.confirm();
  await pass();
  return page;
}

function fill(count: number): void {
  for (let i = 0; i < count; i++) desk.write(`chat-${String(i).padStart(3, "0")}`, "user", false);
}

describe("what is shown", () => {
  test("the newest chat is first, and counts come along", async () => {
    fill(3);
    const { list, ids } = await openLive();
    expect(ids()).toEqual(["chat-002", "chat-001", "chat-000"]);
    expect(list.getState()).toMatchObject({ loaded: true, connection: "live" });
    expect(list.getState().shelves.counts).toEqual({ active: 3, archived: 0, unread: 3 });
  });

  test("a message moves its chat to the top", async () => {
    fill(3);
    const { ids } = await openLive();
    desk.write("chat-000");
    expect(ids()[0]).toBe("chat-000");
  });

  test("a chat in which nobody wrote stays out", async () => {
    const { ids } = await openLive();
    desk.change("quiet");
    expect(ids()).toEqual([]);
  });

  test("archiving moves a row to the other shelf, and a user's message brings it back", async () => {
    fill(2);
    const { list, ids } = await openLive();
    list.show("archived");
    await pass();
    desk.change("chat-000", { archived: true });
    expect([ids("active"), ids("archived")]).toEqual([["chat-001"], ["chat-000"]]);
    expect(list.getState().shelves.counts).toEqual({ active: 1, archived: 1, unread: 1 });
    desk.write("chat-000");
    expect([ids("active"), ids("archived")]).toEqual([["chat-000", "chat-001"], []]);
    expect(list.getState().shelves.counts).toEqual({ active: 2, archived: 0, unread: 2 });
  });

  test("archive and restore work without a socket", async () => {
    fill(1);
    const { list, ids } = openList(desk);
    list.open();
    await pass();
    await list.archive("chat-000");
    expect(ids()).toEqual([]);
    await list.restore("chat-000");
    expect(desk.rows.get("chat-000")!.archived).toBe(false);
  });

  test("times with and without fractions of a second are in order", async () => {
    desk.write("a", "user", false);
    desk.change("a", { last_message_at: "2026-11-22T10:00:00Z" }, false);
    const { ids } = await openLive();
    desk.change("b", { last_message_at: "2026-11-22T10:00:00.000001Z", message_count: 1 });
    expect(ids()).toEqual(["b", "a"]);
  });
});

describe("paging", () => {
  test("goes on where the page ended, without a hole or a double", async () => {
    fill(PAGE + 5);
    const { list, ids } = await openLive();
    expect(ids()).toHaveLength(PAGE);
    desk.write("chat-000"); // from below the floor to the top
    await list.loadMore();
    expect(ids()).toEqual(desk.fresh(false).map(({ id }) => id));
    expect(list.getState().shelves.active.cursor).toBeNull();
  });

  test("a row that sorts below what is loaded waits for its page", async () => {
    fill(PAGE + 5);
    desk.change("chat-001", { archived: true }, false);
    const { list, ids } = await openLive();
    desk.change("chat-001", { archived: false });
    expect(ids()).not.toContain("chat-001");
    await list.loadMore();
    expect(ids()).toEqual(desk.fresh(false).map(({ id }) => id));
  });

  test("a page that a reload has overtaken is thrown away", async () => {
    fill(PAGE * 2 + 5);
    const { list, ids } = await openLive();
    let open = () => {};
    desk.gate = new Promise((resolve) => (open = resolve));
    const more = list.loadMore();
    desk.gate = Promise.resolve();
    desk.write("new", "user", false);
    await list.reload();
    open();
    await more;
    expect(ids()).toEqual(
      desk
        .fresh(false)
        .map(({ id }) => id)
        .slice(0, ids().length),
    );
  });
});

describe("counts", () => {
  test("rise at once with a new chat", async () => {
    const { list } = await openLive();
    desk.write("new");
    expect(list.getState().shelves.counts).toEqual({ active: 1, archived: 0, unread: 1 });
  });

  test("are right at once when a chat that was not loaded is put away", async () => {
    fill(PAGE + 1);
    const { list } = await openLive();
    desk.change("chat-000", { archived: true });
    await pass();
    expect(list.getState().shelves.counts).toEqual(desk.counts());
  });

  test("are asked for twice in a burst: at its beginning and at its end", async () => {
    const { list } = await openLive();
    desk.asked.length = 0;
    for (let i = 0; i < 30; i++) desk.write(`new-${i}`);
    await pass(RECOUNT_MS * 3);
    expect(desk.asked).toHaveLength(2);
    expect(list.getState().shelves.counts).toEqual({ active: 30, archived: 0, unread: 30 });
  });
});

describe("connection", () => {
  test("whatever was missed is there after the reconnect, on both shelves", async () => {
    fill(3);
    const { list, ids } = await openLive();
    list.show("archived");
    await pass();
    desk.lose();
    desk.change("chat-001", { archived: true }, false);
    desk.write("new", "user", false);
    desk.confirm();
    await pass();
    expect(ids("archived")).toEqual(["chat-001"]);
    list.show("active");
    await pass();
    expect(ids("active")).toEqual(["new", "chat-002", "chat-000"]);
  });

  test("events that overtake a snapshot are not lost", async () => {
    fill(2);
    const { list, ids } = await openLive();
    let open = () => {};
    desk.gate = new Promise((resolve) => (open = resolve));
    const reload = list.reload();
    desk.write("chat-000");
    open();
    await reload;
    expect(ids()[0]).toBe("chat-000");
    await pass(RECOUNT_MS);
    expect(list.getState().shelves.counts).toEqual(desk.counts());
  });

  test("without a socket the list is fetched every few seconds, and says so", async () => {
    const { list, ids } = await openLive();
    desk.lose();
    desk.lose();
    desk.write("new", "user", false);
    await pass(POLL_MS);
    expect(ids()).toEqual(["new"]);
    expect(list.getState().connection).toBe("polling");
  });

  test("a server that is gone is offline; one that refuses is signed out and not asked again", async () => {
    desk.down = new ApiError("network", 0);
    const { list } = openList(desk);
    list.open();
    await pass();
    expect(list.getState().connection).toBe("offline");
    desk.down = new ApiError("unauthorized", 401);
    await pass(POLL_MS * 2);
    expect(list.getState().connection).toBe("signed_out");
    const { length } = desk.asked;
    await pass(60_000);
    expect(desk.asked).toHaveLength(length);
  });

  test("a closed list asks nothing any more", async () => {
    const { list } = await openLive();
    desk.lose();
    list.close();
    const { length } = desk.asked;
    await pass(60_000);
    expect(desk.asked).toHaveLength(length);
  });
});

test("old snapshot + events = fresh snapshot, whatever happens", async () => {
  fill(PAGE + 40);
  const { list, ids } = await openLive();
  list.show("archived");
  await pass();
  list.show("active");
  let seed = 20261122;
  const roll = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (let step = 0; step < 600; step++) {
    const id = `chat-${String(roll(PAGE + 60)).padStart(3, "0")}`;
    const known = desk.rows.has(id);
    const kind = known ? roll(5) : 0;
    if (kind === 0) desk.write(id, "user");
    else if (kind === 1) desk.write(id, "admin");
    else if (kind === 2) desk.change(id, { unread: false });
    else if (kind === 3) desk.change(id, { archived: true });
    else desk.change(id, { archived: false });
    if (roll(40) === 0) await list.loadMore();

    const { active } = list.getState().shelves;
    const all = desk.fresh(false);
    expect(active.rows).toEqual(all.slice(0, active.rows.length));
    if (active.cursor === null) expect(active.rows).toHaveLength(all.length);
    expect(ids("archived")).toEqual(desk.fresh(true).map((row) => row.id));
  }
  await pass(RECOUNT_MS);
  expect(list.getState().shelves.counts).toEqual(desk.counts());
});
