import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import type { Document } from "../verdict/document.ts";
import { counting, folder, muchado } from "./test-command.ts";

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });

function schema(name: string): ValidateFunction {
  const url = new URL(`../../../src/report/${name}.schema.json`, import.meta.url);
  return ajv.compile(JSON.parse(readFileSync(url, "utf8")));
}

const isDocument = schema("check");
const isListing = schema("list");

describe.concurrent("JSON keeps to its schema", () => {
  test("for runs that hold, are violated, vacuous, cut or failed, and for all of them together", async () => {
    const properties = "small: always((s) => s.hands.get(0) < 2)";
    const cwd = folder({
      "holds.ts": counting({ properties: "far: sometimes((s) => s.hands.get(0) === top)" }),
      "violated.ts": counting({ properties }),
      "vacuous.ts": counting({ actions: "never: action({}, () => false)" }),
      "cut.ts": counting({ top: 300 }),
      "failed.ts": counting({ actions: "leap: action({}, (s) => { s.hands.set(0, -1); })" }),
    });
    const targets = ["holds.ts", "violated.ts", "vacuous.ts", "cut.ts", "failed.ts"];
    const { exitCode, stdout } = await muchado(["check", ...targets, "--max-states", "500", "--json"], {
      cwd,
    });
    const document = JSON.parse(stdout) as Document;
    isDocument(document);
    expect(isDocument.errors).toBeNull();
    expect(document.runs.map(({ verdict }) => verdict)).toEqual([
      ...["holds", "violated", "holds", "inconclusive", "inconclusive"],
    ]);
    expect(document.runs[0]!.properties[0]!.trace!.steps).toHaveLength(3);
    expect(document.runs[0]!.growing).toBeUndefined();
    expect(document.runs[1]!.properties[0]!.why).toBe("the property does not hold");
    expect(document.runs[2]!.vacuous).toEqual(["action never never happened"]);
    expect(document.runs[3]!.limit).toBe("states");
    expect(document.runs[3]!.growing!.map(({ field }) => field)).toEqual(["hands[*]"]);
    expect(document.runs[4]!.failure!.step).toBe("leap()");
    expect([document.verdict, document.exitCode, exitCode]).toEqual(["violated", 70, 70]);
  });

  test("for a run that is stopped before its first state", async () => {
    const words = ["check", "model.ts", "--max-seconds", "0.001", "--json"];
    const { stdout } = await muchado(words, { cwd: folder({ "model.ts": counting() }) });
    const document = JSON.parse(stdout) as Document;
    isDocument(document);
    expect(isDocument.errors).toBeNull();
    expect(document.runs).toMatchObject([{ verdict: "inconclusive", limit: "time", states: 0, depth: 0 }]);
  });

  test("for what follows from two of them", async () => {
    const cwd = folder({
      "protocol.ts": counting({
        properties: `"refines-ado": refines({
          initial: () => undefined, explain: () => ({ events: [] }), events: [], print: () => [],
        }, () => 0)`,
      }).replace("name:", 'composes: "protocol", name:'),
      "program.ado": `ADO R { shared v : int := 0; method set(n) { this.v := n; } method get() { return this.v; } }
        DApp A(x: R) { proc set(n) { x.set(n)!!; } proc get() { return x.get()!!; } }
        theorem t: A implements R given clients = 1, each set(1) then get(), times = 2;`,
    });
    const { stdout } = await muchado(["check", "program.ado", "protocol.ts", "--json"], { cwd });
    const document = JSON.parse(stdout) as Document;
    isDocument(document);
    expect(isDocument.errors).toBeNull();
    expect(document.composed).toEqual([
      {
        program: "program.ado",
        protocol: "protocol.ts",
        theorem: "A implements R given each set(1) then get(), over protocol.ts",
        bounds: { clients: 1, calls: 2, times: 2, crash: 0, lost: 0 },
        clusterBounds: { top: 3 },
      },
    ]);
  });

  test("for the list of targets, and for what a mutant of it does", async () => {
    const cwd = folder();
    const { stdout } = await muchado(["list", "--json"], { cwd });
    const listing = JSON.parse(stdout) as { targets: { name: string; of: string | null }[] };
    isListing(listing);
    expect(isListing.errors).toBeNull();
    const mutant = listing.targets.find(({ of }) => of !== null)!;
    expect(listing.targets.map(({ name }) => name)).toContain(mutant.of);
    const answer = await muchado(["check", mutant.name, "--json"], { cwd });
    isDocument(JSON.parse(answer.stdout));
    expect(isDocument.errors).toBeNull();
  });
});
