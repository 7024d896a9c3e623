/** How counts grow with their bounds, and what that says of larger ones. */

/** Bounds of a run in a fixed order, fault budgets included. */
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

/** What the ways to extrapolate have in common can be wrong too: each step is trusted this far. */
const DOUBT = 1.3;

/**
 * Extends what `measured` knows to a larger point in all ways that neighbouring smaller points allow: along one bound as a
 * geometric series whose ratio stays, or goes on changing as it did; across two bounds with the effect that one had at a
 * smaller value of the other, which itself goes on changing. Of the ways with the fewest steps, those that give less than
 * a smaller point has are dropped; the geometric mean of the others is the estimate, and they are its range.
 * @returns nothing if too little is known below the point.
 */
export function extrapolate(
  point: Point,
  least: Point,
  measured: (point: Point) => number | undefined,
): Estimate | undefined {
  const known = new Map<string, Guess | undefined>();
  return at(point);

  function at(here: Point): Guess | undefined {
    if (here.some((value, i) => value < least[i]!)) return undefined;
    const key = here.join();
    if (!known.has(key)) {
      const exact = measured(here);
      known.set(key, undefined);
      known.set(
        key,
        exact === undefined ? fromBelow(here) : { value: exact, low: exact, high: exact, steps: 0 },
      );
    }
    return known.get(key);
  }

  function fromBelow(here: Point): Guess | undefined {
    const below = (i: number, steps: number): Guess | undefined => at(lowered(here, i, steps));
    const bounds = [...here.keys()];
    const guesses = bounds.flatMap((i) => [
      along(below(i, 1), below(i, 2), below(i, 3)),
      ...bounds.filter((j) => j !== i).map((j) => across(here, i, j)),
    ]);
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

  /** What comes after three values along one bound, the last one first. */
  function along(a: Guess | undefined, b: Guess | undefined, c: Guess | undefined): Guess | undefined {
    if (a === undefined || b === undefined) return undefined;
    const ratio = a.value / b.value;
    const next = c === undefined ? ratio : ratio * Math.sqrt(ratio / (b.value / c.value));
    return grown(a, next, Math.max(a.steps, b.steps));
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
    return grown(from, factor, Math.max(from.steps, now.steps));
  }
}

/** `point` with its i-th bound less by `steps`. */
export function lowered(point: Point, i: number, steps: number): Point {
  return point.with(i, point[i]! - steps);
}

function grown({ value, low, high }: Estimate, factor: number, steps: number): Guess {
  return { value: value * factor, low: low * factor, high: high * factor, steps: steps + 1 };
}
