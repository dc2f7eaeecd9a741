/** Stops a build whose language files do not say what the English one says. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** A text, or its forms by the language's plural rules. */
type Entry = string | Readonly<Record<string, string>>;
export type Catalogue = Readonly<Record<string, Entry>>;

/** Larger counts than this appear nowhere, and neither does zero: what is counted is there. */
const LARGEST_COUNT = 99_999;

/** Each folder holds `en.json` and the other languages in the same shape, `de.json` and so on. */
export function localesGate(...folders: string[]): Plugin {
  return {
    name: "locales-gate",
    apply: "build",
    buildStart() {
      const faults = folders.flatMap(faultsIn);
      if (faults.length > 0) this.error(faults.join("\n"));
    },
  };
}

export function faultsIn(folder: string): string[] {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Catalogue;
  const english = read("en.json");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) =>
      compare(english, read(file), file.slice(0, -".json".length)).map((fault) => `${join(folder, file)}: ${fault}`),
    );
}

/** What is wrong with one language, a line for each fault. */
export function compare(english: Catalogue, texts: Catalogue, language: string): string[] {
  const plural = Object.values(english).some((entry) => typeof entry !== "string") ? pluralOf(language) : NO_PLURAL;
  const unknown = Object.keys(texts).filter((key) => !Object.hasOwn(english, key));
  return [
    ...unknown.map((key) => `"${key}" is not in en.json`),
    ...Object.entries(english).flatMap(([key, original]) =>
      faultsOf(texts[key], original, plural).map((fault) => `"${key}" ${fault}`),
    ),
  ];
}

function faultsOf(entry: Entry | undefined, original: Entry, plural: Plural): string[] {
  if (entry === undefined) return ["is missing"];
  if (typeof original === "string") {
    return typeof entry === "string"
      ? textFaults(entry, placesIn(original))
      : ["has plural forms, and the English one has not"];
  }
  if (typeof entry === "string") return ["has no plural forms, and the English one has"];
  const places = placesIn(original["other"]!);
  const missing = [...plural.counts.keys()].filter((form) => !Object.hasOwn(entry, form));
  return [
    ...missing.map((form) => `has no form "${form}"`),
    ...Object.entries(entry).flatMap(([form, text]) => {
      if (!plural.forms.includes(form)) return [`has the form "${form}", which this language does not know`];
      // "A new message", "two": where a form stands for one count alone, the words can say it.
      const countIsClear = (plural.counts.get(form) ?? 0) <= 1;
      return textFaults(text, places, countIsClear).map((fault) => `${fault} in the form "${form}"`);
    }),
  ];
}

function textFaults(text: string, places: Set<string>, countIsClear = false): string[] {
  if (text.trim() === "") return ["is empty"];
  const own = placesIn(text);
  const forgotten = [...places].filter((place) => !own.has(place) && !(countIsClear && place === "{count}"));
  const invented = [...own].filter((place) => !places.has(place));
  return [...forgotten.map((place) => `lacks ${place}`), ...invented.map((place) => `has ${place}, which nobody fills`)];
}

function placesIn(text: string): Set<string> {
  return new Set(text.match(/\{\w+\}/g));
}

interface Plural {
  /** All that the language knows: French has one from a million on. */
  forms: readonly string[];
  /** Those that a count can take, and how many counts take each. */
  counts: ReadonlyMap<string, number>;
}

/** Going through all counts takes a while, and not every folder counts something. */
const NO_PLURAL: Plural = { forms: [], counts: new Map() };

function pluralOf(language: string): Plural {
  const rules = new Intl.PluralRules(language);
  const counts = new Map<string, number>();
  for (let count = 1; count <= LARGEST_COUNT; count++) {
    const form = rules.select(count);
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return { forms: rules.resolvedOptions().pluralCategories, counts };
}
