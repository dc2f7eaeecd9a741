/** Builds the hook and its example; tests run where there is a DOM. */
import { defineConfig, mergeConfig } from "vitest/config";
import { bindingBuild } from "../binding-build.ts";

export default defineConfig(({ mode }) =>
  mergeConfig(bindingBuild(import.meta.url, "example/main.tsx", mode), {
    test: { environment: "happy-dom", include: ["tests/**/*.test.tsx"] },
  }),
);
