import { describe, expect, test } from "vitest";
import { composedTheorems, type Part } from "./compose.ts";
import { bareFailure, type PropertyResult, type Run } from "./run.ts";
import { bareRun } from "./test-run.ts";

const refined: PropertyResult = {
  name: "refines-ado",
  kind: "refines",
  verdict: "holds",
  why: null,
  trace: null,
};
const program = (changes: Partial<Run> = {}): Part => ({
  composes: "program",
  refinements: [],
  run: {
    ...bareRun,
    target: "lock.ado:mutex",
    theorem: "never two",
    bounds: { times: 4 },
    faults: { lost: 1 },
    ...changes,
  },
});
const protocol = (changes: Partial<Run> = {}): Part => ({
  composes: "protocol",
  refinements: ["refines-ado"],
  run: {
    ...bareRun,
    target: "fast",
    theorem: "it refines",
    bounds: { ballots: 2 },
    properties: [refined],
    ...changes,
  },
});

describe("a composed theorem", () => {
  test("follows from a program on the ADO and a protocol that refines it, with the bounds of both", () => {
    expect(composedTheorems([program(), protocol()])).toEqual([
      {
        program: "lock.ado:mutex",
        protocol: "fast",
        theorem: "never two, over fast",
        bounds: { times: 4, lost: 1 },
        clusterBounds: { ballots: 2 },
      },
    ]);
  });

  test("follows for each program with each protocol, whatever the order of the runs", () => {
    const other = protocol({ target: "slow" });
    const found = composedTheorems([protocol(), program(), other, program({ target: "p" })]);
    expect(found.map((one) => [one.program, one.protocol])).toEqual([
      ["lock.ado:mutex", "fast"],
      ["lock.ado:mutex", "slow"],
      ["p", "fast"],
      ["p", "slow"],
    ]);
  });

  test.each<[string, Part[]]>([
    ["one of them alone", [program()]],
    ["a model that is neither", [{ ...program(), composes: undefined }, protocol()]],
    ["a program that was violated", [program({ verdict: "violated" }), protocol()]],
    ["a run that was cut", [program(), protocol({ verdict: "inconclusive", limit: "time" })]],
    ["a vacuous run", [program({ vacuous: ["action pull never happened"] }), protocol()]],
    ["a run that failed", [program(), protocol({ failure: bareFailure("boom") })]],
    ["a protocol whose refinement was not checked", [program(), protocol({ properties: [] })]],
    ["a protocol that refines something else", [program(), { ...protocol(), refinements: ["refines-smr"] }]],
  ])("does not follow from %s", (_, parts) => {
    expect(composedTheorems(parts)).toEqual([]);
  });
});
