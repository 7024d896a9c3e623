/**
 * What a check will cost. It is tried itself first, for half of the time; if it does not come to its end, the model is
 * explored at smaller bounds, and what is seen there is extended.
 */

import { type Ending, type ExploreOptions, explore } from "../explore/explore.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import { bitCount } from "../schema/type.ts";
import { bounded, type Estimate, extrapolate, type Point, scaled } from "./growth.ts";
import { diagonal, others, pointOf, type Size, sizesOf } from "./samples.ts";

/** A run at some bounds. */
export interface Measured {
  readonly bounds: { readonly [name: string]: number };
  readonly faults: { readonly [name: string]: number };
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly bytes: number;
}

export interface CostEstimate {
  /** Whether the check itself came to its end, so that its states are counted. */
  readonly isExact: boolean;
  /** States that it was seen to have. */
  readonly atLeast: number;
  /** Whether the model has bounds or faults that can be made smaller. */
  readonly hasSizes: boolean;
  /** The smaller runs that it rests on, the smallest first. */
  readonly measured: readonly Measured[];
  /** Nothing where too little is known, or only of bounds that are far away. */
  readonly states: Estimate | undefined;
  /** With one worker. */
  readonly seconds: Estimate | undefined;
  readonly bytes: Estimate | undefined;
}

export interface EstimateOptions {
  readonly properties: readonly string[];
  /** What the search is to be reduced by at some bounds. */
  readonly reductionAt?: (instance: Instance) => Pick<ExploreOptions, "groups" | "order">;
  /** When to stop measuring. */
  readonly maxSeconds: number;
}

/** How much of the time the check itself is given, and a smaller run of what is left. */
const SHARE = 1 / 2;
/** How far apart two runs of the same search can be on a machine that does other things. */
const TIME_DOUBT = 1.5;

/** A model that is at fault has no cost: the message says what it did. */
export class FaultyModel extends Error {
  override readonly name = "FaultyModel";
}

/** Estimates the cost of a check of `instance`, in at most about `maxSeconds`.  @throws FaultyModel */
export function estimateCost(instance: Instance, options: EstimateOptions): CostEstimate {
  const deadline = performance.now() + options.maxSeconds * 1000;
  const own = run(instance, options, deadline);
  const { cost, fault } = own;
  if (fault !== undefined) throw new FaultyModel(fault);
  const sizes = sizesOf(instance);
  const known = { atLeast: cost.states, hasSizes: sizes.length > 0 };
  if (FINISHED.includes(own.ending))
    return { ...known, isExact: true, measured: [], ...costs(exactly(cost.states), [cost]) };
  const runs = smallerRuns(instance, sizes, { ...options, deadline });
  const found = extrapolate(pointOf(sizes), (at) => runs.get(at.join())?.states);
  const states = found && bounded(found, cost.states, mostStates(instance));
  const measured = [...runs.values()].sort((a, b) => a.states - b.states);
  return { ...known, isExact: false, measured, ...costs(states, [...measured, cost]) };
}

/** States that the types have room for. */
function mostStates({ root, address, words }: Instance): number {
  const mask = new Int32Array(words);
  root.mark(mask, address);
  return 2 ** mask.reduce((bits, word) => bits + bitCount(word), 0);
}

function exactly(value: number): Estimate {
  return { value, low: value, high: value };
}

/** What so many states cost, by the largest of some runs. */
function costs(
  states: Estimate | undefined,
  runs: readonly Measured[],
): Pick<CostEstimate, "states" | "seconds" | "bytes"> {
  if (states === undefined) return { states, seconds: undefined, bytes: undefined };
  const largest = runs.reduce((a, b) => (b.states > a.states ? b : a));
  const each = largest.seconds / largest.states;
  const { value, low, high } = states;
  return {
    states,
    seconds: { value: value * each, low: (low * each) / TIME_DOUBT, high: high * each * TIME_DOUBT },
    bytes: scaled(states, largest.bytes / largest.states),
  };
}

/** Endings of a check that would not be another one with more time. */
const FINISHED: readonly Ending[] = ["complete", "violation"];

interface Run {
  readonly ending: Ending;
  /** What the model did that it must not do. */
  readonly fault: string | undefined;
  readonly cost: Measured;
}

/** Runs at smaller points that came to their end, by their coordinates. */
function smallerRuns(
  instance: Instance,
  sizes: readonly Size[],
  options: EstimateOptions & { readonly deadline: number },
): Map<string, Measured> {
  const point = pointOf(sizes);
  const runs = new Map<string, Measured>();
  const cut: Point[] = [];
  const measure = (at: Point): void => {
    // What lies above a run that was cut is larger still.
    const isTooLarge = cut.some((low) => low.every((value, i) => value <= at[i]!));
    if (performance.now() > options.deadline || isTooLarge || runs.has(at.join())) return;
    const smaller = instanceAt(instance, sizes, at);
    if (smaller === undefined) return;
    const { ending, cost } = run(smaller, options, options.deadline);
    if (ending === "complete") runs.set(at.join(), cost);
    else cut.push(at);
  };
  const towards = diagonal(point);
  towards.forEach(measure);
  const near = towards.findLast((at) => runs.has(at.join())) ?? point.map(() => 0);
  others(point, near).forEach(measure);
  return runs;
}

/** Nothing if the bounds make no sense together. */
function instanceAt(
  { model, bounds, budgets }: Instance,
  sizes: readonly Size[],
  at: Point,
): Instance | undefined {
  const chosen = (isFault: boolean): { [name: string]: number } =>
    Object.fromEntries(
      sizes.flatMap((size, i) => (size.isFault === isFault ? [[size.name, size.values[at[i]!]!]] : [])),
    );
  try {
    return instantiate(model, { ...bounds, ...chosen(false) }, { ...budgets, ...chosen(true) });
  } catch {
    // A model need not be ready for bounds that nobody asked for.
    return undefined;
  }
}

/** Explores for a share of the time until `deadline`, at the most. */
function run(instance: Instance, { properties, reductionAt }: EstimateOptions, deadline: number): Run {
  const reductions = reductionAt?.(instance);
  const start = performance.now();
  const { ending, fault, states, transitions, bytes } = explore(instance, {
    properties,
    until: start + (deadline - start) * SHARE,
    ...reductions,
  });
  const seconds = (performance.now() - start) / 1000;
  const { bounds, budgets: faults } = instance;
  return { ending, fault: fault?.message, cost: { bounds, faults, states, transitions, seconds, bytes } };
}
