/** Some states of a model, for looking at before a search. */

import type { EnabledSteps, Successor } from "./enabled-steps.ts";

/** Steps of a random walk. */
const WALK = 40;

/**
 * Up to `count` different states on random walks from `first` states, the same ones each time; none whose steps throw,
 * which is for the search to report.
 */
export function sample(steps: EnabledSteps, first: readonly Int32Array[], count: number): Int32Array[] {
  const seen = new Map<string, Int32Array>();
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 0x41c64e6d) + 12345) & 0x7fffffff;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let walk = 0; walk < count && seen.size < count; walk++) {
    let state = first[random(first.length)];
    for (let step = 0; step < WALK && state !== undefined; step++) {
      const current: Int32Array = state;
      const next = stepsOf(steps, current)?.filter(({ after }) =>
        after.some((word, i) => word !== current[i]),
      );
      if (next !== undefined) seen.set(current.join(), current);
      state = next?.[random(next.length)]?.after;
    }
  }
  return [...seen.values()];
}

/** The steps of a state; `undefined` where an action throws. */
export function stepsOf(steps: EnabledSteps, state: Int32Array): Successor[] | undefined {
  try {
    return steps.of(state);
  } catch {
    return undefined;
  }
}
