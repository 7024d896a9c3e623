/**
 * What protocols of the Paxos family decide by, one decision at a time, so that a variation replaces one of them; and what
 * makes an instance of the family.
 */

import { type Bound, forget, type Method, type Scalar } from "../../src/index.ts";
import type { PaxosState, Server } from "./paxos-core.ts";

export interface PaxosBounds {
  readonly nodes: number;
  readonly ballots: number;
  /** Methods that the owner of one ballot can invoke. */
  readonly entries: number;
}

/** The bounds that every instance has, as a model declares them. */
export const paxosBounds = {
  nodes: { default: 3, min: 1, max: 7, about: "nodes, each acceptor and proposer" },
  ballots: { default: 2, min: 1, max: 4, about: "ballots, dealt out to the nodes in turn" },
} satisfies { readonly [name: string]: Bound };

/** What acceptors store: a value or a log, as plain data. */
export type Data = Method;

/** What makes a protocol of the family. */
export interface PaxosInstance {
  // biome-ignore lint/suspicious/noExplicitAny: each instance stores values of its own, which the core only passes on
  readonly data: Scalar<any>;
  /** What the owner of a ballot invokes as its `index`-th method, counted from 1. */
  method(ballot: number, index: number): Method;
  /** The data after a method. */
  update(data: Data, method: Method): Data;
  /** What a client is told once its method is committed, given the data after it. */
  result?(data: Data): Method;
  /** Whether a leader invokes its first method in the step in which it is elected. */
  readonly invokesAtOnce?: boolean;
  /** Whether a leader proposes what it adopted once more before it has methods of its own. */
  readonly proposesInherited?: boolean;
  /** Which of `LatePull` and `LatePush` can happen, where that is not just a matter of having enough nodes and ballots. */
  readonly events?: readonly string[];
}

/** Data with the position it stands for. */
export interface Stamped {
  readonly ballot: number;
  readonly index: number;
  readonly data: Data;
}

/** The decisions of the protocol, one by one. */
export interface PaxosRules {
  owner(ballot: number): number;
  /** What else changes when the owner of a ballot begins; `false` if it may not. */
  begins(s: PaxosState, ballot: number): boolean | undefined | void;
  promises(s: PaxosState, at: number, ballot: number): boolean;
  recordPromise(acceptor: Server, ballot: number): void;
  /** How many different promises a node can make for one ballot, where the defect is that it makes more than one. */
  readonly promisesPerBallot?: number;
  /** What a node tells the owner of a ballot with its promise. */
  report(s: PaxosState, at: number, ballot: number): Stamped | undefined;
  /** How many promises a leader waits for. */
  readonly electionQuorum: { readonly atLeast: number; readonly atMost: number };
  /** Whether the promises of these nodes are enough. */
  elects(s: PaxosState, ballot: number, quorum: readonly number[]): boolean;
  /** What a node has reported to the owner of a ballot, if it has. */
  promised(s: PaxosState, ballot: number, from: number): Stamped | undefined;
  /** Which of the reports of a quorum the leader continues; the first is that of a node that accepted nothing. */
  adopt(reports: readonly Stamped[]): Stamped;
  /** Whether enough promises make a round of the ADO; if not, something else does later. */
  readonly isElectedByPromises: boolean;
  /** What a leader adds its next method to. */
  continues(s: PaxosState, ballot: number): Data;
  accepts(s: PaxosState, at: number, proposal: Stamped): boolean;
  recordAccept(acceptor: Server, proposal: Stamped): void;
  /** Whether a proposal of a ballot is committed once these nodes have accepted it. */
  commits(ballot: number, hasAccepted: (node: number) => boolean): boolean;
  /** How many methods of a ballot its leader takes for committed. */
  learned(s: PaxosState, ballot: number): number;
  /** A crash and restart; `false` if there is nothing to lose. */
  crash(server: Server): boolean | undefined | void;
}

/** The proper rules, with majorities as quorums. */
export function paxosRules(
  { nodes }: PaxosBounds,
  { election = majorityOf(nodes), commit = majorityOf(nodes) } = {},
): PaxosRules {
  return {
    owner: (ballot) => (ballot - 1) % nodes,
    begins() {},
    promises: (s, at, ballot) => ballot > s.nodes[at]!.promised,
    recordPromise(acceptor, ballot) {
      acceptor.promised = ballot;
    },
    report: (s, at) => s.nodes[at]!.accepted,
    electionQuorum: { atLeast: election, atMost: election },
    elects: () => true,
    promised: (s, ballot, from) => s.sent.promise.match({ ballot, from })?.accepted,
    adopt: (reports) => reports.reduce((latest, report) => (isLater(report, latest) ? report : latest)),
    isElectedByPromises: true,
    continues(s, ballot) {
      return s.nodes[this.owner(ballot)]!.held;
    },
    accepts(s, at, proposal) {
      const { promised, accepted } = s.nodes[at]!;
      return proposal.ballot >= promised && isLater(proposal, accepted);
    },
    recordAccept(acceptor, { ballot, index, data }) {
      acceptor.promised = ballot;
      acceptor.accepted = { ballot, index, data };
    },
    commits(_, hasAccepted) {
      let votes = 0;
      for (let at = 0; at < nodes; at++) if (hasAccepted(at)) votes++;
      return votes >= commit;
    },
    learned: (s, ballot) => s.rounds[ballot]!.committed,
    crash(server) {
      if (server.role === "follower") return false;
      forget(server);
    },
  };
}

const majorityOf = (nodes: number): number => Math.floor(nodes / 2) + 1;

/** Whether data stands for a later position. */
export function isLater(a: Stamped, b: Stamped): boolean {
  return a.ballot > b.ballot || (a.ballot === b.ballot && a.index > b.index);
}

/** What a node accepted last in some ballots, if anything. */
export function lastVote(s: PaxosState, from: number, ballots: readonly number[]): Stamped | undefined {
  const vote = s.sent.accepted
    .values()
    .findLast((vote) => vote.from === from && ballots.includes(vote.ballot));
  return vote && s.sent.accept.match({ ballot: vote.ballot, index: vote.index });
}
