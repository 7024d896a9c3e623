import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { schemaErrors } from "../report/test-schemas.ts";
import type { Document } from "../verdict/document.ts";
import { counting, folder, muchado } from "./test-command.ts";

function documentOf(stdout: string): Document {
  const document = JSON.parse(stdout) as Document;
  expect(schemaErrors("check", document)).toBeNull();
  return document;
}

const properties = 'small: always((s) => s.hands.get(1) < 5 || "h2 went too far")';

describe.concurrent("muchado simulate", () => {
  test("never says that a model holds: exits with 2, or with 0 where that is only a warning", async () => {
    const actions = "never: action({}, () => false)";
    const cwd = folder({ "model.ts": counting({ actions }) });
    const words = ["simulate", "model.ts", "--runs", "20", "--seed", "3"];
    const [strict, lenient] = await Promise.all([
      muchado(words, { cwd }),
      muchado([...words, "--inconclusive=warn", "--json"], { cwd }),
    ]);
    expect(strict.stdout).toMatch(/^inconclusive model\.ts \(top=3\): seed 3, 20 runs of at most 100 steps/);
    expect(strict.stdout).toContain(
      "all runs were done (--runs): nothing is violated so far, which says nothing of the rest",
    );
    expect(strict.stdout).toContain("\n  not seen: action never never happened\n");
    expect(strict.stdout).not.toContain("holds");
    expect(strict.exitCode).toBe(2);
    expect(lenient.exitCode).toBe(0);
    const { verdict, runs } = documentOf(lenient.stdout);
    expect([verdict, runs[0]!.limit, runs[0]!.simulation!.runs]).toEqual(["inconclusive", "runs", 20]);
    expect(runs[0]!.properties.map((property) => property.verdict)).toEqual(["inconclusive"]);
  });

  test("exits with 1, a shrunk trace and the command that repeats it, whatever the workers", async () => {
    const cwd = folder({ "model.ts": counting({ top: 9, properties }) });
    const words = ["simulate", "model.ts", "--seed", "7", "--workers", "2", "--out", "runs", "--json"];
    const { exitCode, stdout } = await muchado(words, { cwd });
    const run = documentOf(stdout).runs[0]!;
    expect(run.properties[0]).toMatchObject({ verdict: "violated", why: "h2 went too far" });
    expect(run.properties[0]!.trace!.steps.map(({ label }) => label)).toEqual(
      new Array(5).fill("count(hand: h2)"),
    );
    expect(readdirSync(join(cwd, "runs")).sort()).toEqual([
      "model.ts-top=9-small.trace",
      "model.ts-top=9.json",
    ]);
    expect(exitCode).toBe(1);
    const [, ...repeat] = run.repeat.split(" ");
    const again = documentOf((await muchado([...repeat, "--json"], { cwd })).stdout).runs[0]!;
    expect(again.properties).toEqual(run.properties);
    expect(again.workers).toBe(1);
    expect(again.simulation).toMatchObject({ runs: 1, failingRun: run.simulation!.failingRun });
  });

  test("exits with 130 on Ctrl-C and tells what was found", async () => {
    const far =
      'far: sometimes((s) => { if (s.hands.get(0) > 2) console.log("far"); return s.hands.get(0) > 2; })';
    const cwd = folder({ "model.ts": counting({ top: 500, properties: far }) });
    const { exitCode, stdout } = await muchado(["simulate", "model.ts", "--max-seconds", "60"], {
      cwd,
      meanwhile(child) {
        let isFar = false;
        child.stderr!.on("data", (text) => {
          if (isFar || !String(text).startsWith("far")) return;
          isFar = true;
          setTimeout(() => child.kill("SIGINT"), 500);
        });
      },
    });
    expect(stdout).toMatch(/^inconclusive model\.ts .*\n {2}interrupted: nothing is violated so far/);
    expect(stdout).toMatch(/\n {2}witnessed: far \(after \d+ steps\)\n/);
    expect(exitCode).toBe(130);
  });

  test("exits with 70 and the step where an action throws", async () => {
    const actions = "leap: action({ hand }, (s, { hand }) => { s.hands.set(hand, 9); })";
    const cwd = folder({ "model.ts": counting({ actions }) });
    const { exitCode, stdout } = await muchado(["simulate", "model.ts"], { cwd });
    expect(stdout).toContain("\n  at the step: leap(hand: h1)\n");
    expect(stdout).toMatch(/--seed \d+ --steps 100 --strategy mixed --path 0\n/);
    expect(exitCode).toBe(70);
  });

  test.each([
    [
      "step",
      {
        actions: "leap: action({ hand }, (s) => { while (s.hands.get(0) === 1); return false; })",
      },
      "leap(hand: h1)",
    ],
    [
      "property",
      { properties: "calm: always((s) => { while (s.hands.get(0) === 1); return true; })" },
      "property calm",
    ],
  ])("exits with 70 and the %s that does not end", async (_what, parts, name) => {
    const cwd = folder({ "model.ts": counting(parts) });
    const { exitCode, stdout } = await muchado(["simulate", "model.ts", "--step-seconds", "1"], { cwd });
    expect(stdout).toContain(`\n  ${name} did not end within 1 s\n`);
    expect(stdout).toMatch(/\n {2}in the state:\n {4}hands: \[h1: 1, h2: \d\]\n/);
    expect(stdout).toMatch(/--seed \d+ --steps 100 --strategy mixed --path \d+\n/);
    expect(exitCode).toBe(70);
  });

  test.each([
    ["--strategy unifrom", /did you mean `uniform`/],
    ["--path 3", /--path names a run of a seed: give --seed as well/],
    ["--path 3 --seed 1 --runs 4", /--path names one run/],
    ["--steps 0", /--steps: "0" is not a whole number from 1/],
    ["--max-states 7", /unknown option --max-states/],
  ])("exits with 64 for %s", async (words, message) => {
    const cwd = folder({ "model.ts": counting() });
    const { exitCode, stdout, stderr } = await muchado(["simulate", "model.ts", ...words.split(" ")], {
      cwd,
    });
    expect(stderr).toMatch(message);
    expect([exitCode, stdout]).toEqual([64, ""]);
  });
});
