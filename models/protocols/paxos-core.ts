/**
 * The core that the Paxos family shares: ballots, promises, acceptance, commits, crashes, and how all of it is seen as
 * rounds of the ADO. An instance says what acceptors store and how a method changes it (Honoré et al., OOPSLA 2021,
 * Fig. 13); rules are the single decisions of the protocol, so that a variation replaces one of them.
 *
 * Ballots are dealt out in turn, so each has one owner. What an acceptor stores carries the position it stands for: the
 * ballot that last wrote it, and how many methods of that ballot are in it. An invoke and the sending of its accept
 * message are one step: a message that nobody has received yet changes nothing.
 */

import { refinesAdo } from "../../properties/refines-ado.ts";
import {
  type AdoView,
  array,
  forget,
  type Method,
  matchesBranch,
  messages,
  node,
  oneOf,
  type Position,
  range,
  received,
  record,
  type Scalar,
  type System,
  subset,
  system,
  volatile,
} from "../../src/index.ts";

export interface PaxosBounds {
  readonly nodes: number;
  readonly ballots: number;
  /** Methods that the owner of one ballot can invoke. */
  readonly entries: number;
}

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
  /** What a client is told once its method is committed, given the data up to it. */
  result?(data: Data): Method;
  /** Whether a leader proposes what it adopted once more before it has methods of its own. */
  readonly proposesInherited: boolean;
}

/** Data with the position it stands for. */
export interface Stamped {
  readonly ballot: number;
  readonly index: number;
  readonly data: Data;
}

/** The durable state of an acceptor. */
interface Acceptor {
  promised: number;
  accepted: Stamped;
}

/** The decisions of the protocol, one by one. */
export interface PaxosRules {
  /** How many nodes must promise, and how many must accept. */
  readonly electionQuorum: number;
  readonly commitQuorum: number;
  owner(ballot: number): number;
  promises(acceptor: Acceptor, ballot: number): boolean;
  recordPromise(acceptor: Acceptor, ballot: number): void;
  report(acceptor: Acceptor): Stamped;
  /** Which of the reports of a quorum the leader continues. */
  adopt(reports: readonly Stamped[]): Stamped;
  accepts(acceptor: Acceptor, proposal: Stamped): boolean;
  recordAccept(acceptor: Acceptor, proposal: Stamped): void;
}

export function paxosRules({ nodes }: PaxosBounds): PaxosRules {
  const quorum = Math.floor(nodes / 2) + 1;
  return {
    electionQuorum: quorum,
    commitQuorum: quorum,
    owner: (ballot) => (ballot - 1) % nodes,
    promises: (acceptor, ballot) => ballot > acceptor.promised,
    recordPromise(acceptor, ballot) {
      acceptor.promised = ballot;
    },
    report: (acceptor) => acceptor.accepted,
    adopt: (reports) => reports.reduce((latest, report) => (isLater(report, latest) ? report : latest)),
    accepts: (acceptor, proposal) =>
      proposal.ballot >= acceptor.promised && isLater(proposal, acceptor.accepted),
    recordAccept(acceptor, { ballot, index, data }) {
      acceptor.promised = ballot;
      acceptor.accepted = { ballot, index, data };
    },
  };
}

function isLater(a: Position | Stamped, b: Stamped): boolean {
  const [roundA, roundB] = ["ballot" in a ? a.ballot : a.round, b.ballot];
  return roundA > roundB || (roundA === roundB && a.index > b.index);
}

export function paxosSystem(
  instance: PaxosInstance,
  bounds: PaxosBounds,
  rules: PaxosRules,
): System<unknown> {
  const { nodes, ballots, entries } = bounds;
  const server = node(nodes);
  const ballot = range(1, ballots);
  const index = range(0, entries);
  const stamped = { ballot: range(0, ballots), index, data: instance.data };
  const sent = messages(
    {
      prepare: { ballot },
      promise: { ballot, from: server, accepted: record(stamped) },
      accept: { ballot, index, data: instance.data },
      accepted: { ballot, index, from: server },
    },
    { promise: nodes * ballots, accept: ballots * (entries + 1) },
  );
  const state = {
    nodes: array(
      server,
      record({
        promised: range(0, ballots),
        accepted: record(stamped),
        /** The last ballot it tried; durable, so that no ballot is used twice. */
        tried: range(0, ballots),
        role: volatile(oneOf("follower", "candidate", "leader")),
        log: volatile(instance.data),
      }),
    ),
    sent,
    // History: what was elected and answered. No step depends on it; it is how a state is seen as an ADO.
    rounds: array(
      ballot,
      record({
        isElected: oneOf("no", "yes"),
        parent: record({ ballot: range(0, ballots), index }),
        invoked: index,
      }),
    ),
    answered: array(ballot, index),
  };

  return system(state, ({ action, alwaysEach, fault, refines }) => {
    type S = Parameters<Parameters<typeof alwaysEach>[1]>[0];

    /** Whether the owner of a ballot still leads it. */
    const leads = (s: S, ballot: number): boolean => {
      const owner = s.nodes[rules.owner(ballot)]!;
      return owner.role === "leader" && owner.tried === ballot;
    };
    /** How many methods of a ballot a quorum has accepted; −1 if not even what it adopted. */
    const committed = (s: S, ballot: number): number => {
      for (let index = entries; index >= 0; index--) {
        let votes = 0;
        for (let from = 0; from < nodes; from++) if (hasAccepted(s, ballot, index, from)) votes++;
        if (votes >= rules.commitQuorum) return index;
      }
      return -1;
    };
    const hasAccepted = (s: S, ballot: number, least: number, from: number): boolean => {
      for (let index = least; index <= entries; index++)
        if (s.sent.accepted.has({ ballot, index, from } as never)) return true;
      return false;
    };
    const view = (s: S): AdoView => {
      const rounds = [];
      const answers = [];
      for (let ballot = 1; ballot <= ballots; ballot++) {
        const { isElected, parent, invoked } = s.rounds[ballot]!;
        if (isElected === "no") continue;
        rounds.push({
          round: ballot,
          owner: rules.owner(ballot),
          parent: { round: parent.ballot, index: parent.index },
          methods: Array.from({ length: invoked }, (_, i) => instance.method(ballot, i + 1)),
          committed: committed(s, ballot),
        });
        const answered = s.answered.get(ballot);
        if (answered > 0) answers.push({ at: { round: ballot, index: answered } });
      }
      return { rounds, answers };
    };

    return {
      actions: {
        startElection: action({ ballot }, (s, { ballot }) => {
          const owner = s.nodes[rules.owner(ballot)]!;
          if (ballot <= owner.tried) return false;
          forget(owner);
          owner.tried = ballot;
          owner.role = "candidate";
          s.sent.prepare.send({ ballot });
        }),
        promise: action({ message: received(sent, "prepare"), at: server }, (s, { message, at }) => {
          const acceptor = s.nodes[at]!;
          if (!rules.promises(acceptor, message.ballot)) return false;
          rules.recordPromise(acceptor, message.ballot);
          s.sent.promise.send({ ballot: message.ballot, from: at, accepted: rules.report(acceptor) });
        }),
        becomeLeader: action(
          { ballot, quorum: subset(server, { atLeast: rules.electionQuorum, atMost: rules.electionQuorum }) },
          (s, { ballot, quorum }) => {
            const owner = s.nodes[rules.owner(ballot)]!;
            if (owner.role !== "candidate" || owner.tried !== ballot) return false;
            const reports = [];
            for (const from of quorum) {
              const promise = s.sent.promise.match({ ballot, from });
              if (promise === undefined) return false;
              reports.push(promise.accepted);
            }
            const adopted = rules.adopt(reports);
            owner.role = "leader";
            owner.log = adopted.data;
            const round = s.rounds[ballot]!;
            round.isElected = "yes";
            round.parent.ballot = adopted.ballot;
            round.parent.index = adopted.index;
            if (instance.proposesInherited) s.sent.accept.send({ ballot, index: 0, data: adopted.data });
          },
        ),
        electionTimesOut: action({ at: server }, (s, { at }) => {
          if (s.nodes[at]!.role !== "candidate") return false;
          forget(s.nodes[at]!);
        }),
        invoke: action({ ballot }, (s, { ballot }) => {
          const round = s.rounds[ballot]!;
          if (!leads(s, ballot) || round.invoked === entries) return false;
          const owner = s.nodes[rules.owner(ballot)]!;
          round.invoked++;
          owner.log = instance.update(owner.log, instance.method(ballot, round.invoked));
          s.sent.accept.send({ ballot, index: round.invoked, data: owner.log });
        }),
        accept: action({ message: received(sent, "accept"), at: server }, (s, { message, at }) => {
          const acceptor = s.nodes[at]!;
          if (!rules.accepts(acceptor, message)) return false;
          rules.recordAccept(acceptor, message);
          s.sent.accepted.send({ ballot: message.ballot, index: message.index, from: at });
        }),
        answer: action({ ballot, index: range(1, entries) }, (s, { ballot, index }) => {
          if (!leads(s, ballot) || index <= s.answered.get(ballot) || index > committed(s, ballot))
            return false;
          s.answered.set(ballot, index);
        }),
        pushTimesOut: action({ ballot }, (s, { ballot }) => {
          // The client is told that its push failed; whether it did, nobody knows, and nothing else changes.
          if (!leads(s, ballot) || s.answered.get(ballot) === s.rounds[ballot]!.invoked) return false;
        }),
      },
      faults: {
        crash: fault({ at: server }, (s, { at }) => {
          if (s.nodes[at]!.role === "follower") return false;
          forget(s.nodes[at]!);
        }),
      },
      properties: {
        "refines-ado": refines(
          refinesAdo({
            leastPush: instance.proposesInherited ? 0 : 1,
            outcomes: { electionTimesOut: "PullFail", pushTimesOut: "PushFail" },
            events: ballots > 1 ? ["LatePull", "LatePush"] : [],
          }),
          view,
        ),
        "log-match": alwaysEach(2 * nodes, (s, part) => {
          const who = `n${(part >> 1) + 1}`;
          const { accepted, role, log, tried } = s.nodes[part >> 1]!;
          const replay = (methods: readonly Method[]): Data =>
            methods.reduce(instance.update, instance.data.initial);
          if (part % 2 === 0) {
            const at = { round: accepted.ballot, index: accepted.index };
            return matchesBranch(
              view(s).rounds,
              { where: `acceptor ${who}`, at, content: accepted.data },
              replay,
            );
          }
          if (role !== "leader") return true;
          const at = { round: tried, index: s.rounds[tried]!.invoked };
          return matchesBranch(view(s).rounds, { where: `leader ${who}`, at, content: log }, replay);
        }),
      },
    };
  }) as System<unknown>;
}
