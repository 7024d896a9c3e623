/**
 * Vertical Paxos (Lamport, Malkhi, Zhou, PODC 2009). Each ballot has its own acceptors; a master that does not fail hands
 * it out with the last ballot that is complete by then. Writing takes all acceptors, reading one. In I a leader reads every
 * ballot since the complete one and begins at once; in II only that one, and the master lets one reader of it begin.
 */

import { array, type Model, model, range, type State, system } from "../../src/index.ts";
import { replicatedLog } from "./multi-paxos.ts";
import { paxosFields, paxosParts } from "./paxos-core.ts";
import { lastVote, type PaxosRules, paxosBounds, paxosRules } from "./paxos-rules.ts";

type VerticalState = State<ReturnType<typeof verticalFields>>;

export interface VerticalRules extends PaxosRules {
  /** The ballots whose configurations the owner of a ballot reads. */
  reads(s: VerticalState, ballot: number): readonly number[];
  completes(s: VerticalState, ballot: number): boolean;
}

function verticalFields(core: ReturnType<typeof paxosFields>, ballots: number) {
  const issued = range(0, ballots);
  return { ...core, issued, complete: issued, since: array(range(1, ballots), issued) };
}

/** Vertical Paxos by the rules that `vary` makes of the proper ones. */
export function verticalPaxos(name: string, about: string, vary = (rules: VerticalRules) => rules): Model {
  return model({
    name,
    about,
    theorem: "Vertical Paxos refines the atomic distributed object",
    composes: "protocol",
    bounds: {
      variant: { default: 1, min: 1, max: 2, about: "Vertical Paxos I or II" },
      configurations: { default: 2, min: 1, max: 3, about: "pairs of the 3 acceptors, taken in turn" },
      ballots: { ...paxosBounds.ballots, min: 2 },
      entries: { default: 1, min: 1, max: 2, about: "methods that one leader appends" },
    },
    system({ variant, configurations, ballots, entries }) {
      const bounds = { nodes: 3, ballots, entries };
      const events = variant === 1 ? ["LatePull", "LatePush"] : ["LatePush"];
      const instance = { ...replicatedLog(name, bounds), proposesInherited: true, events };
      const fields = verticalFields(paxosFields(instance, bounds), ballots);
      const all = Array.from({ length: ballots }, (_, i) => i + 1);
      const members = (ballot: number) => [0, 1].map((i) => (i + ((ballot - 1) % configurations)) % 3);
      const proper = paxosRules(bounds);
      const rules = vary({
        ...proper,
        reads: (s, ballot) => {
          const since = s.since.get(ballot);
          return all.filter((old) => old === since || (variant === 1 && old > since && old < ballot));
        },
        completes: (s, ballot) => s.rounds[ballot]!.committed >= 0,
        begins(s: VerticalState, ballot) {
          if (ballot !== s.issued + 1) return false;
          s.since.set(++s.issued, s.complete);
        },
        promises: (s: VerticalState, at, ballot) =>
          proper.promises(s, at, ballot) && rules.reads(s, ballot).some((old) => members(old).includes(at)),
        report: (s: VerticalState, at, ballot) => lastVote(s, at, rules.reads(s, ballot)),
        electionQuorum: { atLeast: 0, atMost: 3 },
        elects: (s: VerticalState, ballot, quorum) =>
          rules.reads(s, ballot).every((old) => members(old).some((at) => quorum.includes(at))),
        isElectedByPromises: variant === 1,
        accepts: (s, at, vote) => members(vote.ballot).includes(at) && proper.accepts(s, at, vote),
        commits: (ballot, hasAccepted) => members(ballot).every(hasAccepted),
      });
      return system(fields, (words) => {
        const core = paxosParts(words, fields, { instance, bounds, rules });
        const complete = words.action({ ballot: range(1, ballots) }, (s, { ballot }) => {
          if (ballot <= s.complete || !rules.completes(s, ballot)) return false;
          if (variant === 2 && s.since.get(ballot) !== s.complete) return false;
          s.complete = ballot;
          s.rounds[ballot]!.isElected = true;
        });
        return { ...core, actions: { ...core.actions, complete } };
      });
    },
  });
}

export default verticalPaxos("vertical-paxos", "Vertical Paxos I and II: acceptors change by ballot");
