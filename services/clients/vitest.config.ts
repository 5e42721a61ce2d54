import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      // As a bundler of mini-programs resolves it; what is shipped is tested by
      // miniprogram/package.test.ts.
      "@jiedui/miniprogram": fileURLToPath(
        new URL("miniprogram/src/index.ts", import.meta.url),
      ),
    },
  },
  test: {
    include: ["{shared,web,miniprogram}/**/*.test.ts"],
    exclude: ["**/build/**", "**/node_modules/**"],
    // As long as a slow machine may need, not as a test is meant to take.
    testTimeout: 60000,
    hookTimeout: 60000,
  },
});
