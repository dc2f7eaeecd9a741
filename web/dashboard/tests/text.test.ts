import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import ar from "../src/locales/ar.json";
import en from "../src/locales/en.json";
import zh from "../src/locales/zh.json";
import {
  type Language,
  LANGUAGES,
  loadTranslator,
  pickLanguage,
  type Texts,
  translator,
} from "../src/text.ts";

const FILES: Record<Language, Texts> = { en, zh, ar };

describe.each(Object.entries(FILES))("%s", (language, texts) => {
  const placesIn = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

  test("has exactly the English keys, in their order", () => {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
  });

  test("fills the same places in every text", () => {
    for (const [key, text] of Object.entries(texts)) {
      const english = en[key as keyof typeof en];
      if (typeof text !== "string" || typeof english !== "string") continue;
      expect(placesIn(text), key).toEqual(placesIn(english));
    }
  });

  test("has every plural form that the language knows", () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    for (const [key, forms] of Object.entries(texts)) {
      if (typeof forms !== "string")
        expect(Object.keys(forms).sort(), key).toEqual([...pluralCategories].sort());
    }
  });
});

test("every text is used somewhere", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join("src", name), "utf8"))
    .join("\n");
  expect(Object.keys(en).filter((key) => !sources.includes(`"${key}"`))).toEqual([]);
});

describe("translator", () => {
  test("plurals follow the language's own rules", () => {
    const count = (language: Language, n: number) =>
      translator(language, FILES[language]).plural("messageCount", n);
    expect([1, 2, 1234].map((n) => count("en", n))).toEqual([
      "1 message",
      "2 messages",
      "1,234 messages",
    ]);
    expect(count("zh", 5)).toBe("5 条消息");
    expect([1, 2, 3, 11].map((n) => count("ar", n))).toEqual([
      "رسالة واحدة",
      "رسالتان",
      "3 رسائل",
      "11 رسالة",
    ]);
  });

  test("values are filled in, and isolated where they would disturb the direction", () => {
    const values = { name: "ada@shop.example" };
    expect(translator("en", en).text("replyTo", values)).toBe("Reply to ada@shop.example");
    expect(translator("ar", ar).text("replyTo", values)).toBe(
      "الرد على \u2068ada@shop.example\u2069",
    );
  });

  test("the browser's languages are gone through in order, down to English", () => {
    expect(pickLanguage(["zh-Hans-CN", "en"])).toBe("zh");
    expect(pickLanguage(["fr", "ar-EG"])).toBe("ar");
    expect(pickLanguage(["fr"])).toBe("en");
    expect(pickLanguage(["constructor"])).toBe("en");
  });

  test("dates take the browser's region where it speaks the language", async () => {
    expect((await loadTranslator("auto", ["en-GB"])).locale).toBe("en-GB");
    expect((await loadTranslator("zh", ["en-GB"])).locale).toBe("zh");
    expect((await loadTranslator("ar", [])).direction).toBe("rtl");
    expect(Object.keys(LANGUAGES)).toEqual(Object.keys(FILES));
  });
});
