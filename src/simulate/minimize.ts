/** Makes a way to a finding as short and as plain as can be: fewest steps, then fewest faults, then fewest switches. */

import fc from "fast-check";
import type { NamedStep } from "../explore/enabled-steps.ts";
import { carryOut, type Finding, type Given, GivenWalk, type Goal, type Walk, Walks } from "./walk.ts";
import type { Walker, Way } from "./walker.ts";

export interface MinimizeOptions {
  readonly goal: Goal;
  /** How many walks to try at the most. */
  readonly attempts: number;
  /** Asked before each: whether to leave off. */
  isStopped(): boolean;
}

/** Random runs that are tried for a shorter way, each time one is found. */
const SHORTER_RUNS = 1000;

/**
 * Tries variations of a way, each carried out under its guards (what is not enabled is left out), until none is better;
 * for a violation then random runs that can only find a shorter one, and so on. What is found in the end may violate
 * another property than at first, and it need not be the shortest there is.
 * @param seed of the random runs
 */
export function minimize(
  walker: Walker,
  finding: Finding,
  options: MinimizeOptions & { readonly seed: number },
): Finding {
  let best = improve(walker, finding, options);
  if (options.goal !== "violation") return best;
  for (;;) {
    const other = shorter(walker, best.way.actions.length - 1, options);
    if (other === undefined) return best;
    best = improve(walker, other, options);
  }
}

/** A violation after at most `length` steps, if a few random runs come upon one. */
function shorter(
  walker: Walker,
  length: number,
  { seed, isStopped }: MinimizeOptions & { readonly seed: number },
): Finding | undefined {
  if (length < 1) return undefined;
  // The last step is looked at and not taken.
  const walks = new Walks({ strategy: "mixed", steps: length - 1, isStopped });
  const property = fc.property(walks, (walk) => isStopped() || survives(walker, walk));
  const { counterexample } = fc.check<[Walk]>(property, { seed, numRuns: SHORTER_RUNS });
  return counterexample?.[0].finding;
}

function improve(walker: Walker, finding: Finding, { goal, attempts, isStopped }: MinimizeOptions): Finding {
  let best = finding;
  let left = attempts;
  const isBetter = (given: Given): boolean => {
    left--;
    const walk = new GivenWalk(goal, given);
    if (survives(walker, walk) || compare(walker, walk.finding!.way, best.way) >= 0) return false;
    best = walk.finding!;
    return true;
  };
  const step = (): boolean => {
    for (const variation of variations(walker, best.way)) {
      if (left <= 0 || isStopped()) return false;
      if (isBetter(variation)) return true;
    }
    return false;
  };
  while (step());
  return best;
}

/** Whether a walk finds nothing; one that the model throws at leads nowhere. */
function survives(walker: Walker, walk: Walk): boolean {
  try {
    return carryOut(walker, walk);
  } catch {
    return true;
  }
}

/** Negative where `a` is the better way. */
function compare(walker: Walker, a: Way, b: Way): number {
  const [x, y] = [rate(walker, a), rate(walker, b)];
  const different = x.findIndex((value, i) => value !== y[i]);
  return different < 0 ? 0 : x[different]! - y[different]!;
}

/** Steps, faults, and how often another agent's turn comes. */
export function rate({ instance, agents }: Walker, { states, actions }: Way): number[] {
  const { words, transitions } = instance;
  const turns = Array.from(actions, (action, i) =>
    agents.of(action, states.subarray(i * words, (i + 1) * words), states, (i + 1) * words),
  );
  return [
    actions.length,
    actions.reduce((sum, action) => sum + (transitions[action]!.budget === undefined ? 0 : 1), 0),
    turns.reduce((sum, agent, i) => sum + (i > 0 && agent !== turns[i - 1] ? 1 : 0), 0),
  ];
}

/** Ways that differ from one in a few steps, the likeliest to be better first. */
function* variations(walker: Walker, way: Way): Generator<Given> {
  const { first } = way;
  const steps = walker.nameSteps(way);
  for (const isLoose of [false, true]) {
    for (const rest of removals(steps)) yield { first, steps: rest, isLoose };
    for (let other = 0; other < walker.firstStates; other++) yield { first: other, steps, isLoose };
    for (const rest of withoutPairs(steps)) yield { first, steps: rest, isLoose };
  }
  for (let from = 0; from < steps.length; from++) {
    for (let to = 0; to < steps.length; to++) {
      if (from !== to) yield { first, steps: steps.toSpliced(from, 1).toSpliced(to, 0, steps[from]!) };
    }
  }
  for (let i = 0; i < steps.length; i++) {
    for (const other of walker.stepsAt(way, i)) yield { first, steps: steps.with(i, other), isLoose: true };
  }
}

/** What is left of some steps without ever fewer neighbours, from the end on. */
function* removals(steps: readonly NamedStep[]): Generator<NamedStep[]> {
  for (let size = steps.length >> 1; size >= 1; size >>= 1) {
    for (let end = steps.length; end > 0; end -= size) yield steps.toSpliced(Math.max(0, end - size), size);
  }
}

function* withoutPairs(steps: readonly NamedStep[]): Generator<NamedStep[]> {
  for (let i = 0; i < steps.length; i++) {
    for (let j = i + 1; j < steps.length; j++) yield steps.toSpliced(j, 1).toSpliced(i, 1);
  }
}
