/** Vertical Paxos with one defect each. */

import type { Mutant, PinnedRun } from "../../src/index.ts";
import { verticalPaxos } from "../protocols/vertical-paxos.ts";
import { mutantsOf } from "./mutants-of.ts";

const at = (ballots: number, variant = 1): PinnedRun => ({
  bounds: { variant, ballots, configurations: ballots },
  faults: { crash: 0 },
});

const mutant = mutantsOf("vertical-paxos", verticalPaxos);

const ballotsFrom = (first: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);

export const mutants: readonly Mutant[] = [
  mutant("reads-nothing", "a leader reads no old configuration", (rules) => ({ ...rules, reads: () => [] }), {
    at: at(2),
  }),
  mutant(
    "reads-previous-only",
    "a leader reads the configuration before its own, complete or not",
    (rules) => ({ ...rules, reads: (_, ballot) => ballotsFrom(Math.max(1, ballot - 1), ballot) }),
    { at: at(3), survivesAt: [at(2)] },
  ),
  mutant(
    "completes-before-transfer",
    "a leader reports its ballot complete when it is elected",
    (rules) => ({ ...rules, completes: (s, ballot) => s.rounds[ballot]!.isElected }),
    { at: at(3), survivesAt: [at(2)] },
  ),
  mutant(
    "no-fencing",
    "acceptors of old configurations report what they accepted and promise nothing",
    (rules) => ({ ...rules, recordPromise() {} }),
    { at: at(2) },
  ),
  mutant(
    "complete-ballot-not-below",
    "a leader reads from the ballot that is complete when it reads, which may be later than its own",
    (rules) => ({
      ...rules,
      reads: (s, ballot) => ballotsFrom(Math.max(1, s.complete), ballot),
    }),
    { at: at(3), survivesAt: [at(2)] },
  ),
  mutant(
    "one-vote-for-all-ballots",
    "acceptors report their latest vote, be it for a ballot that was never activated",
    (rules) => ({ ...rules, report: (s, at) => s.nodes[at]!.accepted }),
    { at: at(3, 2), survivesAt: [at(2, 2)] },
  ),
];
