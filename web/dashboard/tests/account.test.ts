import { type AdminClient, ApiError, inMemory, type SessionAnswer } from "@deskbell/client";
import { beforeEach, expect, test, vi } from "vitest";
import { Account } from "../src/account/account.ts";

const DRAFT = "deskbell:outbox:chat";

function answer(id: string): SessionAnswer {
  const user = { id, email: `${id}@shop.example`, name: null, role: "admin" as const };
  return { token: "t", expires_at: "2026-11-22T12:00:00Z", user };
}

function fakeClient() {
  const storage = inMemory();
  const session = { token: vi.fn(), adopt: vi.fn(), forget: vi.fn(), user: answer("mei").user };
  const door = { signIn: vi.fn(), setUp: vi.fn(), signOut: vi.fn().mockResolvedValue(undefined) };
  return { storage, session, door, cable: { disconnect: vi.fn() } };
}

let client: ReturnType<typeof fakeClient>;
let account: Account;

beforeEach(() => {
  client = fakeClient();
  account = new Account(client as unknown as AdminClient);
});

test("a good cookie lets in", async () => {
  await account.resume();
  expect(account.getState()).toMatchObject({ status: "signed-in", user: { id: "mei" } });
});

test.each([
  [401, "signed-out"],
  [403, "signed-out"],
  [0, "unreachable"],
  [503, "unreachable"],
])("a %i at the start means %s", async (status, expected) => {
  client.session.token.mockRejectedValue(new ApiError("x", status));
  await account.resume();
  expect(account.getState().status).toBe(expected);
});

test("unsent replies wait for their agent, and are gone for another", async () => {
  client.door.signIn.mockImplementation(async (email: string) => answer(email.split("@")[0]!));
  await account.signIn({ email: "mei@shop.example", password: "" });
  client.storage.set(DRAFT, "unsent");
  account.expired();
  await account.signIn({ email: "mei@shop.example", password: "" });
  expect(client.storage.get(DRAFT)).toBe("unsent");
  account.expired();
  await account.signIn({ email: "jonas@shop.example", password: "" });
  expect(client.storage.get(DRAFT)).toBeNull();
});

test("signing out leaves nothing behind, even when the server is gone", async () => {
  await account.resume();
  client.storage.set(DRAFT, "unsent");
  client.door.signOut.mockRejectedValue(new ApiError("network", 0));
  await account.signOut();
  expect(account.getState().status).toBe("signed-out");
  expect(client.storage.get(DRAFT)).toBeNull();
  expect(client.session.forget).toHaveBeenCalled();
  expect(client.cable.disconnect).toHaveBeenCalled();
});
