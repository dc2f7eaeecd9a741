/** Builds the dashboard into the Python package, and stops when it has grown too heavy. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { localesGate } from "../locales-gate.ts";

const LIMIT_KB = 60;
const target = fileURLToPath(new URL("../../deskbell/static/dashboard", import.meta.url));
const locales = fileURLToPath(new URL("src/locales", import.meta.url));

/** Everything a browser loads: page, style, script, and all languages (it takes only one). */
function sizeGate(): Plugin {
  return {
    name: "size-gate",
    apply: "build",
    generateBundle(_options, bundle) {
      let total = 0;
      for (const file of Object.values(bundle)) {
        total += gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 }).length;
      }
      const size = `dashboard: ${(total / 1024).toFixed(1)} KB gzip of ${LIMIT_KB} KB`;
      if (total > LIMIT_KB * 1024) this.error(size);
      this.info(size);
    },
  };
}

export default defineConfig({
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    outDir: target,
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
  },
  plugins: [localesGate(locales), sizeGate()],
  test: { environment: "happy-dom", include: ["tests/**/*.test.ts?(x)"] },
});
