/** Builds the composable and its example; tests run where there is a DOM. */
import { defineConfig, mergeConfig } from "vitest/config";
import { bindingBuild } from "../binding-build.ts";

export default defineConfig(({ mode }) =>
  mergeConfig(bindingBuild(import.meta.url, "example/main.ts", mode), {
    define: {
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    test: { environment: "happy-dom", include: ["tests/**/*.test.ts"] },
  }),
);
