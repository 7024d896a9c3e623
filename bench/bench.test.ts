import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { root } from "./contenders.ts";
import { measure } from "./measure.ts";
import { insert } from "./report.ts";

test("the benchmark runs, and all explorers count the same states and steps", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [`${root}dist/bench/bench.js`, "--quick"]);
  const hasCompiler = spawnSync("gcc", ["--version"]).error === undefined;
  const rows = hasCompiler
    ? ["Muchado, 1 worker", "C, plain", "C, prefetch", "C, limit"]
    : ["Muchado, 1 worker"];
  for (const row of rows) {
    expect(stdout).toContain(`| two-phase-commit, 7 participants | ${row} | 296,448 | 2,744,705 |`);
    expect(stdout).toContain(`| paxos, 3 ballots | ${row} | 185,369 | 1,350,915 |`);
  }
  expect(stdout).toContain("with all its properties, refinement among them");
  expect(stdout).toContain("`muchado --help`");
  expect(stdout).toMatch(/two workers that had nothing to share would be [12]\.\d\d times as fast/);
});

test("a process is measured with all its threads", async () => {
  const busy = "const end = Date.now() + 150; while (Date.now() < end); console.log('done');";
  const { wallSeconds, cpuSeconds, output, peakBytes } = await measure([process.execPath, "-e", busy]);
  expect(output).toBe("done\n");
  expect(wallSeconds).toBeGreaterThan(0.15);
  expect(cpuSeconds).toBeGreaterThan(0.01);
  if (process.platform === "linux") expect(peakBytes).toBeGreaterThan(10_000_000);
});

test("a process that fails is not measured", async () => {
  await expect(measure([process.execPath, "-e", "process.exit(3)"])).rejects.toThrow("exit code 3");
});

test("figures replace those of the last time and leave the text around them", () => {
  const text =
    "before\n<!-- figures: written by npm run bench -->\n\nold\n\n<!-- end of figures -->\nafter\n";
  expect(insert(insert(text, "first"), "new")).toBe(text.replace("old", "new"));
  expect(() => insert("no marks", "new")).toThrow("no place for the figures");
});
