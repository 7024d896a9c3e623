/**
 * What a check will cost. It is tried itself first, for a third of the time; if it does not come to its end, the model is
 * explored at smaller bounds, and what is seen there is extended.
 */

import { type Ending, type ExploreOptions, explore } from "../explore/explore.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import { BoundsError } from "../model/model.ts";
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

/** Where the check itself is first stopped, and how many times further it goes each time at the most. */
const FIRST_STATES = 2000;
const MOST_FURTHER = 16;
/** Going less far than this once more is not worth the time. */
const LEAST_FURTHER = 1.5;
/** How much of the time the check itself is given. */
const SHARE_OF_CHECK = 1 / 3;
/** A smaller run that has more states than this is not finished. */
const MOST_STATES = 500_000;
/** How much faster a search becomes than it was at first. */
const WARMING = 2;
/** How far apart two runs of the same search can be on a machine that does other things. */
const TIME_DOUBT = 1.5;

/** Estimates the cost of a check of `instance`, in at most about `maxSeconds`. */
export function estimateCost(instance: Instance, options: EstimateOptions): CostEstimate {
  const deadline = performance.now() + options.maxSeconds * 1000;
  const own = runAsFar(instance, options, options.maxSeconds * SHARE_OF_CHECK);
  const { cost } = own;
  const sizes = sizesOf(instance);
  const known = { atLeast: cost.states, hasSizes: sizes.length > 0 };
  if (FINISHED.includes(own.ending))
    return { ...known, isExact: true, measured: [], ...costs(exactly(cost.states), [cost]) };
  const pace = cost.states / cost.seconds;
  const runs = smallerRuns(instance, sizes, { ...options, pace, deadline });
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
const FINISHED: readonly Ending[] = ["complete", "violation", "fault"];

interface Run {
  readonly ending: Ending;
  readonly cost: Measured;
}

/** Runs at smaller points that came to their end, by their coordinates. */
function smallerRuns(
  instance: Instance,
  sizes: readonly Size[],
  options: EstimateOptions & { readonly pace: number; readonly deadline: number },
): Map<string, Measured> {
  const point = pointOf(sizes);
  const runs = new Map<string, Measured>();
  const cut: Point[] = [];
  let { pace } = options;
  const measure = (at: Point): void => {
    const secondsLeft = (options.deadline - performance.now()) / 1000;
    // What lies above a run that was cut is larger still.
    const isTooLarge = cut.some((low) => low.every((value, i) => value <= at[i]!));
    if (secondsLeft < 0 || isTooLarge || runs.has(at.join())) return;
    const smaller = instanceAt(instance, sizes, at);
    if (smaller === undefined) return;
    const { ending, cost } = run(
      smaller,
      options,
      Math.ceil(Math.min(MOST_STATES, WARMING * pace * secondsLeft)),
    );
    pace = Math.max(pace, cost.states / cost.seconds);
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
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

/** Runs a check further each time, until it comes to its end or going on would take more than about so many seconds. */
function runAsFar(instance: Instance, options: EstimateOptions, seconds: number): Run {
  const deadline = performance.now() + seconds * 1000;
  for (let maxStates = FIRST_STATES; ; ) {
    const found = run(instance, options, maxStates);
    const further = Math.min(MOST_FURTHER, (deadline - performance.now()) / 1000 / found.cost.seconds);
    if (found.ending !== "states" || further < LEAST_FURTHER) return found;
    maxStates = Math.floor(maxStates * further);
  }
}

function run(instance: Instance, { properties, reductionAt }: EstimateOptions, maxStates: number): Run {
  const reductions = reductionAt?.(instance);
  const start = performance.now();
  const { ending, states, transitions, bytes } = explore(instance, {
    properties: instance.properties.map(([name]) => name).filter((name) => properties.includes(name)),
    maxStates,
    ...reductions,
  });
  const seconds = (performance.now() - start) / 1000;
  const { bounds, budgets: faults } = instance;
  return { ending, cost: { bounds, faults, states, transitions, seconds, bytes } };
}
