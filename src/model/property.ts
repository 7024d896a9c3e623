/** What should be true: of every state, of every last one, of every step, of its abstraction, or of the run as a whole. */

import { kindOf } from "../schema/type.ts";

/** `true`, or what is wrong in words; `false` where there is nothing to add. */
export type Answer = boolean | string;

/**
 * Holds if the test does in every reachable state, for each of its parts. A property that falls into independent parts
 * (one a node, say) is quicker to check part by part: each part is asked only when the bits it reads have changed.
 */
export interface Always<D> {
  readonly kind: "always";
  readonly parts: number;
  /** Whether a violation lasts: no step leads from a state that fails the test to one that passes. */
  readonly isStable: boolean;
  test(state: D, part: number): Answer;
}

/**
 * Holds if the test does in every reachable state that no action changes any more, whatever faults may still happen: where
 * it is fine to come to an end.
 */
export interface AtEnd<D> {
  readonly kind: "atEnd";
  test(state: D): Answer;
}

/** A witness: holds once the test does in some reachable state, and a complete run without one is vacuous. */
export interface Sometimes<D> {
  readonly kind: "sometimes";
  test(state: D): boolean;
}

/** Holds if the test does for every step, those that change nothing included. */
export interface Step<D> {
  readonly kind: "step";
  test(before: D, after: D): Answer;
}

/** What a specification says of one step of the abstraction: the events that explain it, or why none do. */
export type Explanation = { readonly events: readonly string[] } | { readonly why: string };

/** What may happen on the abstract level, where `A` is a view of a concrete state. */
export interface Specification<A> {
  /** What is wrong with the view of a first state, or nothing. */
  initial(view: A): string | undefined;
  /** What every view must satisfy by itself, whatever step led there. */
  invariant?(view: A): string | undefined;
  /** Asked only where the view changes. */
  explain(before: A, after: A): Explanation;
  /** Events that a run must show, or it is vacuous. */
  readonly events: readonly string[];
  /** Those of them that are remarkable enough to be reported with a way to the first one. */
  readonly witnesses?: readonly string[];
  /** Actions whose every step is an event though the view does not change: `{ electionTimesOut: "PullFail" }`. */
  readonly outcomes?: { readonly [action: string]: string };
  /** A view as lines, for traces. */
  print(view: A): readonly string[];
  /** A view as a tree, for drawings, where it is one. */
  tree?(view: A): CacheTree;
}

/** The caches of an abstract object: what was elected and invoked, on branches from the empty log. */
export interface CacheTree {
  /** The latest election last, the methods of each after it in order. */
  readonly caches: readonly DrawnCache[];
  /** The committed methods in order, as printed. */
  readonly log: readonly string[];
  /** What clients were told, as printed. */
  readonly answers: readonly string[];
}

export interface DrawnCache {
  readonly id: string;
  /** What it stands on: a cache, perhaps one that is not there; `null` for the empty log. */
  readonly parent: string | null;
  /** An election opens a round, whose owner invokes methods. */
  readonly kind: "election" | "method";
  readonly round: number;
  /** The owner of the round. */
  readonly owner: string;
  /** The method as printed; empty for an election. */
  readonly label: string;
  readonly isCommitted: boolean;
}

/** Whether the answer of a test is that all is well.  @throws TypeError if it is no {@link Answer} */
export function isFine(answer: unknown): boolean {
  if (typeof answer === "boolean") return answer;
  if (typeof answer === "string") return false;
  throw new TypeError(`the test answered ${kindOf(answer)}: a test answers true, false, or what is wrong`);
}

/** Whether a state is a witness.  @throws TypeError if the test answers neither `true` nor `false` */
export function isWitness<D>({ test }: Sometimes<D>, state: D): boolean {
  const answer: unknown = test(state);
  if (typeof answer !== "boolean")
    throw new TypeError(`the test answered ${kindOf(answer)}: that of a witness answers true or false`);
  return answer;
}

/** What explains a step that changes nothing of the view. */
export const STUTTER = { events: [] } satisfies Explanation;

/** What a specification says of a step.  @throws TypeError if that is no {@link Explanation} */
export function explanationOf<A>(specification: Specification<A>, before: A, after: A): Explanation {
  if (JSON.stringify(before) === JSON.stringify(after)) return STUTTER;
  const explanation: unknown = specification.explain(before, after);
  if (typeof explanation === "object" && explanation !== null) {
    if ("events" in explanation && Array.isArray(explanation.events)) return explanation as Explanation;
    if ("why" in explanation && typeof explanation.why === "string") return explanation as Explanation;
  }
  throw new TypeError("explain answered neither events nor why");
}

/** What an event of a refinement is called among those of all properties, and the event that is called so. */
export const eventName = (property: string, event: string): string => `${property}/${event}`;
export const eventIn = (name: string): string => name.slice(name.lastIndexOf("/") + 1);

/**
 * Holds if every step, seen through `view`, is one that the specification explains, or changes nothing there. The view
 * must be a function of the state alone; it is computed once for all states that agree on what it reads.
 */
export interface Refines<D, A> {
  readonly kind: "refines";
  readonly specification: Specification<A>;
  view(state: D): A;
}

/** What is asked of the states, steps and ends of a model with drafts `D`; made by the words that `system` gives. */
// biome-ignore lint/suspicious/noExplicitAny: each property has a view of its own, which nobody else looks into
export type Property<D> = Always<D> | AtEnd<D> | Sometimes<D> | Step<D> | Refines<D, any>;

/** What a property is to be witnessed by: itself, or remarkable events as `property/event`. */
export function witnessesOf(name: string, property: Property<unknown>): string[] {
  if (property.kind === "sometimes") return [name];
  if (property.kind !== "refines") return [];
  return (property.specification.witnesses ?? []).map((event) => eventName(name, event));
}
