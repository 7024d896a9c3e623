import { describe, expect, test } from "vitest";
import type { PinnedRun } from "../../src/index.ts";
import chainReplication from "./chain-replication.ts";
import { check, outcome } from "./test-check.ts";

/** States, transitions and depth; our own counts. */
const runs: readonly (readonly [PinnedRun, readonly number[]])[] = [
  [{ bounds: { updates: 2 }, faults: { crash: 2, suspect: 2 } }, [261971, 1315376, 36]],
  [{ bounds: { servers: 4 }, faults: { crash: 2, suspect: 2 } }, [272928, 1302285, 33]],
  [{ bounds: { epochs: 4 }, faults: { crash: 3, suspect: 3 } }, [470413, 2126278, 35]],
];

describe("Chain Replication refines the ADO at larger bounds, whatever the master drops", () => {
  test.each(runs)("at %j", (run, counts) => {
    expect(outcome(check(chainReplication, run))).toEqual(counts);
  });
});

test("what follows from refinement holds with two updates an epoch", () => {
  const properties = ["sorts-to-ado-21", "refines-smr"];
  const run = { bounds: { updates: 2 }, faults: { crash: 2, suspect: 2 }, properties };
  expect(outcome(check(chainReplication, run))).toEqual([261971, 1315376, 36]);
});
