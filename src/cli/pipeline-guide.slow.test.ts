import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { junitErrors, sarifErrors } from "../report/test-published-schemas.ts";
import { schemaErrors } from "../report/test-schemas.ts";
import { folder, muchado } from "./test-command.ts";

const file = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

/** The first block of a guide in a language. */
function block(guide: string, language: string): string {
  return new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(file(guide))![1]!;
}

interface Workflow {
  readonly jobs: {
    readonly check: { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] };
  };
}

/** The words of `npx muchado …` in the sample pipeline, which makes the folder of its reports before. */
function sampleCommand(): string[] {
  const { jobs } = parse(block("docs/ci.md", "yaml")) as Workflow;
  const commands = jobs.check.steps.flatMap(({ run }) => run ?? []);
  expect(commands[0]).toBe("npm ci");
  return /^mkdir -p out && npx muchado (.*)$/.exec(commands[1]!)![1]!.split(" ");
}

function project(): string {
  const cwd = folder({
    "lease.ts": block("README.md", "ts"),
    "muchado.config.ts": block("docs/ci.md", "ts"),
  });
  mkdirSync(join(cwd, "out"));
  return cwd;
}

/** Runs the sample pipeline's command and reads all that it leaves. */
async function pipeline(cwd: string) {
  const summary = join(cwd, "summary.md");
  writeFileSync(summary, "");
  const { exitCode, stdout, stderr } = await muchado(sampleCommand(), {
    cwd,
    environment: { GITHUB_STEP_SUMMARY: summary },
  });
  const output = (name: string): string => readFileSync(join(cwd, "out", name), "utf8");
  const json = JSON.parse(output("muchado.json"));
  expect(schemaErrors("ci", json)).toBeNull();
  expect(await junitErrors(output("muchado.xml"))).toEqual([]);
  const sarif = JSON.parse(output("muchado.sarif"));
  expect(sarifErrors(sarif)).toBeNull();
  const commands = [...stdout.matchAll(/^::(\w+) (\S.*?)::(.*)$/gm)].map(([, level, properties, text]) => ({
    level,
    ...Object.fromEntries(properties!.split(",").map((pair) => pair.split("="))),
    text: decodeURIComponent(text!),
  }));
  return {
    exitCode,
    stderr,
    json,
    xml: output("muchado.xml"),
    sarif,
    commands,
    summary: readFileSync(summary, "utf8"),
  };
}

describe("the sample pipeline of the guide", () => {
  test("is green for the model of the README, once it is certified, and leaves what its later steps take", async () => {
    const cwd = project();
    mkdirSync(join(cwd, "certificates"));
    const { exitCode: uncertified } = await pipeline(cwd);
    expect(uncertified).toBe(3);
    await muchado(["ci", "--certify"], { cwd });
    const { exitCode, stderr, json, xml, sarif, commands, summary } = await pipeline(cwd);
    expect(json.gates).toEqual([]);
    expect([exitCode, json.exitCode, stderr]).toEqual([0, 0, ""]);
    expect(json.runs.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      "holds",
      "holds",
      "violated",
    ]);
    expect(json.mutants).toMatchObject([{ verdict: "killed", caughtBy: "exclusive", length: 3 }]);
    expect(xml).toMatch(/<testsuites name="muchado" tests="\d+" failures="0" errors="0"/);
    expect(sarif.runs[0].results).toEqual([]);
    expect(commands).toEqual([]);
    expect(summary).toMatch(/^## Muchado: everything is as it should be\n/);
  });

  test("is red, in every output, where the lease expires after all", async () => {
    const cwd = project();
    const config = block("docs/ci.md", "ts").replace('expected: "violated"', "bounds: { clients: 3 }");
    writeFileSync(
      join(cwd, "muchado.config.ts"),
      config.replace('certificates: "certificates"', "certificates: false"),
    );
    const { exitCode, json, xml, sarif, commands, summary } = await pipeline(cwd);
    expect([exitCode, json.exitCode, json.verdict]).toEqual([1, 1, "violated"]);
    expect(xml).toMatch(/<testsuites name="muchado" tests="\d+" failures="1" errors="0"/);
    const [violation] = sarif.runs[0].results;
    expect(violation.ruleId).toBe("violated");
    const lines = block("README.md", "ts").split("\n");
    const flows: {
      locations: {
        location: {
          logicalLocations: { name: string }[];
          physicalLocation: { region: { startLine: number } };
        };
      }[];
    }[] = violation.codeFlows[0].threadFlows;
    const places = flows.flatMap(({ locations }) => locations.map(({ location }) => location));
    expect(places.map(({ logicalLocations }) => logicalLocations[0]!.name).sort()).toEqual([
      "expire",
      "grant",
      "grant",
    ]);
    for (const { logicalLocations, physicalLocation } of places) {
      expect(lines[physicalLocation.region.startLine - 1]).toContain(`${logicalLocations[0]!.name}: `);
    }
    expect(commands).toMatchObject([{ level: "error", file: "lease.ts" }]);
    expect(commands[0]!.text).toContain("2 clients hold the lock");
    expect(summary).toContain("\n| **violated** | `lease.ts (clients=3; faults: expire=1)` |");
  });
});
