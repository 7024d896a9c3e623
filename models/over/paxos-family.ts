/**
 * The Paxos family as the world of a program. Every client has a node beside it, which proposes for it, and ballots are
 * dealt out to those nodes in turn; the other nodes only accept. The rules are those of the models that are checked for
 * refinement: only whose a ballot is, and when a leader appends a method, is up to the clients.
 *
 * Acceptors hold the names of the methods that made what they store, be that a log or, in CASPaxos, a value.
 */

import {
  type Action,
  type AdoImplementation,
  type AdoView,
  BoundsError,
  type Cluster,
  forget,
  type Model,
  persist,
  type Refines,
} from "../../src/index.ts";
import { multiPaxos } from "../protocols/multi-paxos.ts";
import type { PaxosState } from "../protocols/paxos-core.ts";
import { type PaxosRules, paxosBounds } from "../protocols/paxos-rules.ts";
import { verticalPaxos } from "../protocols/vertical-paxos.ts";

/** Makes a model of the family by the rules that `vary` makes of the proper ones. */
type Family = (vary: <R extends PaxosRules>(rules: R) => R) => Model;

interface FamilyOptions {
  readonly bounds: AdoImplementation["bounds"];
  /** The bounds of the model that clients have no say in. */
  readonly fixed?: { readonly [bound: string]: number };
  /** Whether a ballot can be begun now, as far as that does not only depend on its owner. */
  begins?(s: PaxosState, ballot: number): boolean;
}

/** How a model whose methods are named by {@link replicatedLog} serves clients. */
export function paxosImplementation(name: string, family: Family, options: FamilyOptions): AdoImplementation {
  return {
    name,
    bounds: options.bounds,
    cluster(bounds, clients) {
      const all = { ...options.fixed, ...bounds };
      if (clients > all.nodes!) {
        throw new BoundsError(
          `${name}: every client has a node of its own, and ${clients} clients are more than ${all.nodes} nodes`,
        );
      }
      return paxosCluster(family, { bounds: all, clients, begins: options.begins ?? (() => true) });
    },
  };
}

function paxosCluster(
  family: Family,
  {
    bounds,
    clients,
    begins,
  }: { bounds: { readonly [bound: string]: number }; clients: number } & Required<
    Pick<FamilyOptions, "begins">
  >,
): Cluster<PaxosState> {
  const owner = (ballot: number): number => (ballot - 1) % clients;
  let rules: PaxosRules | undefined;
  const model = family((proper) => {
    const dealt = { ...proper, owner };
    rules = dealt;
    return dealt;
  });
  const { state, actions, properties } = model.system(bounds);
  const { startElection, becomeLeader, electionTimesOut, invoke, answer, pushTimesOut, ...network } =
    actions as { readonly [name: string]: Action<PaxosState> };
  const { view } = properties!["refines-ado"] as Refines<PaxosState, AdoView>;
  const isNow = (s: PaxosState, client: number, role: string) => s.nodes[client]!.role === role;
  const step = (action: Action<PaxosState> | undefined, s: PaxosState, choice: object): void => {
    if (action!.body(s, choice as never) === false)
      throw new Error(`${model.name} refuses a step of a client`);
  };
  return {
    state,
    network,
    rounds: (s, client) =>
      Array.from({ length: bounds.ballots! }, (_, i) => i + 1).filter(
        (ballot) => owner(ballot) === client && ballot > s.nodes[client]!.tried && begins(s, ballot),
      ),
    startElection: (s, _, ballot) => step(startElection, s, { ballot }),
    isCandidate: (s, client) => isNow(s, client, "candidate"),
    elections: {
      becomeLeader: { ...becomeLeader!, winner: ({ ballot }: { ballot: number }) => owner(ballot) },
    },
    loseElection: (s, client) => step(electionTimesOut, s, { at: client }),
    leadership(s, client) {
      const { role, tried, held } = s.nodes[client]!;
      if (role !== "leader") return undefined;
      return {
        round: tried,
        log: held as readonly string[],
        appended: s.rounds[tried]!.invoked,
        most: bounds.entries!,
        committed: rules!.learned(s, tried),
        nameOf: (index) => `m${tried}.${index}`,
      };
    },
    append: (s, client) => step(invoke, s, { ballot: s.nodes[client]!.tried }),
    committed: (s) => persist(view(s).rounds) as string[],
    crash: (s, client) => forget(s.nodes[client]!),
  };
}

const ballots = { ...paxosBounds.ballots, max: 6, about: "ballots, dealt out to the clients in turn" };
const nodes = {
  ...paxosBounds.nodes,
  about: "nodes, each an acceptor; every client has one that proposes for it",
};
const entries = { default: 1, min: 1, max: 3, about: "methods that one leader appends" };

/** Multi-Paxos: a pull is the first phase, and adopts a log; a push is the second, for the methods appended to it. */
export const overMultiPaxos = paxosImplementation(
  "multi-paxos",
  (vary) => multiPaxos("multi-paxos", "Multi-Paxos", vary),
  { bounds: { nodes, ballots, entries }, fixed: { inherited: 0 } },
);

/** CASPaxos: Multi-Paxos in which a ballot changes the value once. What is stored is the value, here by its changes. */
export const overCasPaxos = paxosImplementation(
  "cas-paxos",
  (vary) => multiPaxos("cas-paxos", "CASPaxos", vary),
  { bounds: { nodes, ballots }, fixed: { inherited: 0, entries: 1 } },
);

/** Vertical Paxos I: the master hands out ballots in order, so a pull fails at once if the next one is not the client's. */
export const overVerticalPaxos = paxosImplementation(
  "vertical-paxos",
  (vary) => verticalPaxos("vertical-paxos", "Vertical Paxos I", vary),
  {
    bounds: {
      configurations: { default: 2, min: 1, max: 3, about: "pairs of the 3 acceptors, taken in turn" },
      ballots: { ...ballots, min: 2 },
      entries: { ...entries, max: 2 },
    },
    fixed: { variant: 1, nodes: 3 },
    begins: (s, ballot) => ballot === (s as PaxosState & { readonly issued: number }).issued + 1,
  },
);
