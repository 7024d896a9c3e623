/** Multi-Paxos with one defect each: those of its log, and three that it shares with Single-Paxos. */

import type { Mutant, PinnedRun } from "../../src/index.ts";
import { multiPaxos } from "../protocols/multi-paxos.ts";
import { type Data, isLater, paxosRules } from "../protocols/paxos-rules.ts";
import { mutantsOf } from "./mutants-of.ts";

const at = (ballots: number, entries: number, crash = 0): PinnedRun => ({
  bounds: { ballots, entries },
  faults: { crash },
});

const mutant = mutantsOf("multi-paxos", multiPaxos);

const entriesOf = (data: Data): readonly Data[] => data as readonly Data[];

const needsTwoBallots = { at: at(2, 1), survivesAt: [at(1, 1)] };
const needsTwoEntries = { at: at(1, 2), survivesAt: [at(2, 1)] };

export const mutants: readonly Mutant[] = [
  mutant(
    "promise-not-recorded",
    "acceptors promise, and forget that they did",
    (rules, { ballots, entries }) => ({
      ...rules,
      recordPromise() {},
      promisesPerBallot: ballots * entries + 1, // again whenever it has accepted something else
    }),
    needsTwoBallots,
  ),
  mutant(
    "commit-quorum-of-one",
    "one acceptor is enough to commit",
    (_, bounds) => paxosRules(bounds, { commit: 1 }),
    needsTwoBallots,
  ),
  mutant(
    "adopts-lowest",
    "a leader adopts the lowest report of its quorum, be it empty",
    (rules) => ({
      ...rules,
      adopt: ([_, ...reports]) => reports.reduce((low, report) => (isLater(low, report) ? report : low)),
    }),
    needsTwoBallots,
  ),
  mutant(
    "ballot-reused",
    "a leader that crashed begins the same ballot again",
    (rules) => ({
      ...rules,
      crash(server) {
        if (rules.crash(server) === false) return false;
        server.tried = 0;
      },
    }),
    { at: at(1, 1, 1), survivesAt: [at(2, 1)] },
  ),
  mutant(
    "applies-past-hole",
    "an acceptor appends the last entry of a log to its own, whether or not it has those before",
    (rules) => ({
      ...rules,
      recordAccept(acceptor, { ballot, index, data }) {
        const kept =
          acceptor.accepted.ballot === ballot ? acceptor.accepted.data : entriesOf(data).slice(0, -index);
        rules.recordAccept(acceptor, { ballot, index, data: [...entriesOf(kept), entriesOf(data).at(-1)!] });
      },
    }),
    needsTwoEntries,
  ),
  mutant(
    "next-slot-is-learned",
    "a leader puts its next entry after those it knows to be committed",
    (rules) => ({
      ...rules,
      continues(s, ballot) {
        const { invoked, committed } = s.rounds[ballot]!;
        const unlearned = invoked - Math.max(0, committed);
        const log = entriesOf(rules.continues(s, ballot));
        return log.slice(0, log.length - unlearned);
      },
    }),
    needsTwoEntries,
  ),
  mutant(
    "suffix-not-replaced",
    "an acceptor overwrites the entries it is sent and keeps those behind",
    (rules) => ({
      ...rules,
      recordAccept(acceptor, { ballot, index, data }) {
        const behind = entriesOf(acceptor.accepted.data).slice(entriesOf(data).length);
        rules.recordAccept(acceptor, { ballot, index, data: [...entriesOf(data), ...behind] });
      },
    }),
    { at: at(2, 2), survivesAt: [at(2, 1), at(1, 2)] },
  ),
  mutant(
    "merges-slot-by-slot",
    "a leader takes each slot from the latest report that has it",
    (rules) => ({
      ...rules,
      adopt(reports) {
        const latest = rules.adopt(reports);
        const merged: Data[] = [];
        for (const { data } of reports.toSorted((a, b) => (isLater(a, b) ? -1 : 1))) {
          merged.push(...entriesOf(data).slice(merged.length));
        }
        return { ballot: latest.ballot, index: latest.index, data: merged };
      },
    }),
    { at: at(3, 2), survivesAt: [at(2, 2), at(3, 1)] },
  ),
];
