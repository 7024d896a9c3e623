import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ci, run, small, wrong } from "./test-ci.ts";
import { folder, muchado } from "./test-command.ts";

describe.concurrent("muchado ci ends with", () => {
  test("1 for a violation, whatever gates say and limits do", async () => {
    const { exitCode, answer } = await ci(
      {
        runs: [
          run("small.ts", { counts: { states: 1 } }),
          run("wrong.ts"),
          run("small.ts", { budget: { states: 3 } }),
        ],
      },
      { "small.ts": small, "wrong.ts": wrong },
    );
    expect(answer.runs.map(({ verdict }) => verdict)).toEqual(["holds", "violated", "inconclusive"]);
    expect(answer.gates).toEqual([{ gate: "counts", run: 0, message: "states: 16, expected 1" }]);
    expect(exitCode).toBe(1);
  });

  test("3 for each gate that a run fails, its certificate among them", async () => {
    const runs = [run("small.ts", { counts: { states: 1 } })];
    const { exitCode, answer } = await ci({ runs, certificates: "kept" }, { "small.ts": small });
    expect(answer.gates).toEqual([
      { gate: "counts", run: 0, message: "states: 16, expected 1" },
      {
        gate: "certificate",
        run: 0,
        message:
          "there is no certificate in kept; `muchado ci --certify` writes it once the run passes the other gates",
      },
    ]);
    expect(exitCode).toBe(3);
  });

  test("64 before anything is run, with the place in the configuration", async () => {
    const text =
      '{\n  "runs": [\n    { "target": "small.ts" },\n    { "target": "small.ts", "bounds": { "tpo": 3 } }\n  ]\n}';
    const cwd = folder({ "muchado.config.json": text, "small.ts": small });
    const { exitCode, stdout, stderr } = await muchado(["ci"], { cwd });
    expect(stderr).toBe(
      'muchado: muchado.config.json:4:5: runs[1]: small.ts has no bound "tpo"; its bounds: top\n',
    );
    expect([exitCode, stdout]).toEqual([64, ""]);
  });
});

describe.concurrent("reports", () => {
  test("go where they are told to, from the folder of the configuration or of the command line", async () => {
    const cwd = folder({
      "wrong.ts": wrong,
      "muchado.config.json": JSON.stringify({
        runs: [run("wrong.ts")],
        reporters: ["github", "sarif=deep/a.sarif"],
      }),
      "summary.md": "before\n",
    });
    mkdirSync(join(cwd, "deep"));
    const environment = { GITHUB_STEP_SUMMARY: join(cwd, "summary.md") };
    const { stdout, exitCode } = await muchado(["ci"], { cwd, environment });
    expect(stdout).toMatch(
      /^::error file=wrong\.ts,line=13,col=33,title=violated%3A wrong\.ts \(top=3\)::small: /m,
    );
    expect(stdout).toMatch(/^violated wrong\.ts/);
    const sarif = JSON.parse(readFileSync(join(cwd, "deep/a.sarif"), "utf8"));
    expect(sarif.runs[0].results[0].codeFlows[0].threadFlows[0].id).toBe("h1");
    expect(readFileSync(join(cwd, "summary.md"), "utf8")).toMatch(
      /^before\n## Muchado: one complaint \(exit code 1\)\n/,
    );
    expect(exitCode).toBe(1);
  });

  test("go to folders that are there, and none is made for them", async () => {
    const cwd = folder({
      "muchado.config.json": JSON.stringify({ runs: [run("small.ts")] }),
      "small.ts": small,
    });
    const words = ["ci", "--reporter", "junit=nowhere/a.xml"];
    const { exitCode, stderr } = await muchado(words, { cwd });
    expect(stderr).toBe("muchado: --reporter: nowhere/a.xml: there is no folder nowhere\n");
    expect([exitCode, existsSync(join(cwd, "nowhere"))]).toEqual([64, false]);
  });
});
