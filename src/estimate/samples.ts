/** At which smaller bounds a model is looked at, and in which order. */

import type { Instance } from "../model/instance.ts";
import { height, type Point } from "./growth.ts";

/** A bound or a fault budget that can be made smaller. */
export interface Size {
  readonly name: string;
  readonly isFault: boolean;
  /** What it is tried with, in even strides up to what is asked for. */
  readonly values: readonly number[];
}

/** A bound with fewer values than this is a switch rather than a size. */
const LEAST_SIZES = 3;
/** Values of one bound, and points of all. */
const MOST_VALUES = 10;
const MOST_POINTS = 10_000;
/** How far back an extrapolation looks. */
const REACH = 3;

/** The bounds and budgets of `instance` that can be made smaller. */
export function sizesOf({ model, bounds, budgets }: Instance): Size[] {
  const ofBounds = Object.entries(bounds).flatMap(([name, value]) => {
    const { min, max } = model.bounds[name]!;
    return value > min && max - min + 1 >= LEAST_SIZES ? [{ name, isFault: false, value, min }] : [];
  });
  const ofFaults = Object.entries(budgets).flatMap(([name, value]) =>
    value > 0 ? [{ name, isFault: true, value, min: 0 }] : [],
  );
  const spread = (most: number): Size[] =>
    [...ofBounds, ...ofFaults].map(({ name, isFault, value, min }) => {
      const stride = Math.ceil((value - min) / (most - 1));
      const count = Math.floor((value - min) / stride) + 1;
      return {
        name,
        isFault,
        values: Array.from({ length: count }, (_, i) => value - (count - 1 - i) * stride),
      };
    });
  let most = MOST_VALUES;
  const points = (): number => spread(most).reduce((product, { values }) => product * values.length, 1);
  while (most > 2 && points() > MOST_POINTS) most--;
  return spread(most);
}

/** The point of the values that are asked for. Coordinates of points are places among a size's values. */
export function pointOf(sizes: readonly Size[]): Point {
  return sizes.map(({ values }) => values.length - 1);
}

/** Points that lead to `point` with all coordinates at once, the smallest first; without `point`. */
export function diagonal(point: Point): Point[] {
  const longest = Math.max(0, ...point);
  return Array.from({ length: longest }, (_, i) => point.map((value) => Math.max(0, value - (longest - i))));
}

/**
 * All points below `point`: those about as high as `near` and above, the smallest first, for they say most of `point`;
 * then the others, the largest first.
 */
export function others(point: Point, near: Point): Point[] {
  let points: Point[] = [[]];
  for (const value of point) {
    points = points.flatMap((prefix) => Array.from({ length: value + 1 }, (_, next) => [...prefix, next]));
  }
  const below = points.filter((at) => height(at) < height(point)).sort((a, b) => height(a) - height(b));
  const isNear = (at: Point): boolean => height(at) >= height(near) - REACH;
  return [...below.filter(isNear), ...below.filter((at) => !isNear(at)).reverse()];
}
