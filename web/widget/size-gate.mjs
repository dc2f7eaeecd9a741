/** Stops the build when what a visitor has to load has grown too heavy. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const target = fileURLToPath(new URL("../../deskbell/static/", import.meta.url));
const kilobytes = (file) => gzipSync(readFileSync(target + file), { level: 9 }).length / 1024;
const assets = readdirSync(`${target}assets`).filter((file) => file.endsWith(".js"));

// A browser takes the panel with all it shares, and one language: the largest is counted.
const isLanguage = (file) => /^(en|zh|ar)-/.test(file);
const shared = assets.filter((file) => !isLanguage(file)).map((file) => kilobytes(`assets/${file}`));
const languages = assets.filter(isLanguage).map((file) => kilobytes(`assets/${file}`));
const panel = shared.reduce((sum, size) => sum + size, 0) + Math.max(0, ...languages);

for (const [name, size, limit] of [
  ["loader", kilobytes("widget.js"), 4],
  ["panel with client and one language", panel, 16],
]) {
  console.log(`${name}: ${size.toFixed(2)} KB gzip of ${limit}`);
  if (size > limit) process.exitCode = 1;
}
