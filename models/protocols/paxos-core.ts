/**
 * The core that the Paxos family shares: ballots, promises, acceptance, commits, crashes, and how all of it is seen as
 * rounds of the ADO. An instance says what acceptors store and how a method changes it (Honoré et al., OOPSLA 2021,
 * Fig. 13) and by which rules the protocol decides.
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
  type State,
  type System,
  subset,
  system,
  type Vocabulary,
  volatile,
} from "../../src/index.ts";
import type { Data, PaxosBounds, PaxosInstance, PaxosRules, Stamped } from "./paxos-rules.ts";

export type PaxosFields = ReturnType<typeof paxosFields>;
export type PaxosState = State<PaxosFields>;
export type Server = PaxosState["nodes"][number];

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
    /** History: what was elected, invoked and committed. How a state is seen as an ADO; of it, actions read what a leader or its client knows. */
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
