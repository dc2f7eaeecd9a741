/**
 * Builds the widget into the Python package, in two runs: first the panel (hashed modules), then the
 * loader (one classic script of a fixed name) that has the panel's file name baked in.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { minify } from "terser";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { localesGate } from "../locales-gate.ts";
import { INTERNAL } from "./internal-names.ts";

const target = fileURLToPath(new URL("../../deskbell/static/", import.meta.url));
const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

/**
 * One fingerprint for all files of a build, as the panel names them all: a different one in each name
 * would be the part of it that compresses worst.
 */
const build = createHash("sha256");
for (const folder of ["../client/src", "src"]) {
  const files = readdirSync(fileURLToPath(new URL(folder, import.meta.url)), { recursive: true, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile()).map((entry) => `${entry.parentPath}/${entry.name}`).sort()) {
    build.update(readFileSync(file));
  }
}
for (const file of ["vite.config.ts", "internal-names.ts", "../package-lock.json"]) {
  build.update(readFileSync(fileURLToPath(new URL(file, import.meta.url))));
}
const fingerprint = build.digest("hex").slice(0, 10);

/** Once more after Vite's own minifier, which is the faster one: measured, it takes another 5 % away. */
const smaller: Plugin = {
  name: "smaller",
  async generateBundle(_options, bundle) {
    // One for all chunks: what is short in one of them is as short in the others.
    const nameCache = {};
    for (const chunk of Object.values(bundle)) {
      // The keys of texts are strings elsewhere.
      if (chunk.type !== "chunk" || chunk.facadeModuleId?.endsWith(".json")) continue;
      const compress = { passes: 3, unsafe_arrows: true, pure_getters: true };
      const mangle = { properties: { builtins: true, regex: new RegExp(`^(${INTERNAL})$`) } };
      chunk.code = (await minify(chunk.code, { module: true, ecma: 2020, compress, mangle, nameCache })).code!;
    }
  },
};

/** Library mode, as it leaves `import()` alone instead of wrapping it into a preloader of its own. */
const panel = {
  lib: { entry: source("panel/mount.ts"), formats: ["es" as const] },
  rolldownOptions: {
    // A part that comes later takes what it shares with the panel from the panel's own file; kept
    // strict, that would be one more file to fetch before the panel opens.
    preserveEntrySignatures: "allow-extension" as const,
    output: {
      entryFileNames: `assets/panel-${fingerprint}.js`,
      chunkFileNames: ({ facadeModuleId }: { facadeModuleId: string | null }) =>
        `assets/${facadeModuleId?.includes("/locales/details/") ? "details-" : ""}[name]-${fingerprint}.js`,
      // For libraries Vite keeps the white space; this is no library.
      minify: true,
    },
  },
};

const loader = {
  lib: { entry: source("loader/loader.ts"), formats: ["iife" as const], name: "deskbellLoader" },
  rolldownOptions: { output: { entryFileNames: "widget.js" } },
};

function panelFile(): string {
  const name = readdirSync(`${target}assets`).find((file) => /^panel-.*\.js$/.test(file));
  if (!name) throw new Error("Build the panel before the loader.");
  return `assets/${name}`;
}

export default defineConfig(({ mode }) => {
  // The dashboard lives in the same folder, so only the panel's own files of the last build go.
  if (mode === "panel") rmSync(`${target}assets`, { recursive: true, force: true });
  return {
    plugins: [localesGate(source("locales"), source("locales/details")), smaller],
    // Named one by one, as the loader takes a single one, a whole file of texts is a third heavier.
    json: { namedExports: mode !== "panel" },
    define: mode === "loader" ? { PANEL_FILE: JSON.stringify(panelFile()) } : {},
    build: {
      target: "es2022",
      // Nested light and dark need no emulation there; without relative colours the default ones stay.
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      outDir: target,
      emptyOutDir: false,
      ...(mode === "panel" ? panel : loader),
    },
    test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
  };
});
