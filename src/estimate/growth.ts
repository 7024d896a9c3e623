/** How counts grow with their bounds, and what that says of larger ones. */

/** Bounds of a run in a fixed order, fault budgets included, each counted in even strides from 0. */
export type Point = readonly number[];

/** What is known or expected at a point. `low` and `high` are equal where it was measured. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate, and how many bounds it lies beyond what was measured. */
interface Guess extends Estimate {
  readonly steps: number;
}

/** Nothing is said of what lies more steps beyond what was measured, */
const MOST_STEPS = 4;
/** nor where the range is wider than this factor, nor of more than any machine will ever count. */
const WIDEST = 1000;
const MOST_COUNTED = 1e15;

/** What the ways to extrapolate have in common can be wrong too: each step is trusted this far. */
const DOUBT = 1.3;

/**
 * Extends what `measured` knows to a larger point in all ways that neighbouring smaller points allow: along one bound as a
 * geometric series whose ratio stays, or goes on changing as it did; across two bounds with the effect that one had at a
 * smaller value of the other, which itself goes on changing; along all bounds at once. Of the ways with the fewest steps,
 * those that give less than a smaller point has are dropped; the geometric mean of the others is the estimate, and they are
 * its range.
 * @returns nothing if too little is known below the point, or only far below.
 */
export function extrapolate(
  point: Point,
  measured: (point: Point) => number | undefined,
): Estimate | undefined {
  const known = new Map<string, Guess | undefined>();
  const found = at(point);
  return found && found.high / found.low <= WIDEST && found.high <= MOST_COUNTED ? found : undefined;

  function at(here: Point): Guess | undefined {
    if (here.some((value) => value < 0)) return undefined;
    const key = here.join();
    if (!known.has(key)) {
      const exact = measured(here);
      known.set(key, undefined);
      known.set(
        key,
        exact !== undefined
          ? { value: exact, low: exact, high: exact, steps: 0 }
          : height(point) - height(here) < MOST_STEPS
            ? fromBelow(here)
            : undefined,
      );
    }
    return known.get(key);
  }

  function fromBelow(here: Point): Guess | undefined {
    const below = (i: number, steps: number): Guess | undefined => at(lowered(here, i, steps));
    const bounds = [...here.keys()];
    const diagonal = (steps: number): Guess | undefined => at(here.map((value) => value - steps));
    const guesses = bounds.flatMap((i) => [
      along(below(i, 1), below(i, 2), below(i, 3), 1),
      ...bounds.filter((j) => j !== i).map((j) => across(here, i, j)),
    ]);
    guesses.push(along(diagonal(1), diagonal(2), diagonal(3), here.length));
    const found = guesses.filter((guess) => guess !== undefined);
    const steps = Math.min(...found.map((guess) => guess.steps));
    const floor = Math.max(...bounds.map((i) => below(i, 1)?.value ?? 0));
    const possible = found.filter((guess) => guess.steps === steps && guess.value >= floor);
    if (possible.length === 0) return undefined;
    const logarithms = possible.map(({ value }) => Math.log(value));
    return {
      value: Math.exp(logarithms.reduce((sum, logarithm) => sum + logarithm) / possible.length),
      low: Math.max(floor, Math.min(...possible.map(({ low }) => low)) / DOUBT),
      high: Math.max(...possible.map(({ high }) => high)) * DOUBT,
      steps,
    };
  }

  /** What comes after three values in a row, the last one first, each so many steps after the one before. */
  function along(
    a: Guess | undefined,
    b: Guess | undefined,
    c: Guess | undefined,
    stride: number,
  ): Guess | undefined {
    if (a === undefined || b === undefined) return undefined;
    const ratio = a.value / b.value;
    const next = c === undefined ? ratio : ratio * Math.sqrt(ratio / (b.value / c.value));
    return grown(a, next, Math.max(a.steps, b.steps) + stride);
  }

  /** From a smaller i-th bound, with the effect that it had where the j-th is smaller too. */
  function across(here: Point, i: number, j: number): Guess | undefined {
    const effect = (steps: number): { factor: number; steps: number } | undefined => {
      const [more, less] = [at(lowered(here, j, steps)), at(lowered(lowered(here, i, 1), j, steps))];
      if (more === undefined || less === undefined) return undefined;
      return { factor: more.value / less.value, steps: Math.max(more.steps, less.steps) };
    };
    const [from, now, before] = [at(lowered(here, i, 1)), effect(1), effect(2)];
    if (from === undefined || now === undefined) return undefined;
    const factor = before === undefined ? now.factor : now.factor ** 2 / before.factor;
    return grown(from, factor, Math.max(from.steps, now.steps) + 1);
  }
}

/** The estimate of so many times as much. */
export function scaled({ value, low, high }: Estimate, factor: number): Estimate {
  return { value: value * factor, low: low * factor, high: high * factor };
}

/**
 * What is left of an estimate of something between `least` and `most`: where its value is refuted, the middle of the range
 * that is left; nothing if that is too.
 */
export function bounded({ value, low, high }: Estimate, least: number, most: number): Estimate | undefined {
  if (high < least || low > most) return undefined;
  const [from, to] = [Math.max(low, least), Math.min(high, most)];
  return { value: value >= from && value <= to ? value : Math.sqrt(from * to), low: from, high: to };
}

/** How many single steps there are to a point from the least one. */
export function height(at: Point): number {
  return at.reduce((sum, value) => sum + value, 0);
}

/** `point` with its i-th bound less by `steps`. */
function lowered(point: Point, i: number, steps: number): Point {
  return point.with(i, point[i]! - steps);
}

function grown(from: Estimate, factor: number, steps: number): Guess {
  return { ...scaled(from, factor), steps };
}
