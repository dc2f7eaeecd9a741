import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type App, createApp, createSSRApp, effectScope, nextTick, shallowRef } from "vue";
import { renderToString } from "vue/server-renderer";
import { FakeServer, visit } from "../../client/tests/fake-server.ts";
import { Chat } from "../example/Chat.ts";
import { useChat } from "../src/index.ts";

let server: FakeServer;
let place: HTMLElement;
let apps: App[];
const create = vi.fn(() => visit(server));

beforeEach(() => {
  server = new FakeServer();
  apps = [];
  create.mockClear();
  place = document.createElement("div");
  document.body.replaceChildren(place);
});
afterEach(() => apps.forEach((app) => app.unmount()));

function mount(make = createApp): App {
  const app = make(Chat, { connect: create });
  apps.push(app);
  app.mount(place);
  return app;
}

const status = () => place.querySelector("[role=status]")?.textContent;
const lines = () => [...place.querySelectorAll("li")].map(({ textContent, className }) => [className, textContent]);
const eventually = <T>(look: () => T, wanted: T) => vi.waitFor(() => expect(look()).toEqual(wanted), 5_000);
const named = (path: string) => server.calls.filter((call) => call.path === path).length;

function write(text: string): void {
  place.querySelector("input")!.value = text;
  place.querySelector("form")!.requestSubmit();
}

describe("the example", () => {
  test("opens with its component and shows what is there", async () => {
    server.store("Hello!");
    mount();
    await eventually(status, "live");
    expect(lines()).toEqual([["admin", "Hello!"]]);
    expect(create).toHaveBeenCalledTimes(1);
  });

  test("sends, shows what waits, and hears the answer", async () => {
    mount();
    await eventually(status, "live");
    server.swallow = true;
    write("Anybody there?");
    await eventually(lines, [["sending", "Anybody there?"]]);
    expect(place.querySelector("input")!.value).toBe("");
    server.swallow = false;
    [...server.sockets].forEach((socket) => socket.cut());
    await vi.waitFor(() => expect(lines()).toEqual([["user", "Anybody there?"]]), 5_000);
    server.write("Yes!");
    await eventually(lines, [["user", "Anybody there?"], ["admin", "Yes!"]]);
    await eventually(() => named("support_chat/mark_read") > 0, true);
  });

  test("hangs up when its component goes", async () => {
    const app = mount();
    await eventually(status, "live");
    app.unmount();
    apps = [];
    await eventually(() => server.sockets.size, 0);
    const { chat } = create.mock.results[0]!.value;
    expect(chat.getState().connection).toBe("idle");
  });
});

test("on a server there is an idle chat and nothing is asked; hydrating finds the same", async () => {
  place.innerHTML = await renderToString(createSSRApp(Chat, { connect: create }));
  expect([status(), lines()]).toEqual(["idle", []]);
  expect(create).not.toHaveBeenCalled();
  const complain = vi.spyOn(console, "error");
  const warn = vi.spyOn(console, "warn");
  mount(createSSRApp);
  await eventually(status, "live");
  expect(complain).not.toHaveBeenCalled();
  expect(warn).not.toHaveBeenCalled();
});

test("another chat takes the place of the first, and the scope's end is the end", async () => {
  const [first, second] = [visit(server).chat, visit(new FakeServer()).chat];
  second.send("of the second");
  const shown = shallowRef<typeof first | null>(first);
  const scope = effectScope();
  const state = scope.run(() => useChat(shown))!;
  const waiting = () => state.value.pending.length;
  expect(waiting()).toBe(0);
  shown.value = second;
  await nextTick();
  expect(waiting()).toBe(1);
  first.send("one");
  first.send("two");
  second.send("more");
  expect(waiting()).toBe(2);
  scope.stop();
  second.send("unheard");
  expect(waiting()).toBe(2);
});
