/** Builds a framework's binding into its own `dist/`: alone and held to its size, and as an example page. */

import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import type { Plugin, UserConfig } from "vite";

const LIMIT_BYTES = 400;

/** What the binding adds to the client and the framework, which a page has anyway. */
const sizeGate: Plugin = {
  name: "size-gate",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== "chunk") continue;
      const size = gzipSync(file.code, { level: 9 }).length;
      const report = `${file.fileName}: ${size} bytes gzip of ${LIMIT_BYTES}`;
      if (size > LIMIT_BYTES) this.error(report);
      this.info(report);
    }
  },
};

/** `--mode binding` comes first and empties the folder, `--mode example` adds the page's script. */
export function bindingBuild(workspace: string, example: string, mode: string): UserConfig {
  const path = (name: string) => fileURLToPath(new URL(name, workspace));
  const outDir = path("dist");
  if (mode === "binding") rmSync(outDir, { recursive: true, force: true });
  const build = { target: "es2022", outDir, emptyOutDir: false };
  if (mode === "example") {
    const output = { entryFileNames: "example.js" };
    return { build: { ...build, modulePreload: false, rolldownOptions: { input: path(example), output } } };
  }
  return {
    plugins: mode === "binding" ? [sizeGate] : [],
    build: {
      ...build,
      lib: { entry: path("src/index.ts"), formats: ["es"] },
      // For libraries Vite keeps the white space, which nobody wants to pay for here.
      rolldownOptions: { external: /^[@\w]/, output: { entryFileNames: "index.js", minify: true } },
    },
  };
}
