/**
 * What a model is: a state described by a schema, actions that change it, faults with budgets, and properties. A model
 * is a function of its bounds; everything else follows from them.
 */

import { asDomain, Chosen, type Domain, Where } from "../schema/received.ts";
import { RecordPlace } from "../schema/record.ts";
import type { Fields, RecordDraft } from "../schema/schema.ts";
import { type AnyType, show, type ValueOf } from "../schema/type.ts";
import type { Always, Answer, AtEnd, Property, Refines, Sometimes, Specification, Step } from "./property.ts";

/** The draft that actions and properties of a state with fields `F` see. */
export type State<F> = RecordDraft<F>;

/** A parameter ranges over the values of a type, or over what is now in a network or set. */
export type Parameters = { readonly [name: string]: Domain<unknown> | AnyType };
type ValueIn<P> = P extends Domain<infer V> ? V : ValueOf<P>;
type Arguments<P> = { readonly [K in keyof P]: ValueIn<P[K]> };

/**
 * A guarded change. The body is run for every choice of its parameters; it guards first, returning `false` where the
 * action is not enabled, and then changes the draft. A body must be a function of the state and its parameters alone, which
 * is looked at in the first few thousand states, and must not have written when it returns `false`, which is looked at in all.
 */
export interface Action<D> {
  readonly parameters: Parameters;
  body(state: D, choice: never): boolean | undefined | void;
  /** Whether a complete run in which it never happens is none the worse for it. */
  readonly mayBeAbsent?: boolean;
}

/** A fault: an action that can happen at most `budget` times in a run. */
export interface Fault<D> extends Action<D> {
  readonly budget: number;
}

/** One system of given bounds. The order of the actions is part of it: steps are ordered by action, then by choice. */
export interface System<D> {
  readonly state: RecordPlace<object, D>;
  /** What the first states are: each choice of its parameters gives one. Without it, each field's initial value. */
  readonly init?: Action<D>;
  readonly actions: { readonly [name: string]: Action<D> };
  readonly faults?: { readonly [name: string]: Fault<D> };
  readonly properties?: { readonly [name: string]: Property<D> };
  /** Properties that are checked only when they are asked for by name. */
  readonly extraProperties?: { readonly [name: string]: Property<D> };
}

/** The parts of a system besides its state, made with words that know the state's type. */
export type Parts<D> = Omit<System<D>, "state">;

/** The words in which actions and properties of states with draft `D` are written. */
export interface Vocabulary<D> {
  /** An action: `action({ at: acceptor, message: received(sent, "prepare") }, (s, { at, message }) => { … })`. */
  action<const P extends Parameters>(parameters: P, body: Body<D, P>): Action<D>;
  /** A fault, by default at most once in a run. */
  fault<const P extends Parameters>(parameters: P, body: Body<D, P>, options?: { budget?: number }): Fault<D>;
  /**
   * A property of all states. Say that it is stable if a violation lasts whatever follows: two different values that were
   * chosen stay chosen. Then partial-order reduction need not keep the order of the steps that it depends on.
   */
  always(test: (state: D) => Answer, options?: { isStable?: boolean }): Always<D>;
  /** A property of `parts` independent parts, which the test is told by number from 0. */
  alwaysEach(
    parts: number,
    test: (state: D, part: number) => Answer,
    options?: { isStable?: boolean },
  ): Always<D>;
  /** A property of the states that nothing but faults can change: `atEnd(() => false)` allows no deadlock at all. */
  atEnd(test: (state: D) => Answer): AtEnd<D>;
  sometimes(test: (state: D) => boolean): Sometimes<D>;
  step(test: (before: D, after: D) => Answer): Step<D>;
  /**
   * A parameter that ranges over part of a domain: those values that pass a test, which only looks at the state. A guard
   * on one parameter alone is quicker here than in the body, which runs for every choice of the others too.
   */
  where<P extends Parameters[string]>(
    domain: P,
    test: (state: D, value: ValueIn<P>) => boolean,
  ): Domain<ValueIn<P>>;
  /** A parameter that ranges over what a function makes of the state; it only looks. */
  chosen<V>(choose: (state: D) => readonly V[], print?: (value: V) => string): Domain<V>;
  refines<A>(specification: Specification<A>, view: (state: D) => A): Refines<D, A>;
}

type Body<D, P> = (state: D, choice: Arguments<P>) => boolean | undefined | void;

const vocabulary: Vocabulary<unknown> = {
  action(parameters, body, ...options: unknown[]) {
    if (options.length > 0) throw new TypeError("an action has no options: one with a budget is a fault(…)");
    return { parameters, body };
  },
  fault(parameters, body, { budget = 1, ...others } = {}) {
    requireNone(others, "a fault", "budget");
    return { parameters, body, budget };
  },
  always: (test, options) => vocabulary.alwaysEach(1, test, options),
  alwaysEach(parts, test, { isStable = false, ...others } = {}) {
    requireNone(others, "a property", "isStable");
    return { kind: "always", parts, isStable, test };
  },
  atEnd: (test) => ({ kind: "atEnd", test }),
  sometimes: (test) => ({ kind: "sometimes", test }),
  step: (test) => ({ kind: "step", test }),
  where: (domain, test) => new Where(asDomain(domain), test as never) as never,
  chosen: (choose, print = show) => new Chosen(choose, print),
  refines: (specification, view) => ({ kind: "refines", specification, view }),
};

function requireNone(others: object, what: string, option: string): void {
  const [stray] = Object.keys(others);
  if (stray !== undefined) throw new TypeError(`${stray} is no option of ${what}, which has ${option}`);
}

/** A system: its state's fields, then a function from the vocabulary to everything that speaks of that state. */
export function system<const F extends Fields>(
  fields: F,
  parts: (words: Vocabulary<State<F>>) => Parts<State<F>>,
): System<State<F>> {
  const made: Parts<State<F>> | undefined = parts(vocabulary as Vocabulary<State<F>>);
  if (typeof made !== "object")
    throw new TypeError("system(state, …) takes a function that returns the actions and properties");
  return { state: new RecordPlace(fields), ...made };
}

/** A whole number that a model can be built with: `--bound name=number`, from `min` to `max`. */
export interface Bound {
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly about: string;
}

/** A family of systems, one for each choice of bounds. */
export interface Model<B extends string = string> {
  readonly name: string;
  /** What it models, in one line. */
  readonly about: string;
  /** What a run that holds supports, in one sentence. */
  readonly theorem?: string;
  /** What a run is to come to, where that is not that everything holds: a counterexample is there to be found. */
  readonly expected?: "violated";
  /** What a run that holds is to a composed theorem: a program's promise on the ADO, or a protocol's refinement of it. */
  readonly composes?: "program" | "protocol";
  /** Why nothing in its states is interchangeable, where that needs to be said. */
  readonly asymmetry?: string | undefined;
  readonly bounds: { readonly [K in B]: Bound };
  /** @throws BoundsError where the bounds make no sense together. */
  // biome-ignore lint/suspicious/noExplicitAny: systems of all states are kept alike; their types meet inside system()
  system(bounds: { readonly [K in B]: number }): System<any>;
}

/** Gives a model its type. */
export const model = <const B extends string>(parts: Model<B>): Model<B> => parts;

/** Bounds that a model cannot have; the message says which and what would do. */
export class BoundsError extends RangeError {
  override readonly name = "BoundsError";
}
