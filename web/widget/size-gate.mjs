/** Stops the build when what a visitor has to load has grown too heavy. Sizes are of gzip, level 9. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const target = fileURLToPath(new URL("../../deskbell/static/", import.meta.url));
const languages = readdirSync(new URL("src/locales/", import.meta.url))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length));
const assets = readdirSync(`${target}assets`).filter((file) => file.endsWith(".js"));
const text = (file) => readFileSync(target + file, "utf8");
const kilobytes = (files) =>
  files.reduce((sum, file) => sum + gzipSync(text(file), { level: 9 }).length, 0) / 1024;

/** A file with all that it needs before it can run; what it imports later comes when it is used. */
function closure(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, name] of text(file).matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
    closure(`assets/${name}`, seen);
  }
  return seen;
}

const panel = [...closure(`assets/${assets.find((file) => file.startsWith("panel-"))}`)];
const isText = (file, part = "") => languages.some((language) => file.startsWith(`${part}${language}-`));
const isDetails = (file) => isText(file, "details-");
// A browser takes one language: the heaviest is counted.
const heaviest = (files) => Math.max(0, ...files.map((file) => kilobytes([`assets/${file}`])));
const language = heaviest(assets.filter((file) => isText(file)));
const later = assets.filter(
  (file) => !isText(file) && !isDetails(file) && !panel.includes(`assets/${file}`),
);

for (const [name, size, limit] of [
  ["loader", kilobytes(["widget.js"]), 4],
  ["panel with client and one language", kilobytes(panel) + language, 16],
  ["what comes when it is first used", kilobytes(later.map((file) => `assets/${file}`)) + heaviest(assets.filter(isDetails)), 9],
]) {
  console.log(`${name}: ${size.toFixed(2)} KB gzip of ${limit}`);
  if (!(size <= limit)) process.exitCode = 1;
}
