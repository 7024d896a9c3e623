import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeTrace } from "../trace/trace-bytes.ts";
import type { Document } from "../verdict/document.ts";
import { counting, folder, muchado, telling } from "./test-command.ts";

const answerOf = (stdout: string): Document => JSON.parse(stdout) as Document;

describe.concurrent("muchado check", () => {
  test("exits with 0 and says within which bounds a model holds", async () => {
    const cwd = folder({ "model.ts": counting() });
    const { exitCode, stdout, stderr } = await muchado(["check", "model.ts", "--quiet"], { cwd });
    expect(stdout).toMatch(/^holds model\.ts \(top=3\): 16 states, 24 steps, depth 6, /);
    expect(stdout).toContain("\n  within these bounds: no hand goes too far\n");
    expect(stdout).toContain("\n  repeat: muchado check model.ts --bound top=3\n");
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
  });

  test("tells the first state of a counterexample by what makes it that one", async () => {
    const init = "init: action({ hand }, (s, { hand }) => { s.hands.set(hand, 1); }), actions:";
    const properties = "low: always((s) => s.hands.get(1) < 2)";
    const cwd = folder({ "model.ts": counting({ properties }).replace("actions:", init) });
    const { stdout } = await muchado(["check", "model.ts", "--quiet", "--out", "."], { cwd });
    const first = "\n  0  first state\n       hands[h1]: 0\n       hands[h2]: 1\n  1  ";
    expect(stdout).toContain(first);
    const file = readdirSync(cwd).find((name) => name.endsWith(".trace"))!;
    expect((await muchado(["show", file], { cwd })).stdout).toContain(first);
  });

  test("searches with both reductions on two workers, and names them", async () => {
    const words = ["paxos", "--reduce", "symmetry,order", "--workers", "2", "--json"];
    const { exitCode, stdout } = await muchado(["check", ...words], { cwd: folder({}) });
    expect(exitCode).toBe(0);
    const [run] = (JSON.parse(stdout) as Document).runs;
    expect(run).toMatchObject({ verdict: "holds", reductions: ["symmetry", "order"], states: 275 });
  });

  test("runs a target once that is named twice, and says so", async () => {
    const words = ["check", "model.ts", "model.ts", "--json", "--quiet"];
    const { stdout, stderr } = await muchado(words, { cwd: folder({ "model.ts": counting() }) });
    expect(stderr).toBe("muchado: model.ts is named more than once: it is run once\n");
    expect(answerOf(stdout).runs).toHaveLength(1);
  });

  test("takes a seed as every command does, and says that it changes nothing", async () => {
    const words = ["check", "model.ts", "--seed", "3", "--quiet"];
    const { exitCode, stdout, stderr } = await muchado(words, { cwd: folder({ "model.ts": counting() }) });
    expect(stderr).toMatch(/^muchado: --seed changes nothing: .*\n$/);
    expect(stdout).toContain("\n  repeat: muchado check model.ts --bound top=3\n");
    expect(exitCode).toBe(0);
  });

  test("exits with 1 and tells the shortest way to a violation", async () => {
    const properties = 'small: always((s) => s.hands.get(1) < 2 || "h2 went too far")';
    const cwd = folder({ "model.ts": counting({ properties }) });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect(stdout.split("\n").slice(1)).toEqual([
      "  small: h2 went too far",
      "  0  first state",
      "  1  count(hand: h2)",
      "       hands[h2]: 0 → 1",
      "  2  count(hand: h2)",
      "       hands[h2]: 1 → 2",
      "  repeat: muchado check model.ts --bound top=3",
      "",
    ]);
    expect(exitCode).toBe(1);
  });

  test("exits with 2 where a limit stops the search, and with 0 where that is only a warning", async () => {
    const cwd = folder({ "model.ts": counting() });
    const words = ["check", "model.ts", "--bound", "top=99", "--max-states", "50"];
    const [strict, lenient] = await Promise.all([
      muchado(words, { cwd }),
      muchado([...words, "--inconclusive=warn"], { cwd }),
    ]);
    expect(strict.stdout).toMatch(/^inconclusive .*\n {2}stopped at the limit of states \(--max-states\)/);
    expect(strict.exitCode).toBe(2);
    expect(lenient.stdout).toMatch(/^inconclusive /);
    expect(lenient.exitCode).toBe(0);
  });

  test("exits with 2 where time runs out", async () => {
    const cwd = folder({ "model.ts": counting({ top: 50_000 }) });
    const { exitCode, stdout } = await muchado(["check", "model.ts", "--max-seconds", "0.2"], { cwd });
    expect(stdout).toContain("stopped at the limit of time (--max-seconds)");
    expect(exitCode).toBe(2);
  });

  test("exits with 3 where an action never happens or a witness is missing", async () => {
    const actions = "never: action({}, () => false)";
    const properties = "far: sometimes((s) => s.hands.get(0) > top)";
    const cwd = folder({ "model.ts": counting({ actions, properties }) });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect(stdout).toMatch(/^vacuous /);
    expect(stdout).toContain("\n  vacuous: action never never happened\n");
    expect(stdout).toContain("\n  vacuous: far was never witnessed\n");
    expect(stdout).not.toContain("within these bounds");
    expect(exitCode).toBe(3);
  });

  test("exits with 70 and the step where an action throws", async () => {
    const actions = "leap: action({ hand }, (s, { hand }) => { s.hands.set(hand, 9); })";
    const cwd = folder({ "model.ts": counting({ actions }) });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect(stdout).toMatch(/^failed /);
    expect(stdout).toContain("\n  at the step: leap(hand: h1)\n");
    expect(stdout).toMatch(/9 is not in 0\.\.3/);
    expect(exitCode).toBe(70);
  });

  test("exits with 70 and does not hang where a worker dies", async () => {
    const actions = "die: action({}, (s) => { if (s.hands.get(0) > 1) process.exit(5); return false; })";
    const cwd = folder({ "model.ts": counting({ actions }) });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], { cwd });
    expect(stdout).toMatch(/the search broke off: .*code: 5/);
    expect(exitCode).toBe(70);
  });

  test("exits with 130 on Ctrl-C, and tells what was found and what was not begun", async () => {
    const cwd = folder({ "a.ts": counting({ top: 50_000, properties: telling }), "b.ts": counting() });
    const { exitCode, stdout, stderr } = await muchado(["check", "a.ts", "b.ts", "--workers", "1"], {
      cwd,
      meanwhile(child) {
        child.stderr!.once("data", () => child.kill("SIGINT"));
      },
    });
    expect(stderr).toMatch(/^searching/);
    expect(stdout).toMatch(/^inconclusive a\.ts .*\n {2}interrupted: nothing is violated so far/);
    expect(stdout).toContain("interrupted, one run not begun (exit code 130)");
    expect(exitCode).toBe(130);
  });

  test("tells what was found of all runs that go on side by side at Ctrl-C", async () => {
    const endless = counting({ top: 50_000, properties: telling });
    const cwd = folder({ "a.ts": endless, "b.ts": endless });
    const { exitCode, stdout } = await muchado(["check", "a.ts", "b.ts", "--workers", "2"], {
      cwd,
      meanwhile(child) {
        child.stderr!.once("data", () => child.kill("SIGINT"));
      },
    });
    expect(stdout.match(/^inconclusive .* with one worker/gm)).toHaveLength(2);
    expect(stdout).toContain("2 runs");
    expect(exitCode).toBe(130);
  });

  test("does one run after another where there is not memory enough for two", async () => {
    const words = ["check", "two-phase-commit", "ado", "--max-memory", "1M", "--workers", "2", "--json"];
    const { exitCode, stdout } = await muchado(words, { cwd: folder({}) });
    const { runs } = JSON.parse(stdout) as Document;
    expect(runs.map(({ verdict, workers }) => [verdict, workers])).toEqual([
      ["holds", 2],
      ["holds", 2],
    ]);
    expect(exitCode).toBe(0);
  });

  test("ends at once on a second Ctrl-C, even in a body that never ends", async () => {
    const actions = 'loop: action({}, () => { console.log("looping"); for (;;); })';
    const cwd = folder({ "model.ts": counting({ actions }) });
    const { exitCode, stdout } = await muchado(["check", "model.ts"], {
      cwd,
      meanwhile(child) {
        child.stderr!.once("data", () => {
          child.kill("SIGINT");
          setTimeout(() => child.kill("SIGINT"), 300);
        });
      },
    });
    expect(stdout).toBe("");
    expect(exitCode).toBe(130);
  });

  test("prints exactly one document with --json, whatever a model prints", async () => {
    const cwd = folder({ "model.ts": counting({ first: 'console.log("hello");' }), "other.ts": counting() });
    const { exitCode, stdout } = await muchado(["check", "model.ts", "other.ts", "--json"], { cwd });
    const { tool, verdict, exitCode: told, runs } = answerOf(stdout);
    expect(tool.name).toBe("muchado");
    expect([verdict, told, exitCode]).toEqual(["holds", 0, 0]);
    expect(runs.map(({ target, states }) => [target, states])).toEqual([
      ["model.ts", 16],
      ["other.ts", 16],
    ]);
  });

  test("writes a file for each run with --out, and no part of one", async () => {
    const cwd = folder({ "model.ts": counting(), "other.ts": counting() });
    const words = ["check", "model.ts", "other.ts", "--bound", "top=4", "--out", "deep/runs"];
    const { exitCode } = await muchado(words, { cwd });
    const names = readdirSync(join(cwd, "deep/runs"));
    expect(names.sort()).toEqual(["model.ts-top=4.json", "other.ts-top=4.json"]);
    const [run] = answerOf(readFileSync(join(cwd, "deep/runs", names[0]!), "utf8")).runs;
    expect([run!.verdict, run!.states]).toEqual(["holds", 25]);
    expect(exitCode).toBe(0);
  });

  test("writes a trace of each violation and each witness with --out, and says how to look at it", async () => {
    const properties =
      'small: always((s) => s.hands.get(1) < 2), "far/one": sometimes((s) => s.hands.get(0) === 1)';
    const cwd = folder({ "model.ts": counting({ properties }) });
    const [binary, text] = await Promise.all([
      muchado(["check", "model.ts", "--out", "runs"], { cwd }),
      muchado(["check", "model.ts", "--out", "texts", "--trace-format", "json"], { cwd }),
    ]);
    const stems = ["model.ts-top=3-far-one", "model.ts-top=3-small"];
    expect(readdirSync(join(cwd, "runs")).sort()).toEqual([
      ...stems.map((stem) => `${stem}.trace`),
      "model.ts-top=3.json",
    ]);
    for (const stem of stems) {
      const [asBinary, asText] = [`runs/${stem}.trace`, `texts/${stem}.trace.json`].map((file) =>
        decodeTrace(readFileSync(join(cwd, file))),
      );
      expect(asBinary).toEqual(asText);
      expect(asBinary!.target).toBe("model.ts");
    }
    expect(binary.stdout).toContain(
      "\n  trace: runs/model.ts-top=3-small.trace\n  show: muchado show runs/model.ts-top=3-small.trace\n",
    );
    expect([binary.exitCode, text.exitCode]).toEqual([1, 1]);
  });

  test("says nothing when the reader of its output leaves", async () => {
    const cwd = folder({ "model.ts": counting() });
    const { stderr } = await muchado(["check", "model.ts", "model.ts:default", "--quiet"], {
      cwd,
      meanwhile: (child) => child.stdout!.destroy(),
    });
    expect(stderr).toBe("");
  });

  test("colours its answer only where that is asked for, when it is no terminal", async () => {
    const cwd = folder({ "model.ts": counting() });
    const outputs = await Promise.all(
      [{}, { FORCE_COLOR: "1" }, { FORCE_COLOR: "1", NO_COLOR: "1" }].map(async (environment) => {
        const { stdout } = await muchado(["check", "model.ts"], { cwd, environment });
        return stdout.includes("\x1b[");
      }),
    );
    expect(outputs).toEqual([false, true, false]);
  });

  test("checks a model of the catalog by name, and only the properties that are asked for", async () => {
    const words = ["check", "two-phase-commit", "--property", "consistent", "--workers", "1", "--coverage"];
    const { exitCode, stdout } = await muchado(words, { cwd: folder() });
    expect(stdout).toMatch(/^holds two-phase-commit \(participants=3\): 288 states, 1,145 steps, depth 10, /);
    expect(stdout).toContain("\n     96  managerHearsPrepared\n");
    expect(stdout).toContain("--bound participants=3 --property consistent\n");
    expect(exitCode).toBe(0);
  });
});
