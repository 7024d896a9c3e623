/** Compares searches with and without partial-order reduction. */

import fc from "fast-check";
import { expect } from "vitest";
import type { Instance } from "../model/instance.ts";
import { judge } from "../verdict/judge.ts";
import { EnabledSteps } from "./enabled-steps.ts";
import { type Exploration, type ExploreOptions, explore } from "./explore.ts";
import { findSymmetry, NoSymmetry } from "./interchangeable.ts";
import { findOrder } from "./order.ts";
import type { IdGroup } from "./symmetry.ts";
import { orderedInstance } from "./test-ordered-models.ts";
import { statesOf } from "./test-search.ts";

const MOST_STATES = 3_000;

/** Decides random models in both ways.  @returns how many the reduction made smaller */
export function compareOnRandomModels(models: number): number {
  let compared = 0;
  let smaller = 0;
  const property = fc.property(orderedInstance, (instance) => {
    const full = explore(instance, { maxStates: MOST_STATES, maxBytes: 2 ** 24 });
    fc.pre(full.ending === "complete" || full.ending === "violation");
    const order = findOrder(instance);
    const less = compare(instance, full, { order });
    const groups = groupsOf(instance);
    if (groups.length > 0)
      compare(instance, full, { order: findOrder(instance, instance.defaultProperties, groups), groups });
    compared++;
    if (full.ending === "complete" && less.states < full.states) smaller++;
  });
  fc.assert(property, { numRuns: models });
  expect(compared).toBeGreaterThanOrEqual(models);
  return smaller;
}

/** Decides an instance with reductions, and expects what the full search found. */
export function compare(instance: Instance, full: Exploration, reductions: ExploreOptions): Exploration {
  const less = explore(instance, { ...reductions, maxBytes: 2 ** 28 });
  expect(less.ending).toBe(full.ending);
  const properties = instance.defaultProperties;
  const circumstances = { target: "", workers: 1, seconds: 0, repeat: "", properties };
  const [reduced, whole] = [less, full].map((found) => judge(instance, found, circumstances));
  expect(reduced!.failure).toEqual(whole!.failure);
  const violated = (run: typeof reduced) =>
    run!.properties.filter(({ verdict }) => verdict === "violated").map(({ name }) => name);
  expect(violated(reduced)).toEqual(violated(whole));
  for (const { verdict, trace } of reduced!.properties)
    if (verdict === "violated") expect(trace).not.toBeNull();
  // Violations can be found later than on the shortest way, and other things with them.
  if (full.ending === "complete") {
    expect(reduced!.verdict).toBe(whole!.verdict);
    expect(less.states).toBeLessThanOrEqual(full.states);
    expect(less.fired.map((count) => count > 0)).toEqual(full.fired.map((count) => count > 0));
    expect(Object.keys(less.events).sort()).toEqual(Object.keys(full.events).sort());
    if (less.groups.length === 0 && full.states <= MOST_STATES) expectSameEnds(instance, full, less);
  }
  return less;
}

/**
 * Any state without a way on is reached, and whatever can be seen of a state through the bits that properties look at is
 * seen: more than a verdict hangs on.
 */
function expectSameEnds(instance: Instance, full: Exploration, less: Exploration): void {
  const { visible } = less.order!;
  const steps = new EnabledSteps(instance);
  const isEnd = (state: Int32Array): boolean =>
    steps.of(state).every(({ after }) => after.every((word, i) => word === state[i]));
  const ends = ({ memory }: Exploration): Set<string> =>
    new Set([...statesOf(memory)].filter(isEnd).map((state) => state.join()));
  const sights = ({ memory }: Exploration): Set<string> =>
    new Set([...statesOf(memory)].map((state) => state.map((word, i) => word & visible[i]!).join()));
  expect(ends(less)).toEqual(ends(full));
  expect(sights(less)).toEqual(sights(full));
}

/** Interchangeable ids, if there are any, and the search does not find out that they are not. */
function groupsOf(instance: Instance): readonly IdGroup[] {
  try {
    const groups = findSymmetry(instance);
    return explore(instance, { groups, maxBytes: 2 ** 24 }).ending === "fault" ? [] : groups;
  } catch (error) {
    if (error instanceof NoSymmetry) return [];
    throw error;
  }
}
