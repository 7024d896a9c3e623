import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { counting, folder, muchado, telling } from "./test-command.ts";

const check = ["check", "model.ts", "--bound", "top=40"];

describe("muchado check --checkpoint", () => {
  test("leaves one when it is interrupted", async () => {
    const cwd = folder({ "model.ts": counting({ top: 9000, properties: telling }) });
    const { exitCode, stderr } = await muchado(["check", "model.ts", "--checkpoint", "runs/"], {
      cwd,
      meanwhile(child) {
        child.stderr!.once("data", () => setTimeout(() => child.kill("SIGTERM"), 1000));
      },
    });
    expect(stderr).toContain("left a checkpoint of");
    expect(readdirSync(join(cwd, "runs"))).toEqual(["model.ts-top=9000.checkpoint"]);
    expect(exitCode).toBe(130);
  });

  test("takes a folder for several runs, and goes on with those that have a file there", async () => {
    const cwd = folder({ "a.ts": counting({ top: 2 }), "b.ts": counting({ top: 50 }) });
    const both = ["check", "a.ts", "b.ts"];
    await muchado([...both, "--max-states", "100", "--checkpoint", "runs"], { cwd });
    expect(readdirSync(join(cwd, "runs"))).toEqual(["b.ts-top=50.checkpoint"]);
    const { stdout } = await muchado([...both, "--resume", "runs"], { cwd });
    expect(stdout).toMatch(/2 runs in .*: 2 hold \(exit code 0\)/);
  });
});

describe("muchado check --resume", () => {
  test.each([
    ["another bound", [["--bound", "top=41"]], "bounds are top=40 there and top=41 here"],
    ["other properties", [["--property", "other"]], "properties are fine there and other here"],
  ])("refuses %s", async (_, more, why) => {
    const properties = "fine: always(() => true), other: always(() => true)";
    const cwd = folder({ "model.ts": counting({ properties }) });
    const words = [...check, "--max-states", "500", "--checkpoint", "here", "--property", "fine"];
    await muchado(words, { cwd });
    const given = more[0]![0] === "--bound" ? [...check.slice(0, 2), "--property", "fine"] : check;
    const { exitCode, stderr, stdout } = await muchado([...given, ...more.flat(), "--resume", "here"], {
      cwd,
    });
    expect(stderr).toBe(`muchado: here: this run cannot go on from there: ${why}\n`);
    expect([stdout, exitCode]).toEqual(["", 64]);
  });
});
