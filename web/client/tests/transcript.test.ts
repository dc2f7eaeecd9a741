import { expect, test, vi } from "vitest";
import type { ChatEndpoint } from "../src/endpoint.ts";
import { Transcript } from "../src/transcript.ts";
import type { ChatPage, Message } from "../src/wire.ts";

const message = (seq: number): Message => ({
  id: `m${seq}`, seq, content: "", sender_type: "admin", read_at: null, created_at: "2026-11-22T10:00:00Z",
});
const pageOf = (...seqs: number[]): ChatPage => ({
  id: "c", archived: false, unread_count: 0, epoch: "e", has_more: false,
  last_seq: seqs.at(-1) ?? 0, messages: seqs.map(message),
});

function transcriptOver(endpoint: Partial<ChatEndpoint>) {
  const transcript: Transcript = new Transcript(
    { me: "user", load: async () => pageOf(), messages: async () => pageOf(), send: vi.fn(), markRead: vi.fn(), ...endpoint },
    { loaded: vi.fn(), fetched: (fetched) => void transcript.take(fetched) },
  );
  return { transcript, seqs: () => transcript.log.messages.map(({ seq }) => seq) };
}

test("a message that arrives while the page is under way is not lost with it", async () => {
  const page = deferred<ChatPage>();
  const messages = vi.fn(async () => pageOf(2));
  const { transcript, seqs } = transcriptOver({ load: () => page.promise, messages });
  const done = transcript.catchUp();
  transcript.take(message(2));
  page.resolve(pageOf(1));
  await done;
  expect(messages).toHaveBeenCalledWith({ after: 1 });
  expect(seqs()).toEqual([1, 2]);
});

test("another epoch alone makes everything be loaded anew", async () => {
  const load = vi.fn(async () => pageOf(1));
  const { transcript } = transcriptOver({ load });
  await transcript.catchUp();
  transcript.compare({ epoch: "e", last_seq: 1 });
  expect(transcript.complete).toBe(true);
  transcript.compare({ epoch: "restored", last_seq: 1 });
  expect(transcript.complete).toBe(false);
  await transcript.catchUp();
  expect(load).toHaveBeenCalledTimes(2);
});

test("a server that does not have yet what was heard of is not asked without end", async () => {
  const messages = vi.fn(async () => pageOf());
  const { transcript } = transcriptOver({ load: async () => pageOf(1), messages });
  await transcript.catchUp();
  transcript.compare({ epoch: "e", last_seq: 9 });
  await transcript.catchUp();
  expect(messages).toHaveBeenCalledTimes(1);
  expect(transcript.complete).toBe(false);
});

test("a failed load leaves everything to be loaded, and says why", async () => {
  const load = vi.fn(async () => pageOf(1)).mockRejectedValueOnce(new Error("down"));
  const { transcript, seqs } = transcriptOver({ load });
  await expect(transcript.catchUp()).rejects.toThrow("down");
  await transcript.catchUp();
  expect(seqs()).toEqual([1]);
});

test("an older page that no longer fits is left out", async () => {
  const older = deferred<ChatPage>();
  const load = vi.fn(async () => ({ ...pageOf(60, 61), has_more: true }));
  const { transcript, seqs } = transcriptOver({ load, messages: () => older.promise });
  await transcript.catchUp();
  const loading = transcript.loadOlder();
  load.mockResolvedValue(pageOf(160, 161));
  transcript.distrust();
  await transcript.catchUp();
  older.resolve(pageOf(58, 59));
  await loading;
  expect(seqs()).toEqual([160, 161]);
});

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
