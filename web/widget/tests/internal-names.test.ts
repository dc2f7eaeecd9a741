import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { INTERNAL } from "../internal-names.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

test.each(["../src/contract.ts", "../../client/src/wire.ts", "../src/locales/en.json", "../src/locales/details/en.json"])(
  "no name that the build shortens is told to others by %s",
  (path) => {
    expect(read(path).match(new RegExp(`\\b(${INTERNAL})"?\\??[:(]`, "g"))).toBeNull();
  },
);
