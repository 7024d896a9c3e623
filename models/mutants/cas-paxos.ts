/** CASPaxos with one defect each. */

import type { Mutant } from "../../src/index.ts";
import { casPaxos, isRead } from "../protocols/cas-paxos.ts";
import { mutantsOf } from "./mutants-of.ts";

const needsTwoBallots = {
  at: { bounds: { ballots: 2 }, faults: { crash: 0 } },
  survivesAt: [{ bounds: { ballots: 1 }, faults: { crash: 0 } }],
};

const mutant = mutantsOf("cas-paxos", casPaxos);

export const mutants: readonly Mutant[] = [
  mutant(
    "read-after-promises",
    "a read returns what the promises report and writes nothing back",
    (rules) => ({
      ...rules,
      learned: (s, ballot) => (isRead(ballot) && s.rounds[ballot]!.isElected ? 1 : rules.learned(s, ballot)),
    }),
    needsTwoBallots,
  ),
  mutant(
    "promise-erased",
    "accepting erases the promise, and ballots are compared with the promise alone",
    (rules, { ballots }) => ({
      ...rules,
      promisesPerBallot: ballots + 1, // again whenever it has accepted something else
      accepts: (s, at, proposal) => proposal.ballot >= s.nodes[at]!.promised,
      recordAccept(acceptor, proposal) {
        rules.recordAccept(acceptor, proposal);
        acceptor.promised = 0;
      },
    }),
    { at: needsTwoBallots.at },
  ),
];
