import { describe, expect, test } from "vitest";
import chainReplication from "../protocols/chain-replication.ts";
import { check, outcome } from "../protocols/test-check.ts";
import { mutants } from "./chain-replication.ts";

/** What catches each mutant, in how many steps. The first step or two are that servers enter an epoch. */
const catches: { readonly [defect: string]: string } = {
  "head-answers": "refines-ado, 2 steps: a client was told that (1,1) is committed, and it is not",
  "dirty-reads": "refines-ado, 3 steps: a client was told that (1,1) is committed, and it is not",
  "nothing-sent-again":
    'log-match, 7 steps: n2 holds ["u2.1"] at (2,1), where the branch says ["u1.1","u2.1"]',
  "hasty-acknowledgement":
    'log-match, 9 steps: n3 holds ["u2.1"] at (2,1), where the branch says ["u1.1","u2.1"]',
  "removed-tail-reads": "never-stale-reads, 4 steps: n2 answered a read with [], without u2.1",
  "no-epoch-check": "refines-ado, 5 steps: PushPre: later owner of round 2 adopted (0,0) < (1,1)",
  "added-tail-acts-at-once": "never-stale-reads, 5 steps: n2 answered a read with [], without u1.1",
  "master-does-not-wait": "refines-ado, 5 steps: PullPre: parent (0,0) < committed (1,1)",
};

describe("a defect in Chain Replication", () => {
  test.each(mutants)("is caught: $model.about", ({ model, at }) => {
    expect(outcome(check(model, at))).toBe(catches[model.name.replace("chain-replication/", "")]);
  });

  test.each(mutants.flatMap(({ model, survivesAt = [] }) => survivesAt.map((at) => ({ model, at }))))(
    "survives below its least bounds: $model.name at $at",
    ({ model, at }) => {
      expect(check(model, at).verdict).toBe("holds");
    },
  );

  test.each(mutants)("is what is wrong where it is caught: $model.name", ({ at }) => {
    expect(check(chainReplication, at).verdict).toBe("holds");
  });
});
