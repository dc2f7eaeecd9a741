import { describe, expect, test } from "vitest";
import { chooseLanguage, LANGUAGES } from "../src/language.ts";
import ar from "../src/locales/ar.json";
import en from "../src/locales/en.json";
import zh from "../src/locales/zh.json";
import { speak } from "../src/panel/text.ts";

type Catalogue = Record<string, string | Record<string, string>>;
const texts: Record<string, Catalogue> = { en, zh, ar };
const places = (text: string | Record<string, string>) =>
  [...(typeof text === "string" ? text : text["other"]!).matchAll(/\{\w+\}/g)].map(String).sort();

describe.each(LANGUAGES)("%s", (language) => {
  const own = texts[language]!;

  test("has every text, and none that nobody asks for", () => {
    expect(Object.keys(own)).toEqual(Object.keys(en));
    for (const text of Object.values(own).flatMap((text) => (typeof text === "string" ? text : Object.values(text)))) {
      expect(text.trim()).not.toBe("");
    }
  });

  test("fills in the same values as English", () => {
    for (const [key, text] of Object.entries(en)) expect(places(own[key]!), key).toEqual(places(text));
  });
});

test("the first wish that is spoken is taken, with or without a region", () => {
  expect(chooseLanguage(["zh-Hans-CN", "en"])).toBe("zh");
  expect(chooseLanguage([undefined, "", "AR_eg"])).toBe("ar");
  expect(chooseLanguage(["fr", "de-CH", "zh"])).toBe("zh");
  expect(chooseLanguage(["fr"])).toBe("en");
});

describe("speech", () => {
  test("puts values into texts", async () => {
    const { t, plural } = await speak("en", ["en-GB"]);
    expect(plural("jump", 3)).toBe("3 new messages");
    expect(t("typing_name", { name: "{x}" })).toBe("{x} is typing…");
  });

  test("names today and yesterday, and dates by the browser's own region", async () => {
    const now = new Date(2026, 10, 22, 9);
    const at = (day: number, month = 10, year = 2026) => new Date(year, month, day, 23, 59).toISOString();
    const english = await speak("en", ["fr-FR", "en-GB"]);
    expect(english.day(at(22), now)).toBe("Today");
    expect(english.day(at(21), now)).toBe("Yesterday");
    expect(english.day(at(19), now)).toMatch(/^Thu,? 19 November$/);
    expect(english.day(at(3, 2, 2025), now)).toMatch(/^Mon,? 3 March 2025$/);
    expect((await speak("zh", [])).day(at(22), now)).toBe("今天");
    expect((await speak("ar", [])).day(at(21), now)).toBe("أمس");
  });
});
