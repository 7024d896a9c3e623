import { describe, expect, test } from "vitest";
import type { Mutant } from "../../src/index.ts";
import { check, outcome } from "../protocols/test-check.ts";
import { mutants as ofCasPaxos } from "./cas-paxos.ts";
import { mutants as ofMultiPaxos } from "./multi-paxos.ts";
import { mutants as ofSinglePaxos } from "./single-paxos.ts";
import { mutants as ofVerticalPaxos } from "./vertical-paxos.ts";

/** What catches each mutant, in how many steps; `merges-slot-by-slot` takes longer and has a test of its own. */
const catches: { readonly [mutant: string]: string } = {
  "single-paxos/accepts-without-check": "refines-ado, 10 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/promise-not-recorded": "refines-ado, 10 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/proposes-own-value": "refines-ado, 10 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/promise-omits-accepted": "refines-ado, 10 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/crash-loses-promise": "refines-ado, 11 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/crash-loses-accepted": "refines-ado, 11 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/amnesia": "refines-ado, 11 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/election-quorum-of-one": "refines-ado, 8 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/commit-quorum-of-one": "refines-ado, 9 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/quorum-of-half": "refines-ado, 10 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/counts-other-promises": "refines-ado, 8 steps: PullPre: parent (0,0) < committed (1,1)",
  "single-paxos/adopts-any": "refines-ado, 15 steps: PullPre: parent (1,1) < committed (2,1)",
  "single-paxos/adopts-lowest": "refines-ado, 15 steps: PullPre: parent (1,1) < committed (2,1)",
  "single-paxos/accept-raises-no-promise":
    "refines-ado, 9 steps: PullPre: parent (2,1) is not of an earlier round than 1",
  "single-paxos/learns-across-ballots":
    "refines-ado, 10 steps: a client was told that (2,1) is committed, and it is not",
  "single-paxos/answers-lower-prepares":
    "refines-ado, 9 steps: PullPre: parent (2,1) is not of an earlier round than 1",
  "multi-paxos/promise-not-recorded": "refines-ado, 11 steps: PullPre: parent (0,0) < committed (1,1)",
  "multi-paxos/commit-quorum-of-one": "refines-ado, 10 steps: PullPre: parent (0,0) < committed (1,1)",
  "multi-paxos/adopts-lowest": "refines-ado, 11 steps: PullPre: parent (0,0) < committed (1,1)",
  "multi-paxos/ballot-reused":
    'log-match, 8 steps: leader n1 holds [] at (1,1), where the branch says ["m1.1"]',
  "multi-paxos/applies-past-hole":
    'log-match, 7 steps: acceptor n1 holds ["m1.2"] at (1,2), where the branch says ["m1.1","m1.2"]',
  "multi-paxos/next-slot-is-learned":
    'log-match, 6 steps: leader n1 holds ["m1.2"] at (1,2), where the branch says ["m1.1","m1.2"]',
  "multi-paxos/suffix-not-replaced":
    'log-match, 13 steps: acceptor n3 holds ["m2.1","m1.2"] at (2,1), where the branch says ["m2.1"]',
  "cas-paxos/read-after-promises":
    "refines-ado, 4 steps: a client was told that (2,1) is committed, and it is not",
  "cas-paxos/promise-erased": "refines-ado, 9 steps: PullPre: parent (2,1) is not of an earlier round than 1",
  "vertical-paxos/reads-nothing": "refines-ado, 6 steps: PullPre: parent (0,0) < committed (1,0)",
  "vertical-paxos/reads-previous-only": "refines-ado, 8 steps: PullPre: parent (0,0) < committed (1,0)",
  "vertical-paxos/completes-before-transfer":
    "refines-ado, 11 steps: PullPre: parent (0,0) < committed (1,0)",
  "vertical-paxos/no-fencing": "refines-ado, 7 steps: PullPre: parent (0,0) < committed (1,0)",
  "vertical-paxos/complete-ballot-not-below":
    "refines-ado, 12 steps: PullPre: parent (0,0) < committed (1,0)",
  "vertical-paxos/one-vote-for-all-ballots": "refines-ado, 14 steps: PullPre: parent (0,0) < committed (1,0)",
};

const mutants: readonly Mutant[] = [
  ...ofSinglePaxos,
  ...ofMultiPaxos,
  ...ofCasPaxos,
  ...ofVerticalPaxos,
].filter(({ model }) => model.name !== "multi-paxos/merges-slot-by-slot");

describe("a defect in a protocol of the Paxos family", () => {
  test.each(mutants.filter(({ survives }) => !survives))("$model.name is caught", ({ model, at }) => {
    expect(outcome(check(model, at))).toBe(catches[model.name]);
  });

  test.each(mutants.flatMap(({ model, survivesAt = [] }) => survivesAt.map((at) => ({ model, at }))))(
    "$model.name survives below its least bounds",
    ({ model, at }) => {
      expect(outcome(check(model, at))).toEqual(expect.any(Array));
    },
  );

  test.each(mutants.filter(({ survives }) => survives))("$model.name is none", ({ model, at }) => {
    expect(outcome(check(model, at))).toEqual(expect.any(Array));
  });
});
