/**
 * How a protocol serves the clients of a program. Each object of a program is a cluster of its own: a group of nodes that
 * run the protocol, one beside each client. What the protocol does by itself interleaves with everything else; what it does
 * for a client happens where the client's program pulls, invokes and pushes. Methods have names in the cluster's logs, and
 * nothing else: what they do is known to the program alone.
 */

import type { RecordPlace } from "../schema/record.ts";
import type { ModelReference } from "./load.ts";
import type { Action, Bound } from "./model.ts";

/** A protocol that programs can run over. */
export interface AdoImplementation {
  readonly name: string;
  readonly bounds: { readonly [bound: string]: Bound };
  /**
   * A new cluster for clients 0 to `clients` − 1, none of its types shared with another.
   * @throws BoundsError where the bounds make no sense together, or not with so many clients
   */
  // biome-ignore lint/suspicious/noExplicitAny: the state is the protocol's own; programs only pass it on
  cluster(bounds: { readonly [bound: string]: number }, clients: number): Cluster<any>;
}

/**
 * A cluster whose state has the draft `S`. Its first state is that of its type. Functions that change the draft are called
 * only where the others say that they may be; they need no guards.
 */
export interface Cluster<S> {
  readonly state: RecordPlace<object, S>;
  /** What happens whatever the clients do: messages arrive, nodes act. */
  readonly network: { readonly [action: string]: Action<S> };

  /** A pull begins: the rounds for which the client's node may start an election now. Where there is none, the pull fails. */
  rounds(s: S, client: number): readonly number[];
  startElection(s: S, client: number, round: number): void;
  isCandidate(s: S, client: number): boolean;
  /** A pull succeeds: the steps by which a candidate becomes a leader, and whose node that is. */
  readonly elections: { readonly [action: string]: Election<S> };
  /** A pull fails: the node is a candidate no more. */
  loseElection(s: S, client: number): void;

  /** Of what the client's node takes itself for the leader, if it does. */
  leadership(s: S, client: number): Leadership | undefined;
  /** A push begins: the leader appends the next method of its round and sends it to whom it concerns. */
  append(s: S, client: number): void;

  /** The names of the committed methods in order; only predicates look at it. */
  committed(s: S): readonly string[];
  /** The client and its node stop and lose what is volatile; the node may go on without a client. */
  crash(s: S, client: number): void;
}

/** The step by which an election is won. */
export interface Election<S> extends Action<S> {
  winner(choice: never): number;
}

/** What a leader can tell of itself, without asking others. */
export interface Leadership {
  readonly round: number;
  /** The names of the methods that the leader holds, those that it adopted first. */
  readonly log: readonly string[];
  /** How many of them it has appended itself. */
  readonly appended: number;
  /** How many it can append at most. */
  readonly most: number;
  /** How many of those that it appended are committed as far as it can know by now. */
  readonly committed: number;
  /** The name of the `index`-th method of the round, counted from 1. */
  nameOf(index: number): string;
}

/** What comes of `over` a protocol: an implementation, with where to find it again, or the reason why there is none. */
export type Over =
  | {
      readonly kind: "implementation";
      readonly implementation: AdoImplementation;
      readonly reference: ModelReference;
    }
  | { readonly kind: "refused"; readonly why: string };
