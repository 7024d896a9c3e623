import { defineConfig } from "vitest/config";

// Tests run on the compiled output, so what is tested is what ships and worker threads load the same files.
// Only the test files go through the runner's module transform; the project's own modules are loaded natively.
const shared = {
  server: { deps: { external: [/\/dist\/(?!.*\.test\.js)/] } },
  pool: "forks",
  // Far more than any takes alone: a busy machine is no defect.
  hookTimeout: 300_000,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: "fast",
          include: ["dist/**/*.test.js"],
          exclude: ["dist/**/*.slow.test.js"],
          testTimeout: 300_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...shared,
          name: "slow",
          include: ["dist/**/*.slow.test.js"],
          testTimeout: 1_800_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
});
