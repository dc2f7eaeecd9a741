import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Catalogue, compare, faultsIn, localesGate } from "../../locales-gate.ts";
import { chooseLanguage, LANGUAGES, type Language } from "../src/language.ts";
import { launcherName } from "../src/loader/texts.ts";
import { speakDetails } from "../src/panel/details/text.ts";
import { speak } from "../src/panel/text.ts";

const FOLDERS = ["src/locales", "src/locales/details", "../dashboard/src/locales"];
const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Catalogue;

describe.each(FOLDERS)("%s", (folder) => {
  test("says the same in every language", () => {
    expect(faultsIn(folder)).toEqual([]);
  });
});

describe("the widget's languages", () => {
  test("each has its two files, and there is no file that nobody loads", () => {
    const files = LANGUAGES.map((language) => `${language}.json`).sort();
    for (const folder of FOLDERS.slice(0, 2)) {
      expect(readdirSync(folder).filter((name) => name.endsWith(".json")).sort()).toEqual(files);
    }
  });

  test.each(LANGUAGES)("%s has its texts in the English order, and no form for nothing", (language) => {
    const own = read(`src/locales/${language}.json`);
    expect(Object.keys(own)).toEqual(Object.keys(read("src/locales/en.json")));
    for (const forms of Object.values(own)) expect(forms).not.toHaveProperty("zero");
  });

  test("none was left in English, but for words that are the same", () => {
    const english = { ...read("src/locales/en.json"), ...read("src/locales/details/en.json") };
    const same = LANGUAGES.slice(1).flatMap((language) => {
      const own = { ...read(`src/locales/${language}.json`), ...read(`src/locales/details/${language}.json`) };
      return Object.keys(own)
        .filter((key) => JSON.stringify(own[key]) === JSON.stringify(english[key]))
        .map((key) => `${language} ${key}`);
    });
    const names = ["de", "es", "fr", "pt"].map((language) => `${language} launcher`);
    const words = ["de admin", "de emoji", "de name", "es emoji", "fr log", "pt emoji"];
    expect(same.sort()).toEqual([...names, ...words].sort());
  });

  test.each(LANGUAGES)("the launcher has its name in %s", (language) => {
    expect(launcherName(language)).toBe(read(`src/locales/${language}.json`)["launcher"]);
  });

  test.each(LANGUAGES)("every loader finds %s", async (language) => {
    const { greeting } = read(`src/locales/${language}.json`);
    const { saved } = read(`src/locales/details/${language}.json`);
    expect((await speak(language, [])).t("greeting")).toBe(greeting);
    expect((await speakDetails(language))("saved")).toBe(saved);
  });
});

describe("the gate", () => {
  const english = { hello: "Hello {name}", left: { one: "{count} left", other: "{count} left" } };
  const arabic = { one: "بقي واحد", two: "بقي اثنان", few: "بقيت {count}", many: "بقي {count}", other: "بقي {count}" };
  const german = { hello: "Hallo {name}", left: { one: "Noch einer", other: "Noch {count}" } };

  test.each<[fault: string, texts: Catalogue]>([
    ['"hello" is missing', { left: german.left }],
    ['"bye" is not in en.json', { ...german, bye: "Tschüss" }],
    ['"hello" is empty', { ...german, hello: " " }],
    ['"hello" lacks {name}', { ...german, hello: "Hallo" }],
    ['"hello" has {who}, which nobody fills', { ...german, hello: "Hallo {name} {who}" }],
    ['"hello" has plural forms, and the English one has not', { ...german, hello: { other: "Hallo {name}" } }],
    ['"left" has no plural forms, and the English one has', { ...german, left: "Noch {count}" }],
    ['"left" has no form "one"', { ...german, left: { other: "Noch {count}" } }],
    ['"left" lacks {count} in the form "other"', { ...german, left: { one: "Noch einer", other: "Noch einige" } }],
    ['"left" is empty in the form "one"', { ...german, left: { one: "", other: "Noch {count}" } }],
    ['"left" has the form "few", which this language does not know', { ...german, left: { ...german.left, few: "{count}" } }],
  ])("says: %s", (fault, texts) => {
    expect(compare(english, texts, "de")).toEqual([fault]);
  });

  test("asks for the forms that a count can take, and allows the others", () => {
    const { two: _, ...withoutTwo } = arabic;
    expect(compare(english, { ...german, left: arabic }, "ar")).toEqual([]);
    expect(compare(english, { ...german, left: { ...arabic, zero: "لم يبقَ شيء" } }, "ar")).toEqual([]);
    expect(compare(english, { ...german, left: withoutTwo }, "ar")).toEqual(['"left" has no form "two"']);
    // French has `many` as well, from a million on.
    expect(compare(english, german, "fr")).toEqual([]);
    expect(compare(english, { ...german, left: { other: "剩 {count}" } }, "zh")).toEqual([]);
  });

  describe("in a build", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "locales-"));
      cpSync("src/locales", folder, { recursive: true });
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const run = () =>
      build({
        configFile: false,
        logLevel: "silent",
        plugins: [localesGate(folder)],
        build: { write: false, lib: { entry: "src/language.ts", formats: ["es"] } },
      });

    test("lets the real files pass", async () => {
      await expect(run()).resolves.toBeDefined();
    });

    test("names the file and the key, and stops", async () => {
      const { placeholder: _, ...rest } = read(join(folder, "fr.json"));
      writeFileSync(join(folder, "fr.json"), JSON.stringify(rest));
      await expect(run()).rejects.toThrow(`${join(folder, "fr.json")}: "placeholder" is missing`);
    });
  });
});

describe("the language", () => {
  test("is the first wish that is spoken, with or without a region", () => {
    expect(chooseLanguage(["zh-Hans-CN", "en"])).toBe("zh");
    expect(chooseLanguage([undefined, "", "AR_eg"])).toBe("ar");
    expect(chooseLanguage(["it", "pt-PT", "de-CH"])).toBe("pt");
    expect(chooseLanguage([undefined, "nl", "sv", "de-CH", "fr"])).toBe("de");
    expect(chooseLanguage(["nl", "sv"])).toBe("en");
  });

  test("is not mistaken for another one that begins alike", () => {
    expect(chooseLanguage(["den", "fra-x", "arn", "ess", "jam"])).toBe("en");
  });
});

describe("speech", () => {
  const at = (day: number, month = 10, year = 2026) => new Date(year, month, day, 23, 59).toISOString();

  test("puts values into texts", async () => {
    const { t, plural } = await speak("en", ["en-GB"]);
    expect(plural("jump", 3)).toBe("3 new messages");
    expect(t("typing_name", { name: "{x}" })).toBe("{x} is typing…");
    expect((await speakDetails("de"))("confirmed", { email: "a@b.example" })).toContain("an a@b.example.");
  });

  test("names today and yesterday, and dates by the region", async () => {
    const now = new Date(2026, 10, 22, 9);
    const english = await speak("en", ["fr-FR", "en-GB"]);
    expect(english.day(at(22), now)).toBe("Today");
    expect(english.day(at(21), now)).toBe("Yesterday");
    expect(english.day(at(19), now)).toMatch(/^Thu,? 19 November$/);
    expect(english.day(at(3, 2, 2025), now)).toMatch(/^Mon,? 3 March 2025$/);
    expect((await speak("zh", [])).day(at(22), now)).toBe("今天");
    expect((await speak("ar", [])).day(at(21), now)).toBe("أمس");
    expect((await speak("fr", [])).day(at(22), now)).toMatch(/^Aujourd.hui$/);
  });

  test("takes the first region that is named: the host's, the page's, the browser's", async () => {
    const clock = async (language: Language, ...tags: (string | undefined)[]) =>
      (await speak(language, tags)).time(at(1)).replace(/\s/g, " ");
    expect(await clock("en", "en-US", "en-GB")).toBe("11:59 PM");
    expect(await clock("en", "en", "en-GB", "en-US")).toBe("23:59");
    expect(await clock("en", undefined, "de-DE", "en-GB")).toBe("23:59");
    expect(await clock("es", "ES-419")).toMatch(/11:59|23:59/);
    expect(await clock("zh", "zh-Hans-CN")).toBe("23:59");
  });

  test.each(["en-", "en_GB", "en-GB-", "en-12", "x-en", "en-\u{1f600}"])("is not stopped by a page that calls itself %s", async (tag) => {
    expect((await speak("en", [tag])).plural("jump", 1_000)).toBe("1,000 new messages");
  });

  test("writes numbers as the region does", async () => {
    const fill = async (language: Language, tag: string) => (await speak(language, [tag])).plural("too_long", 1234);
    expect(await fill("ar", "ar-EG")).toContain("١٬٢٣٤");
    expect(await fill("ar", "ar-AE")).toContain("1,234");
    expect(await fill("de", "de-DE")).toContain("1.234");
  });

  test.each<[Language, string, string]>([
    ["en", "replies in about 3 minutes", "replies in about 2 hours"],
    ["zh", "通常 3分钟内回复", "通常 2小时内回复"],
    ["ar", "مدة الرد 3 دقائق تقريبا", "مدة الرد ساعتان تقريبا"],
    ["de", "Antwort in etwa 3 Minuten", "Antwort in etwa 2 Stunden"],
    ["es", "solemos responder en 3 minutos", "solemos responder en 2 horas"],
    ["fr", "réponse en 3 minutes environ", "réponse en 2 heures environ"],
    ["ja", "通常 3 分ほどで返信します", "通常 2 時間ほどで返信します"],
    ["pt", "resposta em cerca de 3 minutos", "resposta em cerca de 2 horas"],
  ])("promises an answer in %s", async (language, minutes, hours) => {
    const { t, duration } = await speak(language, []);
    const promise = (seconds: number) => t("note_reply", { time: duration(seconds) }).replace(/\u00a0/g, " ");
    expect(promise(150)).toBe(minutes);
    expect(promise(3_601)).toBe(hours);
  });

  test.each<[Language, string[]]>([
    ["en", ["1 new message", "2 new messages", "3 new messages", "11 new messages"]],
    ["zh", ["1 条新消息", "2 条新消息", "3 条新消息", "11 条新消息"]],
    ["ar", ["رسالة جديدة", "رسالتان جديدتان", "3 رسائل جديدة", "11 رسالة جديدة"]],
    ["de", ["1 neue Nachricht", "2 neue Nachrichten", "3 neue Nachrichten", "11 neue Nachrichten"]],
    ["es", ["1 mensaje nuevo", "2 mensajes nuevos", "3 mensajes nuevos", "11 mensajes nuevos"]],
    ["fr", ["1 nouveau message", "2 nouveaux messages", "3 nouveaux messages", "11 nouveaux messages"]],
    ["ja", ["新着メッセージ1件", "新着メッセージ2件", "新着メッセージ3件", "新着メッセージ11件"]],
    ["pt", ["1 mensagem nova", "2 mensagens novas", "3 mensagens novas", "11 mensagens novas"]],
  ])("counts in %s", async (language, counted) => {
    const { plural } = await speak(language, []);
    expect([1, 2, 3, 11].map((count) => plural("jump", count))).toEqual(counted);
  });
});
