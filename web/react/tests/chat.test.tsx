import { StrictMode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeServer, visit } from "../../client/tests/fake-server.ts";
import { Chat } from "../example/Chat.tsx";
import { useChat } from "../src/index.ts";

let server: FakeServer;
let place: HTMLElement;
let roots: Root[];
const create = vi.fn(() => visit(server));

beforeEach(() => {
  server = new FakeServer();
  roots = [];
  create.mockClear();
  place = document.createElement("div");
  document.body.replaceChildren(place);
});
afterEach(() => roots.forEach((root) => root.unmount()));

function mount(strict = false): Root {
  const root = createRoot(place);
  roots.push(root);
  root.render(strict ? <StrictMode><Chat connect={create} /></StrictMode> : <Chat connect={create} />);
  return root;
}

const status = () => place.querySelector("[role=status]")?.textContent;
const lines = () => [...place.querySelectorAll("li")].map(({ textContent, className }) => [className, textContent]);
const eventually = <T,>(look: () => T, wanted: T) => vi.waitFor(() => expect(look()).toEqual(wanted), 5_000);
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
    const root = mount();
    await eventually(status, "live");
    root.unmount();
    await eventually(() => server.sockets.size, 0);
    const { chat } = create.mock.results[0]!.value;
    expect(chat.getState().connection).toBe("idle");
  });

  test("mounted twice by StrictMode it is one visitor on one line", async () => {
    mount(true);
    await eventually(status, "live");
    expect(create).toHaveBeenCalledTimes(1);
    expect(named("support_chat/session")).toBe(1);
    expect(server.sockets.size).toBe(1);
    server.write("Hello!");
    await eventually(lines, [["admin", "Hello!"]]);
  });
});

describe("on a server", () => {
  test("there is an idle chat and nothing is asked; hydrating finds the same", async () => {
    place.innerHTML = renderToString(<Chat connect={create} />);
    expect([status(), lines()]).toEqual(["idle", []]);
    expect(create).not.toHaveBeenCalled();
    const complaint = vi.fn();
    roots.push(hydrateRoot(place, <Chat connect={create} />, { onRecoverableError: complaint }));
    await eventually(status, "live");
    expect(complaint).not.toHaveBeenCalled();
  });

  test("a chat that holds a text already is hydrated without it, and then shows it", async () => {
    const { chat } = visit(server);
    chat.send("written before");
    const Count = () => <b>{useChat(chat).pending.length}</b>;
    expect(renderToString(<Count />)).toBe("<b>0</b>");
    place.innerHTML = renderToString(<Count />);
    const complaint = vi.fn();
    roots.push(hydrateRoot(place, <Count />, { onRecoverableError: complaint }));
    await eventually(() => place.textContent, "1");
    expect(complaint).not.toHaveBeenCalled();
  });
});

test("another chat takes the place of the first", async () => {
  const [first, second] = [visit(server).chat, visit(new FakeServer()).chat];
  second.send("of the second");
  const Count = ({ chat }: { chat: typeof first | null }) => <b>{useChat(chat).pending.length}</b>;
  const root = createRoot(place);
  roots.push(root);
  root.render(<Count chat={first} />);
  await eventually(() => place.textContent, "0");
  root.render(<Count chat={second} />);
  await eventually(() => place.textContent, "1");
  first.send("one");
  first.send("two");
  second.send("more");
  await eventually(() => place.textContent, "2");
  root.render(<Count chat={null} />);
  await eventually(() => place.textContent, "0");
});
