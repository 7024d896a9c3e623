/**
 * Chain Replication (van Renesse & Schneider, OSDI 2004) with epochs: a master puts servers in a chain for each, and begins
 * another to drop a server or to add one as the tail. Updates enter at the head and are sent on to the tail; what the tail
 * holds is committed, and the tail answers reads. A round of the ADO is an epoch, owned by its head.
 *
 * In each epoch a server has one FIFO link from its predecessor. What a step causes to be sent is sent in that step: a
 * message that nobody has received changes nothing. So slow servers, partitions and reports to the master need no steps.
 * Before the next epoch nothing depends on when an acknowledgement arrives, so it arrives at once. A read begins and is
 * answered in one step, for less is asked of one that began earlier.
 */

import { refinesAdo } from "../../properties/refines-ado.ts";
import { refinesSmr } from "../../properties/refines-smr.ts";
import { sortsToAdo21 } from "../../properties/sorts-to-ado-21.ts";
import {
  array,
  channels,
  flag,
  forget,
  matchesBranch,
  model,
  node,
  oneOf,
  option,
  persist,
  range,
  received,
  record,
  type State,
  sequence,
  set,
  system,
  volatile,
} from "../../src/index.ts";

/** The place of a server in the chain of its epoch. It is the tail if it is the last and does not wait for the log. Its
 *  lease is the master's leave to answer reads; those of one epoch run out before the next begins. */
type Place = { readonly [fact in "isHead" | "isTail" | "hasLease"]: boolean };

/** The decisions of the protocol, one by one. */
const properRules = {
  /** Whether a server that is in one epoch takes what was sent in another. */
  takes: (entered: number, sent: number) => entered === sent,
  answersReads: ({ isTail, hasLease }: Place) => isTail && hasLease,
  /** Whether a server tells clients that the updates it holds are committed. */
  answersUpdates: ({ isTail }: Place) => isTail,
  /** How many of its updates a server lets its predecessor forget to have sent. */
  acknowledges: ({ isTail }: Place, held: number, acknowledged: number) => (isTail ? held : acknowledged),
  /** What a server sends to its successor in an epoch that it enters. */
  sendsAgain: (log: readonly string[], acknowledged: number) => log.slice(acknowledged),
  /** Whether an added server waits to be handed the log. */
  newTailWaits: true as boolean,
  /** Whether the master keeps the rest of the chain until the tail it added has reported that it acts. */
  masterWaits: ({ isTail, hasLease }: Place) => !(isTail && hasLease),
};
export type ChainRules = typeof properRules;
type ChainBounds = { readonly [bound in "servers" | "epochs" | "updates"]: number };

function chainSystem({ servers, epochs, updates }: ChainBounds, rules: ChainRules) {
  const server = node(servers);
  const epoch = range(1, epochs);
  const names = epoch.values().flatMap((e) => Array.from({ length: updates }, (_, i) => `u${e}.${i + 1}`));
  const root = "u0.0";
  const positionOf = (update = root) => ({ round: Number(update[1]), index: Number(update[3]) });
  const update = oneOf(...names);
  const state = {
    /** What the master has handed out: the chains of the epochs up to the latest. */
    latest: epoch,
    chains: array(range(0, epochs), sequence(server, servers)),
    servers: array(
      server,
      record({
        isDown: flag(),
        epoch: volatile(range(0, epochs)),
        log: volatile(sequence(update, names.length)),
        /** How many of its updates it knows to be at the tail; those after them it may have to send again. */
        acknowledged: volatile(range(0, names.length)),
        isWaiting: volatile(flag()),
      }),
    ),
    links: channels(epoch, server, { forward: { update }, handOff: {} }, names.length + 1),
    invoked: set(update),
    // History: it is how a state is seen as an ADO. Of the steps, only timeouts depend on it, which change nothing.
    parents: array(epoch, option(oneOf(root, ...names))),
    committed: set(update),
    answered: set(update),
    /** A server whose answer to a read lacked something committed. */
    stale: option(server),
  };
  type S = State<typeof state>;
  const name = (at: number) => server.print(at);
  const chainOf = (s: S, at: number) => s.chains.get(s.servers[at]!.epoch);
  const successorOf = (s: S, at: number) => chainOf(s, at)[chainOf(s, at).indexOf(at) + 1];
  const isNew = (s: S, epoch: number, at: number) => epoch > 1 && !s.chains.get(epoch - 1).includes(at);
  const placeOf = (s: S, at: number): Place => ({
    isHead: chainOf(s, at)[0] === at,
    isTail: chainOf(s, at).at(-1) === at && !s.servers[at]!.isWaiting,
    hasLease: s.servers[at]!.epoch === s.latest,
  });
  const forward = (s: S, at: number, sent: readonly string[]): void => {
    const next = successorOf(s, at);
    if (next === undefined) return;
    for (const update of sent) s.links[s.servers[at]!.epoch]![next]!.send({ type: "forward", update });
  };
  const append = (s: S, at: number, update: string): void => {
    s.servers[at]!.log = [...s.servers[at]!.log, update];
    forward(s, at, [update]);
  };
  /** Notes what a server has committed, and told clients to be, by what it has just done. */
  const note = (s: S, at: number, hasRead = false): void => {
    const place = placeOf(s, at);
    for (const update of s.servers[at]!.log) {
      if (place.isTail) s.committed.add(update);
      if (hasRead || rules.answersUpdates(place)) s.answered.add(update);
    }
  };
  const missing = (s: S, at: number) => s.committed.values().filter((u) => !s.servers[at]!.log.includes(u));
  const handOut = (s: S, next: readonly number[]): boolean => {
    const last = s.chains.get(s.latest);
    const tail = last.at(-1)!;
    if (s.latest === epochs || next.length === 0 || next.length === last.length) return false;
    if (isNew(s, s.latest, tail) && next.includes(tail) && rules.masterWaits(placeOf(s, tail))) return false;
    s.chains.set(++s.latest, next);
    return true;
  };
  const isUp = (s: S, at: number) => !s.servers[at]!.isDown;
  const others = (s: S, at: number) => s.chains.get(s.latest).filter((n) => n !== at);
  const ofRound = (all: readonly string[], round: number) => all.filter((u) => positionOf(u).round === round);
  const view = (s: S) => {
    const entered = epoch.values().filter((round) => s.parents.get(round) !== null);
    const rounds = entered.map((round) => ({
      round,
      owner: s.chains.get(round)[0]!,
      parent: positionOf(s.parents.get(round)!),
      methods: ofRound(s.invoked.values(), round),
      committed: positionOf(ofRound(s.committed.values(), round).at(-1)).index || -1,
    }));
    return { rounds, answers: s.answered.values().map((update) => ({ at: positionOf(update) })) };
  };
  const outcomes = { readTimesOut: "ReadFail", pushTimesOut: "PushFail", pullTimesOut: "PullFail" };
  return system(state, ({ action, alwaysEach, fault, refines }) => ({
    init: action({ spares: range(0, 1) }, (s, { spares }) => {
      s.chains.set(1, server.values().slice(0, servers - spares));
      // All are in the first epoch but its head, whose entering is the first pull.
      for (const at of s.chains.get(1).slice(1)) s.servers[at]!.epoch = 1;
    }),
    actions: {
      enterEpoch: action({ at: server, epoch }, (s, { at, epoch }) => {
        const self = s.servers[at]!;
        if (self.isDown || epoch <= self.epoch || !s.chains.get(epoch).includes(at)) return false;
        if (isNew(s, epoch, at)) {
          forget(self);
          self.isWaiting = rules.newTailWaits;
        }
        self.epoch = epoch;
        if (placeOf(s, at).isHead) s.parents.set(epoch, self.log.at(-1) ?? root);
        const next = successorOf(s, at);
        const isHandOff = next !== undefined && isNew(s, epoch, next);
        forward(s, at, isHandOff ? self.log : rules.sendsAgain(self.log, self.acknowledged));
        if (isHandOff) s.links[epoch]![next]!.send({ type: "handOff" });
        note(s, at);
      }),
      invoke: action({ at: server, update }, (s, { at, update }) => {
        const { round, index } = positionOf(update);
        const next = 1 + ofRound(s.invoked.values(), round).length;
        if (s.servers[at]!.epoch !== round || !placeOf(s, at).isHead || index !== next) return false;
        s.invoked.add(update);
        append(s, at, update);
        note(s, at);
      }),
      receive: action({ link: received(state.links) }, (s, { link: { from: epoch, to: at, message } }) => {
        const self = s.servers[at]!;
        if (!rules.takes(self.epoch, epoch)) return false;
        s.links[epoch]![at]!.shift();
        if (message.type === "handOff") self.isWaiting = false;
        else if (!self.log.includes(message.update)) append(s, at, message.update);
        note(s, at);
      }),
      acknowledge: action({ at: server }, (s, { at }) => {
        const next = successorOf(s, at);
        if (next === undefined || s.servers[next]!.epoch !== s.servers[at]!.epoch) return false;
        const { log, acknowledged } = s.servers[next]!;
        const known = rules.acknowledges(placeOf(s, next), log.length, acknowledged);
        if (known <= s.servers[at]!.acknowledged) return false;
        s.servers[at]!.acknowledged = known;
      }),
      read: action({ at: server }, (s, { at }) => {
        if (!rules.answersReads(placeOf(s, at))) return false;
        note(s, at, true);
        if (missing(s, at).length > 0) s.stale = at;
      }),
      add: action({ at: server }, (s, { at }) => isUp(s, at) && handOut(s, [...others(s, at), at])),
      // Whoever waits for a tail that answers, for an answer, for a head, gives up.
      readTimesOut: action({}, (s) => !server.values().some((at) => rules.answersReads(placeOf(s, at)))),
      pushTimesOut: action({ update }, (s, { update }) => s.invoked.has(update) && !s.answered.has(update)),
      pullTimesOut: action({ epoch }, (s, { epoch }) => epoch <= s.latest && s.parents.get(epoch) === null),
    },
    faults: {
      /** A server stops and is dropped; until then it is like one that is slow. */
      crash: fault({ at: server }, (s, { at }) => {
        if (!isUp(s, at) || !handOut(s, others(s, at))) return false;
        forget(s.servers[at]!);
        s.servers[at]!.isDown = true;
      }),
      /** A server is dropped that goes on. */
      suspect: fault({ at: server }, (s, { at }) => isUp(s, at) && handOut(s, others(s, at))),
    },
    properties: {
      "refines-ado": refines(refinesAdo({ leastPush: 1, outcomes }), view),
      "log-match": alwaysEach(servers, (s, at) => {
        const { log } = s.servers[at]!;
        const held = { where: name(at), at: positionOf(log.at(-1)), content: log };
        return matchesBranch(view(s).rounds, held, (methods) => methods);
      }),
      "update-propagation": alwaysEach(servers, (s, at) => {
        const { epoch, log } = s.servers[at]!;
        const isAstray = (other: number) =>
          s.servers[other]!.epoch === epoch && log.some((update, i) => update !== s.servers[other]!.log[i]);
        const other = chainOf(s, at).slice(0, chainOf(s, at).indexOf(at)).find(isAstray);
        return other === undefined || `${name(at)} holds [${log}], unlike ${name(other)} before it`;
      }),
      "never-stale-reads": alwaysEach(servers, (s, at) => {
        const { log } = s.servers[at]!;
        return s.stale !== at || `${name(at)} answered a read with [${log}], without ${missing(s, at)}`;
      }),
    },
    extraProperties: {
      "sorts-to-ado-21": refines(sortsToAdo21, view),
      "refines-smr": refines(refinesSmr, (s) => persist(view(s).rounds)),
    },
  }));
}

/** Chain Replication by the proper rules but for those that `vary` replaces. */
export function chainReplication(name: string, about: string, vary: Partial<ChainRules> = {}) {
  return model({
    name,
    about,
    theorem: "Chain Replication refines the atomic distributed object, and its reads are never stale",
    bounds: {
      servers: { default: 3, min: 2, max: 5, about: "servers, all or all but one in the first chain" },
      epochs: { default: 3, min: 2, max: 4, about: "chains that the master hands out" },
      updates: { default: 1, min: 1, max: 2, about: "updates that the head of one epoch takes" },
    },
    system: (bounds) => chainSystem(bounds, { ...properRules, ...vary }),
  });
}

export default chainReplication("chain-replication", "Chain Replication with a master that hands out chains");
