/** What a check will cost: the model is explored at smaller bounds, and what is seen there is extended. */

import { type ExploreOptions, explore } from "../explore/explore.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import { BoundsError, type Model } from "../model/model.ts";
import { type Estimate, extrapolate, lowered, type Point } from "./growth.ts";

/** A run at smaller bounds. */
export interface Measured {
  readonly bounds: { readonly [name: string]: number };
  readonly faults: { readonly [name: string]: number };
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly bytes: number;
}

export interface CostEstimate {
  /** The runs that it rests on, the smallest first. */
  readonly measured: readonly Measured[];
  /** Nothing where too few smaller runs were complete. */
  readonly states: Estimate | undefined;
  /** With one worker. */
  readonly seconds: Estimate | undefined;
  readonly bytes: Estimate | undefined;
}

export interface EstimateOptions {
  readonly properties: readonly string[];
  /** What the search is to be reduced by at each of the smaller bounds. */
  readonly reductionAt?: (instance: Instance) => Pick<ExploreOptions, "groups" | "order">;
  /** When to stop measuring. */
  readonly maxSeconds: number;
}

/** A smaller run that has more states than this is not finished. */
const MOST_STATES = 500_000;
/** A bound with fewer values than this is a switch rather than a size. */
const LEAST_SIZES = 3;
/** Runs with fewer states say nothing of how long a state takes. */
const TELLING_STATES = 20_000;
/** How far apart two runs of the same search can be on a machine that does other things. */
const TIME_DOUBT = 1.5;

/** Estimates the cost of a check of `instance`, in at most about `maxSeconds`. */
export function estimateCost(instance: Instance, options: EstimateOptions): CostEstimate {
  const { model } = instance;
  const sizes = sizesOf(instance);
  const point = sizes.map(({ value }) => value);
  const least = sizes.map(({ min }) => min);
  const runs = new Map<string, Measured | undefined>();
  const deadline = performance.now() + options.maxSeconds * 1000;
  for (const at of smaller(point, least)) {
    if (performance.now() > deadline) break;
    // What lies above a run that was too large is larger still.
    const isTooLarge = at.some((_, i) => {
      const below = lowered(at, i, 1).join();
      return runs.has(below) && runs.get(below) === undefined;
    });
    runs.set(at.join(), isTooLarge ? undefined : run(model, boundsAt(instance, sizes, at), options));
  }
  const measured = [...runs.values()].filter((found) => found !== undefined);
  const states = extrapolate(point, least, (at) => runs.get(at.join())?.states);
  const largest = measured.filter((found) => found.states >= TELLING_STATES).at(-1) ?? measured.at(-1);
  return {
    measured,
    states,
    seconds: states && largest && doubtful(states, largest.seconds / largest.states),
    bytes: states && largest && scaledBy(states, largest.bytes / largest.states),
  };
}

interface Size {
  readonly name: string;
  readonly isFault: boolean;
  readonly value: number;
  readonly min: number;
}

/** The bounds and fault budgets that can be made smaller. */
function sizesOf({ model, bounds, budgets }: Instance): Size[] {
  const ofBounds = Object.entries(bounds).flatMap(([name, value]): Size[] => {
    const { min, max } = model.bounds[name]!;
    return value > min && max - min + 1 >= LEAST_SIZES ? [{ name, isFault: false, value, min }] : [];
  });
  const ofFaults = Object.entries(budgets).flatMap(([name, value]): Size[] =>
    value > 0 ? [{ name, isFault: true, value, min: 0 }] : [],
  );
  return [...ofBounds, ...ofFaults];
}

/** All points below one, those with small bounds first. */
function smaller(point: Point, least: Point): Point[] {
  let points: Point[] = [[]];
  for (const [i, value] of point.entries()) {
    const values = Array.from({ length: value - least[i]! + 1 }, (_, step) => least[i]! + step);
    points = points.flatMap((prefix) => values.map((next) => [...prefix, next]));
  }
  const height = (at: Point): number => at.reduce((sum, value, i) => sum + (value - least[i]!), 0);
  return points.filter((at) => at.join() !== point.join()).sort((a, b) => height(a) - height(b));
}

function boundsAt(
  instance: Instance,
  sizes: readonly Size[],
  at: Point,
): Pick<Measured, "bounds" | "faults"> {
  const chosen = (isFault: boolean): { [name: string]: number } =>
    Object.fromEntries(sizes.flatMap((size, i) => (size.isFault === isFault ? [[size.name, at[i]!]] : [])));
  return {
    bounds: { ...instance.bounds, ...chosen(false) },
    faults: { ...instance.budgets, ...chosen(true) },
  };
}

/** Nothing if the run is not complete, or the bounds make no sense together. */
function run(
  model: Model,
  { bounds, faults }: Pick<Measured, "bounds" | "faults">,
  { properties, reductionAt }: EstimateOptions,
): Measured | undefined {
  try {
    const instance = instantiate(model, bounds, faults);
    const reductions = reductionAt?.(instance);
    const start = performance.now();
    const { ending, states, transitions, bytes } = explore(instance, {
      properties: instance.properties.map(([name]) => name).filter((name) => properties.includes(name)),
      maxStates: MOST_STATES,
      ...reductions,
    });
    const seconds = (performance.now() - start) / 1000;
    return ending === "complete" ? { bounds, faults, states, transitions, seconds, bytes } : undefined;
  } catch (error) {
    if (error instanceof BoundsError) return undefined;
    throw error;
  }
}

function scaledBy({ value, low, high }: Estimate, factor: number): Estimate {
  return { value: value * factor, low: low * factor, high: high * factor };
}

function doubtful({ value, low, high }: Estimate, factor: number): Estimate {
  return scaledBy({ value, low: low / TIME_DOUBT, high: high * TIME_DOUBT }, factor);
}
