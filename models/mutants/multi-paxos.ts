/** Multi-Paxos with one defect each. */

import type { Mutant } from "../../src/index.ts";
import { multiPaxos } from "../protocols/multi-paxos.ts";

export const mutants: readonly Mutant[] = [
  {
    of: "multi-paxos",
    model: multiPaxos(
      "multi-paxos/promise-not-recorded",
      "acceptors promise, and forget that they did",
      (rules) => ({
        ...rules,
        recordPromise() {},
      }),
    ),
    at: { bounds: { ballots: 2, entries: 1 }, faults: { crash: 0 } },
    survivesAt: [{ bounds: { ballots: 1 } }],
  },
  {
    of: "multi-paxos",
    model: multiPaxos("multi-paxos/commit-quorum-of-one", "one acceptor is enough to commit", (rules) => ({
      ...rules,
      commitQuorum: 1,
    })),
    at: { bounds: { ballots: 2, entries: 1 }, faults: { crash: 0 } },
    survivesAt: [{ bounds: { ballots: 1 } }],
  },
  {
    of: "multi-paxos",
    model: multiPaxos(
      "multi-paxos/adopts-lowest",
      "a leader adopts the lowest report of its quorum",
      (rules) => ({
        ...rules,
        adopt: (reports) =>
          reports.reduce((low, report) =>
            (report.ballot - low.ballot || report.index - low.index) < 0 ? report : low,
          ),
      }),
    ),
    at: { bounds: { ballots: 2, entries: 1 }, faults: { crash: 0 } },
    survivesAt: [{ bounds: { ballots: 1 } }],
  },
];
