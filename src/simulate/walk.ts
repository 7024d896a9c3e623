/**
 * Walks as fast-check has them: an arbitrary that draws them, and a model run of commands that carries one out. A walk is
 * drawn while it goes, for what can be chosen depends on where it stands.
 */

import fc from "fast-check";
import type { NamedStep } from "../explore/enabled-steps.ts";
import { type Choose, chooser, type StrategyName } from "./strategy.ts";
import type { Walker, Way } from "./walker.ts";

/** A way to a step that a property does not allow, or to what witnesses one. */
export interface Finding {
  readonly property: string;
  readonly way: Way;
}

/** A walk that can be carried out again and again, always in the same way. */
export interface Walk {
  /** What it came upon when it was last carried out; it ends there. */
  finding: Finding | undefined;
  /** Whether the walk ends where this property is violated, or else witnessed. */
  isSought(property: string, isViolated: boolean): boolean;
  /** Index of its first state. */
  first(walker: Walker): number;
  turns(walker: Walker): Iterable<Turn>;
}

/** One step of a model run. The walker knows the guards, so it is the model; what becomes of the walk is what is real. */
type Turn = fc.Command<Walker, Walk>;

/** What is looked for: a violation of anything, or a witness of one property. */
export type Goal = "violation" | { readonly witness: string };

/** A walk that is not drawn but given. */
export interface Given {
  readonly first: number;
  readonly steps: readonly NamedStep[];
  /** Whether another choice of the same action stands in for a step that is not enabled. */
  readonly isLoose?: boolean;
}

/** A given walk, step by step; a step that is not enabled where its turn comes is left out. */
export class GivenWalk implements Walk {
  finding: Finding | undefined;
  readonly #goal: Goal;
  readonly #given: Given;

  constructor(goal: Goal, given: Given) {
    this.#goal = goal;
    this.#given = given;
  }

  isSought(property: string, isViolated: boolean): boolean {
    return this.#goal === "violation" ? isViolated : !isViolated && property === this.#goal.witness;
  }

  first(): number {
    return this.#given.first;
  }

  *turns(walker: Walker): Iterable<Turn> {
    const { steps, isLoose = false } = this.#given;
    for (const step of steps) {
      if (walker.hasEnded) return;
      yield turn((there) => (isLoose ? there.findLike(step) : there.find(step)));
    }
  }
}

/** A walk of at most `steps` steps, each chosen where it is taken. */
class DrawnWalk implements Walk {
  finding: Finding | undefined;
  readonly #random: fc.Random;
  readonly #options: WalkOptions;

  constructor(random: fc.Random, options: WalkOptions) {
    this.#random = random;
    this.#options = options;
  }

  isSought(_property: string, isViolated: boolean): boolean {
    return isViolated;
  }

  first({ firstStates }: Walker): number {
    return firstStates === 1 ? 0 : this.#random.clone().nextInt(0, firstStates - 1);
  }

  *turns(walker: Walker): Iterable<Turn> {
    const { strategy, steps, isStopped } = this.#options;
    const random = this.#random.clone();
    random.nextInt(0, 1); // what the first state was drawn from
    const agents = walker.agents.names.length;
    const hasFaults = walker.instance.transitions.some(({ budget }) => budget !== undefined);
    const choose: Choose = chooser(strategy, random, { steps, agents, hasFaults });
    const chosen = turn((there) => choose(there, there.length));
    while (walker.length < steps && walker.count > 0 && !walker.hasEnded && !isStopped()) yield chosen;
  }
}

/** A command that is carried out where `find` finds a step on offer. */
function turn(find: (walker: Walker) => number): Turn {
  let step = -1;
  return {
    check(walker) {
      step = find(walker as Walker);
      return step >= 0;
    },
    run(walker) {
      walker.take(step);
    },
    toString: () => "step",
  };
}

export interface WalkOptions {
  readonly strategy: StrategyName;
  /** The most steps of a walk. */
  readonly steps: number;
  /** Asked before each step: whether to leave off. */
  isStopped(): boolean;
}

/** All walks. A violating one is not shrunk here: `minimize` knows what makes it plainer. */
export class Walks extends fc.Arbitrary<Walk> {
  readonly #options: WalkOptions;

  constructor(options: WalkOptions) {
    super();
    this.#options = options;
  }

  override generate(random: fc.Random): fc.Value<Walk> {
    return new fc.Value<Walk>(new DrawnWalk(random.clone(), this.#options), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Walk {
    return false;
  }

  override shrink(): fc.Stream<fc.Value<Walk>> {
    return fc.Stream.nil();
  }
}

/**
 * Carries a walk out, as a model run. `onWitness` is told of what is witnessed on the way, again and again.
 * @returns whether it ended without coming upon what is sought
 */
export function carryOut(
  walker: Walker,
  walk: Walk,
  onWitness: (witness: Finding) => void = () => {},
): boolean {
  walk.finding = undefined;
  walker.onFound = ({ violated, witnessed }, way) => {
    const property =
      violated.find((name) => walk.isSought(name, true)) ??
      witnessed.find((name) => walk.isSought(name, false));
    if (property !== undefined) walk.finding = { property, way };
    else for (const witness of witnessed) onWitness({ property: witness, way });
    return property !== undefined;
  };
  walker.begin(walk.first(walker));
  fc.modelRun(() => ({ model: walker, real: walk }), walk.turns(walker));
  return walk.finding === undefined;
}
