/**
 * The core that the Paxos family shares: ballots, promises, acceptance, commits, crashes, and how all of it is seen as
 * rounds of the ADO. An instance says what acceptors store and how a method changes it (Honoré et al., OOPSLA 2021,
 * Fig. 13); rules are the single decisions of the protocol, so that a variation replaces one of them.
 *
 * Ballots are dealt out in turn, so each has one owner. What an acceptor stores carries the position it stands for: the
 * ballot that last wrote it, and how many methods of that ballot are in it. An invoke and the sending of its accept
 * message are one step: a message that nobody has received yet changes nothing. An answer to a client changes nothing
 * either, so the abstraction has every answer that a client could get by now.
 */

import { refinesAdo } from "../../properties/refines-ado.ts";
import { refinesSmr } from "../../properties/refines-smr.ts";
import { sortsToAdo21 } from "../../properties/sorts-to-ado-21.ts";
import {
  type AdoView,
  array,
  type Bound,
  flag,
  forget,
  type Method,
  matchesBranch,
  messages,
  node,
  oneOf,
  type Parts,
  type Position,
  persist,
  type Round,
  range,
  received,
  record,
  type Scalar,
  type State,
  type System,
  subset,
  system,
  type Vocabulary,
  volatile,
} from "../../src/index.ts";

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

export type PaxosFields = ReturnType<typeof paxosFields>;
export type PaxosState = State<PaxosFields>;
export type Server = PaxosState["nodes"][number];

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

/** What a state of the family is made of. */
export function paxosFields(
  { data }: PaxosInstance,
  { nodes, ballots, entries }: PaxosBounds,
  { promisesPerBallot = 1 }: Pick<PaxosRules, "promisesPerBallot"> = {},
) {
  const server = node(nodes);
  const ballot = range(1, ballots);
  const index = range(0, entries);
  const stamped = record({ ballot: range(0, ballots), index, data });
  return {
    nodes: array(
      server,
      record({
        promised: range(0, ballots),
        accepted: stamped,
        /** The last ballot it tried; durable, so that no ballot is used twice. */
        tried: range(0, ballots),
        role: volatile(oneOf("follower", "candidate", "leader")),
        /** What it continues as a leader. */
        held: volatile(data),
      }),
    ),
    sent: messages(
      {
        prepare: { ballot },
        promise: { ballot, from: server, accepted: stamped },
        accept: { ballot, index, data },
        accepted: { ballot, index, from: server },
      },
      { promise: nodes * ballots * promisesPerBallot, accept: ballots * (entries + 1) },
    ),
    /** History: what was elected, invoked and committed. It is how a state is seen as an ADO. */
    rounds: array(
      ballot,
      record({
        isElected: flag(),
        parent: record({ round: range(0, ballots), index }),
        invoked: index,
        /** How many methods a quorum has accepted; −1 if not even what was adopted. */
        committed: range(-1, entries),
      }),
    ),
  };
}

export function paxosSystem(
  instance: PaxosInstance,
  bounds: PaxosBounds,
  rules: PaxosRules,
): System<PaxosState> {
  const fields = paxosFields(instance, bounds, rules);
  return system(fields, (words) => paxosParts(words, fields, { instance, bounds, rules }));
}

/** Actions, faults and properties of the family, for a state of {@link paxosFields} and perhaps more. */
export function paxosParts(
  { action, alwaysEach, fault, refines, where }: Vocabulary<PaxosState>,
  { sent }: PaxosFields,
  { instance, bounds, rules }: { instance: PaxosInstance; bounds: PaxosBounds; rules: PaxosRules },
): Parts<PaxosState> {
  const { nodes, ballots, entries } = bounds;
  const server = node(nodes);
  const ballot = range(1, ballots);
  const nothing: Stamped = { ballot: 0, index: 0, data: instance.data.initial };
  const ownerOf = (s: PaxosState, ballot: number): Server => s.nodes[rules.owner(ballot)]!;

  const isNow = (role: Server["role"]) => (s: PaxosState, ballot: number) =>
    ownerOf(s, ballot).role === role && ownerOf(s, ballot).tried === ballot;
  const leads = isNow("leader");

  const invoke = (s: PaxosState, ballot: number): void => {
    const round = s.rounds[ballot]!;
    const base = rules.continues(s, ballot);
    round.invoked++;
    const data = instance.update(base, instance.method(ballot, round.invoked));
    ownerOf(s, ballot).held = data;
    s.sent.accept.send({ ballot, index: round.invoked, data });
  };

  return {
    actions: {
      startElection: action({ ballot }, (s, { ballot }) => {
        const owner = ownerOf(s, ballot);
        if (ballot <= owner.tried || rules.begins(s, ballot) === false) return false;
        forget(owner);
        owner.tried = ballot;
        owner.role = "candidate";
        s.sent.prepare.send({ ballot });
      }),
      promise: action({ message: received(sent, "prepare"), at: server }, (s, { message, at }) => {
        const { ballot } = message;
        if (!rules.promises(s, at, ballot)) return false;
        rules.recordPromise(s.nodes[at]!, ballot);
        s.sent.promise.send({ ballot, from: at, accepted: rules.report(s, at, ballot) ?? nothing });
      }),
      becomeLeader: action(
        { ballot: where(ballot, isNow("candidate")), quorum: subset(server, rules.electionQuorum) },
        (s, { ballot, quorum }) => {
          if (!rules.elects(s, ballot, quorum)) return false;
          const reports = [nothing];
          for (const from of quorum) {
            const report = rules.promised(s, ballot, from);
            if (report === undefined) return false;
            reports.push(report);
          }
          const adopted = rules.adopt(reports);
          const owner = ownerOf(s, ballot);
          owner.role = "leader";
          owner.held = adopted.data;
          const round = s.rounds[ballot]!;
          round.parent = positionOf(s, adopted);
          round.isElected = rules.isElectedByPromises;
          if (instance.proposesInherited) s.sent.accept.send({ ballot, index: 0, data: adopted.data });
          if (instance.invokesAtOnce) invoke(s, ballot);
        },
      ),
      electionTimesOut: action({ at: server }, (s, { at }) => {
        if (s.nodes[at]!.role !== "candidate") return false;
        forget(s.nodes[at]!);
      }),
      ...(!instance.invokesAtOnce && {
        invoke: action({ ballot }, (s, { ballot }) => {
          const { isElected, invoked } = s.rounds[ballot]!;
          if (!leads(s, ballot) || !isElected || invoked === entries) return false;
          invoke(s, ballot);
        }),
      }),
      accept: action({ message: received(sent, "accept"), at: server }, (s, { message, at }) => {
        if (!rules.accepts(s, at, message)) return false;
        const { ballot, index } = message;
        rules.recordAccept(s.nodes[at]!, message);
        s.sent.accepted.send({ ballot, index, from: at });
        const round = s.rounds[ballot]!;
        for (let least = index; least > round.committed; least--) {
          if (rules.commits(ballot, (from) => hasAccepted(s, ballot, least, from))) round.committed = least;
        }
      }),
      answer: action({ ballot }, (s, { ballot }) => {
        if (!leads(s, ballot) || rules.learned(s, ballot) < 1) return false;
      }),
      pushTimesOut: action({ ballot }, (s, { ballot }) => {
        // The client is told that its push failed; whether it did, nobody knows, and nothing else changes.
        if (!leads(s, ballot) || s.rounds[ballot]!.invoked === 0) return false;
      }),
    },
    faults: {
      crash: fault({ at: server }, (s, { at }) => rules.crash(s.nodes[at]!)),
    },
    properties: {
      "refines-ado": refines(
        refinesAdo({
          leastPush: instance.proposesInherited ? 0 : 1,
          outcomes: { electionTimesOut: "PullFail", pushTimesOut: "PushFail" },
          events: instance.events ?? lateEvents(bounds),
          ...(instance.result && { result: (methods) => instance.result!(replay(methods)) }),
        }),
        view,
      ),
      "log-match": alwaysEach(2 * nodes, (s, part) => {
        const at = part >> 1;
        const { accepted, role, held, tried } = s.nodes[at]!;
        if (part % 2 === 0) return matches(s, `acceptor n${at + 1}`, accepted);
        if (role !== "leader") return true;
        const index = s.rounds[tried]!.invoked;
        return matches(s, `leader n${at + 1}`, { ballot: tried, index, data: held });
      }),
    },
    extraProperties: {
      "sorts-to-ado-21": refines(sortsToAdo21, view),
      "refines-smr": refines(refinesSmr, (s) => persist(view(s).rounds)),
    },
  };

  function hasAccepted(s: PaxosState, ballot: number, least: number, from: number): boolean {
    for (let index = least; index <= entries; index++)
      if (s.sent.accepted.has({ type: "accepted", ballot, index, from })) return true;
    return false;
  }

  function view(s: PaxosState): AdoView {
    const rounds: Round[] = [];
    const answers = [];
    for (let ballot = 1; ballot <= ballots; ballot++) {
      if (!s.rounds[ballot]!.isElected) continue;
      rounds.push(roundOf(s, ballot));
      const index = rules.learned(s, ballot);
      if (index < 1) continue;
      const at = { round: ballot, index };
      const proposal = instance.result && s.sent.accept.match({ ballot, index });
      answers.push(proposal ? { at, result: instance.result!(proposal.data) } : { at });
    }
    return { rounds, answers };
  }

  function roundOf(s: PaxosState, ballot: number): Round {
    const { parent, invoked, committed } = s.rounds[ballot]!;
    return {
      round: ballot,
      owner: rules.owner(ballot),
      parent: { round: parent.round, index: parent.index },
      methods: Array.from({ length: invoked }, (_, i) => instance.method(ballot, i + 1)),
      committed,
    };
  }

  /** Where data stands in the tree: what a ballot adopted that is no round yet stands where the ballot continues. */
  function positionOf(s: PaxosState, { ballot, index }: Stamped): Position {
    if (ballot === 0 || s.rounds[ballot]!.isElected) return { round: ballot, index };
    return roundOf(s, ballot).parent;
  }

  /** Whether data is what replaying the methods up to its position gives. Reads only the rounds on the way there. */
  function matches(s: PaxosState, where: string, held: Stamped): true | string {
    const at = positionOf(s, held);
    const rounds: Round[] = [];
    for (let ballot = at.round; ballot > 0; ballot = rounds[0]!.parent.round) {
      rounds.unshift(roundOf(s, ballot));
    }
    return matchesBranch(rounds, { where, at, content: held.data }, replay);
  }

  function replay(methods: readonly Method[]): Data {
    return methods.reduce(instance.update, instance.data.initial);
  }
}

/** With one ballot or node nothing is late; with two nodes, all have promised a later ballot before it is elected. */
const lateEvents = ({ nodes, ballots }: PaxosBounds): string[] =>
  ballots === 1 ? [] : ["LatePull", "LatePush"].slice(0, nodes - 1);
