import { expect, test } from "vitest";
import en from "../src/locales/en.json";
import { hueOf, initialsOf, nameOf, titleOf } from "../src/people.ts";
import { translator } from "../src/text.ts";

const words = translator("en", en);
const id = "0198f000-0000-7000-8000-0000000a8f2c";
const nobody = { id, email: null, name: null };
const ada = { id, email: "ada.okafor@shop.example", name: "Ada Okafor" };

test("a title is the address, a name is the name, and a visitor has a number", () => {
  expect([titleOf(ada, words), nameOf(ada, words)]).toEqual([
    "ada.okafor@shop.example",
    "Ada Okafor",
  ]);
  expect([titleOf(nobody, words), nameOf(nobody, words)]).toEqual(["Visitor 8F2C", "Visitor 8F2C"]);
});

test("initials come from the name, the address or the number", () => {
  expect(initialsOf(ada)).toBe("AO");
  expect(initialsOf({ ...ada, name: null })).toBe("AO");
  expect(initialsOf({ ...nobody, email: "sam@shop.example" })).toBe("S");
  expect(initialsOf({ ...nobody, name: "陈思远" })).toBe("陈");
  expect(initialsOf({ ...nobody, name: "ليلى حداد" })).toBe("ل");
  expect(initialsOf({ ...nobody, name: "𝒜da" })).toBe("𝒜");
  expect(initialsOf(nobody)).toBe("8F");
});

test("a colour stays with its person", () => {
  expect(hueOf(id)).toBe(hueOf(id));
  expect(hueOf(id)).not.toBe(hueOf(id.replace("c", "d")));
});
