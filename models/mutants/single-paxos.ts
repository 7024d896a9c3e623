/** Single-Paxos with one defect each. */

import type { Mutant, PinnedRun } from "../../src/index.ts";
import type { Server } from "../protocols/paxos-core.ts";
import { isLater, type PaxosBounds, type PaxosRules, paxosRules } from "../protocols/paxos-rules.ts";
import { singlePaxos } from "../protocols/single-paxos.ts";
import { mutantsOf } from "./mutants-of.ts";

const at = (ballots: number, crash: number, nodes = 3): PinnedRun => ({
  bounds: { nodes, ballots },
  faults: { crash },
});

const mutant = mutantsOf("single-paxos", singlePaxos);

/** A node that promises a ballot again once it has accepted something else does so for each thing it can accept. */
const afterEachAccept = ({ ballots }: PaxosBounds): number => ballots + 1;

/** A crash that loses something durable; only acceptors that have something lose it. */
function crashLoses(lose: (server: Server) => void): (rules: PaxosRules, bounds: PaxosBounds) => PaxosRules {
  return (rules, bounds) => ({
    ...rules,
    promisesPerBallot: afterEachAccept(bounds),
    crash(server) {
      if (server.promised === 0) return false;
      rules.crash(server);
      lose(server);
    },
  });
}

const needsTwoBallots = { at: at(2, 0), survivesAt: [at(1, 0)] };
const needsCrash = { at: at(2, 1), survivesAt: [at(2, 0)] };
const needsThreeBallots = { at: at(3, 0), survivesAt: [at(2, 1)] };

export const mutants: readonly Mutant[] = [
  mutant(
    "accepts-without-check",
    "acceptors accept proposals of ballots below the one they promised",
    (rules, bounds) => ({
      ...rules,
      accepts: (s, at, proposal) => isLater(proposal, s.nodes[at]!.accepted),
      promisesPerBallot: afterEachAccept(bounds),
    }),
    needsTwoBallots,
  ),
  mutant(
    "promise-not-recorded",
    "acceptors promise, and forget that they did",
    (rules, bounds) => ({ ...rules, recordPromise() {}, promisesPerBallot: afterEachAccept(bounds) }),
    needsTwoBallots,
  ),
  mutant(
    "proposes-own-value",
    "a leader proposes its own value whatever was reported",
    (rules) => ({ ...rules, adopt: (reports) => reports[0]! }),
    needsTwoBallots,
  ),
  mutant(
    "promise-omits-accepted",
    "promises do not say what was accepted",
    (rules) => ({ ...rules, report: () => undefined }),
    needsTwoBallots,
  ),
  mutant(
    "crash-loses-promise",
    "promises are not durable",
    crashLoses((server) => {
      server.promised = server.accepted.ballot;
    }),
    needsCrash,
  ),
  mutant(
    "crash-loses-accepted",
    "what was accepted is not durable",
    crashLoses((server) => {
      server.accepted = { ballot: 0, index: 0, data: null };
    }),
    needsCrash,
  ),
  mutant(
    "amnesia",
    "nothing an acceptor has is durable",
    crashLoses((server) => {
      server.promised = 0;
      server.accepted = { ballot: 0, index: 0, data: null };
    }),
    needsCrash,
  ),
  mutant(
    "election-quorum-of-one",
    "one promise is enough to lead",
    (_, bounds) => paxosRules(bounds, { election: 1 }),
    needsTwoBallots,
  ),
  mutant(
    "commit-quorum-of-one",
    "one acceptor is enough to commit",
    (_, bounds) => paxosRules(bounds, { commit: 1 }),
    needsTwoBallots,
  ),
  mutant(
    "quorum-of-half",
    "half of an even number of nodes is a quorum",
    (_, bounds) => {
      const half = Math.ceil(bounds.nodes / 2);
      return paxosRules(bounds, { election: half, commit: half });
    },
    { at: at(2, 0, 4), survivesAt: [at(2, 0, 3)] },
  ),
  mutant(
    "counts-other-promises",
    "a promise for another ballot counts too",
    (rules) => ({ ...rules, promised: (s, _, from) => s.sent.promise.match({ from })?.accepted }),
    needsTwoBallots,
  ),
  mutant(
    "adopts-any",
    "a leader adopts any reported value",
    (rules) => ({ ...rules, adopt: (reports) => reports.find(({ ballot }) => ballot > 0) ?? reports[0]! }),
    needsThreeBallots,
  ),
  mutant(
    "adopts-lowest",
    "a leader adopts the lowest reported value",
    (rules) => ({
      ...rules,
      adopt: (reports) =>
        reports.reduce((low, report) =>
          low.ballot === 0 || (report.ballot > 0 && isLater(low, report)) ? report : low,
        ),
    }),
    needsThreeBallots,
  ),
  mutant(
    "accept-raises-no-promise",
    "acceptors accept a later ballot without promising it, and compare ballots with the promise alone",
    (rules) => ({
      ...rules,
      accepts: (s, at, proposal) => proposal.ballot >= s.nodes[at]!.promised,
      recordAccept(acceptor, { ballot, index, data }) {
        acceptor.accepted = { ballot, index, data };
      },
    }),
    needsTwoBallots,
  ),
  mutant(
    "learns-across-ballots",
    "a learner counts who accepted the value in any ballot",
    (rules, { nodes }) => ({
      ...rules,
      learned(s, ballot) {
        const value = s.sent.accept.match({ ballot })?.data;
        let votes = 0;
        for (let at = 0; at < nodes; at++) {
          const hasVoted = s.sent.accepted.some(
            (vote) => vote.from === at && s.sent.accept.match({ ballot: vote.ballot })?.data === value,
          );
          if (hasVoted) votes++;
        }
        return votes * 2 > nodes ? 1 : 0;
      },
    }),
    needsTwoBallots,
  ),
  mutant(
    "answers-lower-prepares",
    "acceptors promise ballots below the one they promised, which they keep",
    (rules) => ({
      ...rules,
      promises: (s, at, ballot) => s.sent.promise.match({ ballot, from: at }) === undefined,
      recordPromise(acceptor, ballot) {
        acceptor.promised = Math.max(acceptor.promised, ballot);
      },
    }),
    needsTwoBallots,
  ),
  mutant(
    "answers-lower-prepares-before-accepting",
    "acceptors promise ballots below the one they promised, as long as they have accepted nothing later",
    (rules) => ({
      ...rules,
      promises: (s, at, ballot) =>
        s.nodes[at]!.accepted.ballot < ballot && s.sent.promise.match({ ballot, from: at }) === undefined,
      recordPromise(acceptor, ballot) {
        acceptor.promised = Math.max(acceptor.promised, ballot);
      },
    }),
    {
      at: at(3, 0),
      survives:
        "it still accepts nothing below its highest promise, so a promise for a lower ballot says no less",
    },
  ),
];
