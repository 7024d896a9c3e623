import { describe, expect, test } from "vitest";
import casPaxos from "./cas-paxos.ts";
import multiPaxos from "./multi-paxos.ts";
import singlePaxos from "./single-paxos.ts";
import { check, outcome, type Pinned } from "./test-check.ts";
import verticalPaxos from "./vertical-paxos.ts";

const noCrash = { crash: 0 };
const runs: readonly Pinned[] = [
  { model: singlePaxos, run: { bounds: { ballots: 4 }, faults: noCrash }, counts: [5745025, 35218076, 32] },
  { model: multiPaxos, run: { bounds: { entries: 2 } }, counts: [307097, 1726623, 27] },
  { model: multiPaxos, run: { bounds: { ballots: 3 } }, counts: [565837, 3249054, 28] },
  {
    model: multiPaxos,
    run: { bounds: { entries: 2, inherited: 1 }, faults: noCrash },
    counts: [6118273, 39936646, 32],
  },
  { model: casPaxos, run: { bounds: { ballots: 4 }, faults: noCrash }, counts: [5745025, 35218076, 32] },
  { model: verticalPaxos, run: { bounds: { entries: 2 } }, counts: [280106, 1561564, 25] },
  {
    model: verticalPaxos,
    run: { bounds: { ballots: 3, configurations: 3 } },
    counts: [4132842, 24735920, 29],
  },
  {
    model: verticalPaxos,
    run: { bounds: { variant: 2, ballots: 3, configurations: 3, entries: 2 }, faults: noCrash },
    counts: [264160, 1604654, 37],
  },
];

describe("the Paxos family refines the ADO at larger bounds", () => {
  test.each(runs)("$model.name with $run", ({ model, run, counts }) => {
    expect(outcome(check(model, run))).toEqual(counts);
  });
});
