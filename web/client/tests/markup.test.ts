import { describe, expect, test } from "vitest";
import { type MarkupPart, parseMarkup } from "../src/markup.ts";

const links = (text: string) =>
  parseMarkup(text).flatMap((part) => (typeof part === "object" && part.kind === "link" ? [part.text] : []));

describe("links", () => {
  test("http, https and mailto become links", () => {
    expect(links("see http://a.example, https://b.example/x?y=1#z or mailto:help@c.example")).toEqual([
      "http://a.example",
      "https://b.example/x?y=1#z",
      "mailto:help@c.example",
    ]);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "vbscript:x", "https://", "file:///etc"])(
    "%s does not",
    (text) => expect(parseMarkup(text)).toEqual([text]),
  );

  test("the sentence's punctuation is not the link's", () => {
    expect(links("(see https://a.example/b). https://c.example/d_(e)! **https://f.example**")).toEqual([
      "https://a.example/b",
      "https://c.example/d_(e)",
    ]);
    expect(links("Read https://a.example/?q=1...")).toEqual(["https://a.example/?q=1"]);
  });

  test("Chinese words and signs end a link without a space", () => {
    expect(links("地图：https://a.example/路，看这里 https://b.example/x。")).toEqual([
      "https://a.example/",
      "https://b.example/x",
    ]);
  });

  test("nothing of the text is lost around them", () => {
    const text = "a https://b.example/c, **d** `e` f\nhttps://g.example.";
    const written = (part: MarkupPart): string => {
      if (typeof part === "string") return part;
      if (part.kind === "bold") return `**${part.parts.map(written).join("")}**`;
      return part.kind === "code" ? `\`${part.text}\`` : part.text;
    };
    expect(parseMarkup(text).map(written).join("")).toBe(text);
  });
});

describe("emphasis", () => {
  test("code is shown as it is", () => {
    expect(parseMarkup("run `a **b** https://c.example` now")).toEqual([
      "run ",
      { kind: "code", text: "a **b** https://c.example" },
      " now",
    ]);
  });

  test("bold may hold a link", () => {
    expect(parseMarkup("**see https://a.example now**")).toEqual([
      { kind: "bold", parts: ["see ", { kind: "link", href: "https://a.example/", text: "https://a.example" }, " now"] },
    ]);
  });

  test.each(["2 ** 3 ** 4", "`", "**", "** not bold **", "a * b", "`two\nlines`", "<b>no</b> &amp; [x](https:)"])(
    "%s is plain text",
    (text) => expect(parseMarkup(text)).toEqual([text]),
  );

  test("a long hostile text is parsed at once", () => {
    const started = performance.now();
    for (const unit of ["**", "`a", "https://(", "**a ", "mailto:)"]) parseMarkup(unit.repeat(5_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("a link of brackets and dots costs no more than its length", () => {
    const text = `http://a/${".".repeat(5_500)}a${")".repeat(4_490)}`;
    const start = performance.now();
    expect(parseMarkup(text)[0]).toMatchObject({ kind: "link", text: text.replace(/\)+$/, "") });
    expect(performance.now() - start).toBeLessThan(500);
  });
});
