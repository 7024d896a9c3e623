import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CatalogEntry } from "../model/catalog.ts";
import { model, system } from "../model/model.ts";
import { flag, range } from "../schema/schema.ts";
import { checkOptions } from "./check-options.ts";
import { readCommandLine } from "./command-line.ts";
import { type PlannedRun, planRuns } from "./plan.ts";

const lamp = model({
  name: "lamp",
  about: "a lamp that burns out",
  bounds: { uses: { default: 2, min: 1, max: 9, about: "how often it can be switched" } },
  system: ({ uses }) =>
    system({ isOn: flag(), used: range(0, uses) }, ({ action, always, fault }) => ({
      actions: {
        flip: action({}, (s) => {
          if (s.used === uses) return false;
          s.used++;
        }),
      },
      faults: { burnOut: fault({}, (s) => s.isOn) },
      properties: { worn: always((s) => s.used <= uses), lit: always(() => true) },
    })),
});

const entry: CatalogEntry = {
  kind: "protocol",
  model: lamp,
  reference: { module: "file:///lamp.js", export: "default" },
  pinned: [{}, { bounds: { uses: 5 }, faults: { burnOut: 0 } }],
};

async function plan(...words: string[]): Promise<PlannedRun[]> {
  const invocation = readCommandLine(["check", ...words]);
  if (invocation.kind !== "check") throw new Error(`not a check: ${invocation.kind}`);
  return planRuns(checkOptions(invocation.typed), async () => [entry]);
}

describe("a plan", () => {
  test("is refused with all that is wrong in any of its programs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plan-"));
    const files = ["first", "good", "last"].map((name) => join(folder, `${name}.ado`));
    const program = `ADO C { shared n : int := 0; method get() { return this.n; } }
theorem t: always C n == 0 given clients = 1, each get(), times = 1;\n`;
    writeFileSync(files[0]!, program.replace("int", "itn"));
    writeFileSync(files[1]!, program);
    writeFileSync(files[2]!, program.replace("given", "over hope given"));
    const refusal = await plan(...files).catch((error: Error) => error.message);
    rmSync(folder, { recursive: true });
    expect(refusal).toContain(`${files[0]}:1:20: there is no type called \`itn\``);
    expect(refusal).toContain(`${files[2]}:2:33: there is no protocol called \`hope\``);
  });

  test("is the pinned suite where there is no target", async () => {
    const runs = await plan();
    expect(runs.map(({ instance }) => [instance.bounds, instance.budgets])).toEqual([
      [{ uses: 2 }, { burnOut: 1 }],
      [{ uses: 5 }, { burnOut: 0 }],
    ]);
  });

  test("spells the command that repeats a run out, whatever the defaults become", async () => {
    const [run] = await plan("lamp", "--bound", "uses=3", "--property", "lit", "--max-states", "9");
    expect(run!.repeat).toBe(
      "muchado check lamp --bound uses=3 --faults burnOut=1 --property lit --max-states 9",
    );
    expect(run!.properties).toEqual(["lit"]);
  });

  test("repeats what a run that is stopped means, and each property once", async () => {
    const [run] = await plan("lamp", "--property", "lit", "--inconclusive=warn", "--property", "lit");
    expect(run!.repeat).toBe(
      "muchado check lamp --bound uses=2 --faults burnOut=1 --property lit --inconclusive=warn",
    );
  });

  test.for<[string[], RegExp]>([
    [["--bound", "uses=3"], /^--bound needs a target/],
    [["--property", "lit"], /^--property needs a target/],
    [["--reduce", "symmetry"], /^--reduce needs a target/],
    [
      ["lamp", "--reduce", "symmetry"],
      /^lamp: --reduce symmetry is not possible: its states have no two nodes.*; check it without/,
    ],
    [
      ["lamp", "--reduce", "size"],
      /^--reduce: "size" is no reduction; choose symmetry, order, symmetry,order or none$/,
    ],
    [["lamp", "--property", "list"], /^lamp has no property "list"; did you mean `lit`\?$/],
    [["lamp", "--faults", "crash=1"], /^lamp has no fault "crash"; its faults: burnOut$/],
    [["lmap"], /^unknown target "lmap"; did you mean `lamp`\?$/],
    [["zebra"], /^unknown target "zebra"; `muchado list` shows the names/],
  ])("is refused for %j", async ([words, message]) => {
    await expect(plan(...words)).rejects.toThrow(message);
  });
});
