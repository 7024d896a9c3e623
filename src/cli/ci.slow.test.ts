import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Answer, broken, ci, idle, run, small, wrong } from "./test-ci.ts";
import { counting, folder, muchado, telling } from "./test-command.ts";

describe.concurrent("muchado ci ends with", () => {
  test("0 where runs and mutants end as they should, and what is absent is known to be", async () => {
    const { exitCode, answer } = await ci(
      {
        runs: [
          run("small.ts", { counts: { states: 16, transitions: 24, depth: 6 }, coverage: { count: 24 } }),
          run("wrong.ts", { expected: "violated" }),
          run("idle.ts", { absent: ["never"] }),
        ],
        mutants: ["wrong.ts"],
        coverage: 1,
      },
      { "small.ts": small, "wrong.ts": wrong, "idle.ts": idle },
    );
    expect(answer.gates).toEqual([]);
    expect(answer.mutants).toMatchObject([{ name: "counting", verdict: "killed" }]);
    expect([exitCode, answer.exitCode, answer.verdict]).toEqual([0, 0, "holds"]);
  });

  test("3 for a gate, though a run was cut", async () => {
    const { exitCode, answer } = await ci(
      { runs: [run("idle.ts"), run("small.ts", { budget: { states: 3 } })], mutants: ["small.ts"] },
      { "small.ts": small, "idle.ts": idle },
    );
    expect(answer.gates).toEqual([
      { gate: "vacuity", run: 0, message: "action never never happened" },
      { gate: "mutants", run: null, message: "counting at its default bounds: survives, expected killed" },
    ]);
    expect(exitCode).toBe(3);
  });

  test("3 where no counterexample is found though one is expected", async () => {
    const { exitCode } = await ci(
      { runs: [run("small.ts", { expected: "violated" })] },
      { "small.ts": small },
    );
    expect(exitCode).toBe(3);
  });

  test("2 where the budget of all ends, with a word for each run that was not begun", async () => {
    const { exitCode, answer } = await ci(
      { runs: [run("small.ts"), run("small.ts"), run("small.ts")], budget: { states: 20 } },
      { "small.ts": small },
    );
    expect(answer.runs.map(({ verdict, limit }) => [verdict, limit])).toEqual([
      ["holds", null],
      ["inconclusive", "states"],
      ["inconclusive", "states"],
    ]);
    expect(exitCode).toBe(2);
  });

  test("70 for a model that is at fault, whatever else there is", async () => {
    const { exitCode, answer } = await ci(
      { runs: [run("wrong.ts"), run("broken.ts"), run("idle.ts")] },
      { "wrong.ts": wrong, "broken.ts": broken, "idle.ts": idle },
    );
    expect(answer.verdict).toBe("violated");
    expect(exitCode).toBe(70);
  });

  test("130 on Ctrl-C, with a report of what was found", async () => {
    const cwd = folder({
      "large.ts": counting({ top: 50_000, properties: telling }),
      "small.ts": small,
      "muchado.config.json": JSON.stringify({ runs: [run("large.ts"), run("small.ts")] }),
    });
    const { exitCode, stdout } = await muchado(["ci", "--json", "--workers", "1"], {
      cwd,
      meanwhile(child) {
        child.stderr!.once("data", () => child.kill("SIGINT"));
      },
    });
    const answer = JSON.parse(stdout) as Answer;
    expect(answer.runs.map(({ limit }) => limit)).toEqual(["interrupted", "interrupted"]);
    expect([exitCode, answer.exitCode]).toEqual([130, 130]);
  });
});

describe.concurrent("certificates", () => {
  test("are written, stand for what they are of, and fall with the model", async () => {
    const config =
      'import { defineConfig } from "muchado";\nexport default defineConfig({ runs: [{ target: "small.ts" }] });';
    const cwd = folder({ "muchado.config.ts": config, "small.ts": small });
    const quick = ["ci", "--workers", "1"];
    const certified = await muchado([...quick, "--certify"], { cwd });
    expect(certified.stdout).toContain("no gate failed, one certificate written: exit code 0\n");
    expect(readdirSync(join(cwd, "results/certificates"))).toEqual(["small.ts-top=3.json"]);
    const path = join(cwd, "results/certificates/small.ts-top=3.json");
    const written = readFileSync(path, "utf8");
    expect(JSON.parse(written)).toMatchObject({
      target: "small.ts",
      states: 16,
      exact: true,
      bounds: { top: 3 },
    });

    // Layout and comments are no change.
    writeFileSync(join(cwd, "small.ts"), `// A remark.\n\n${small.replaceAll("  ", " ")}`);
    const again = await muchado([...quick, "--certify"], { cwd });
    expect(again.stdout).toContain("\nno gate failed: exit code 0\n");
    expect(readFileSync(path, "utf8")).toBe(written);

    writeFileSync(join(cwd, "small.ts"), small.replace("<= top", "< top + 1"));
    const changed = await muchado(quick, { cwd });
    expect(changed.stdout).toContain(
      "gate certificate: the model has changed since it was certified (results/",
    );
    expect(changed.exitCode).toBe(3);

    writeFileSync(join(cwd, "small.ts"), small);
    writeFileSync(path, written.replace('"states": 16', '"states": 17'));
    const drifted = await muchado(quick, { cwd });
    expect(drifted.stdout).toContain(
      "the certificate has states 17, and there are 16, though the model is the same",
    );
    expect(drifted.exitCode).toBe(3);

    writeFileSync(path, written.replace('"top": 3', '"top": 4'));
    const missing = await muchado(quick, { cwd });
    expect(missing.stdout).toMatch(
      /gate certificate: there is no certificate in results\/certificates; .*--certify/,
    );
    expect(missing.stdout).toMatch(
      /gate certificate: results.* is of no run that the configuration asks for/,
    );
    expect(missing.exitCode).toBe(3);
  });

  test("of a full search and of a reduced one are two, neither in place of the other", async () => {
    const cwd = folder({ "small.ts": small });
    const ciOf = (reduce: string, ...words: string[]) => {
      const config = { runs: [run("small.ts", { reduce })], certificates: "kept" };
      writeFileSync(join(cwd, "muchado.config.json"), JSON.stringify(config));
      return muchado(["ci", "--workers", "1", ...words], { cwd });
    };
    expect((await ciOf("none", "--certify")).exitCode).toBe(0);
    const reduced = await ciOf("symmetry");
    expect(reduced.exitCode).toBe(3);
    expect(reduced.stdout).toContain("gate certificate: there is no certificate in kept; ");
    expect(reduced.stdout).toContain("gate certificate: kept/small.ts-top=3.json is of no run that");
    await ciOf("symmetry", "--certify");
    const kept = readFileSync(join(cwd, "kept/small.ts-top=3-symmetry.json"), "utf8");
    expect(JSON.parse(kept)).toMatchObject({ states: 10, reductions: ["symmetry"] });
    expect((await ciOf("none")).stdout).toContain("top=3-symmetry.json is of no run that");
  });

  test("are never written of a run that is violated, cut or vacuous", async () => {
    const cwd = folder({
      "wrong.ts": wrong,
      "idle.ts": idle,
      "small.ts": small,
      "muchado.config.json": JSON.stringify({
        runs: [run("wrong.ts"), run("idle.ts"), run("small.ts", { budget: { states: 3 } })],
      }),
    });
    const { exitCode } = await muchado(["ci", "--certify", "--workers", "1"], { cwd });
    expect(readdirSync(cwd)).not.toContain("results");
    expect(exitCode).toBe(1);
  });
});
