import { persistent } from "@deskbell/client";
import { beforeEach, expect, test } from "vitest";
import { Draft } from "../src/panel/drafts.ts";
import { chatState, message } from "./cast.ts";

const known = chatState({ id: "c1", messages: [message(1, "user")] });

beforeEach(() => sessionStorage.clear());

test("what stands in the field of a known chat is there after a reload", () => {
  const draft = new Draft(persistent(() => sessionStorage));
  expect(draft.restore(known)).toBeNull();
  draft.keep("Hel");
  expect(new Draft(persistent(() => sessionStorage)).restore(known)).toBe("Hel");
});

test("it is restored once, and gone when it is sent", () => {
  const draft = new Draft(persistent(() => sessionStorage));
  draft.restore(known);
  draft.keep("Hel");
  expect(draft.restore(known)).toBeNull();
  draft.keep("");
  expect(new Draft(persistent(() => sessionStorage)).restore(known)).toBeNull();
  expect(sessionStorage.length).toBe(0);
});

test("nothing is kept of somebody who never wrote, and nothing shown in another's chat", () => {
  const draft = new Draft(persistent(() => sessionStorage));
  draft.restore(chatState({ id: "c1" }));
  draft.keep("Hel");
  expect(sessionStorage.length).toBe(0);
  draft.restore(known);
  draft.keep("Hel");
  expect(new Draft(persistent(() => sessionStorage)).restore({ ...known, id: "c2" })).toBeNull();
});

test("forbidden storage is no reason to fall over", () => {
  const draft = new Draft(
    persistent(() => {
      throw new Error("blocked");
    }),
  );
  expect(draft.restore(known)).toBeNull();
  draft.keep("Hel");
});
