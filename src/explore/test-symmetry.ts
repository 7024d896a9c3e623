/** Compares searches with and without symmetry. */

import fc from "fast-check";
import { expect } from "vitest";
import type { Instance } from "../model/instance.ts";
import { judge } from "../verdict/judge.ts";
import type { Run } from "../verdict/run.ts";
import { type Exploration, explore } from "./explore.ts";
import { findSymmetry } from "./interchangeable.ts";
import { allGroups, Canonicalizer, type IdGroup } from "./symmetry.ts";
import { statesOf } from "./test-search.ts";
import { symmetricInstance } from "./test-symmetric-models.ts";

const MOST_STATES = 2_000;

function runOf(instance: Instance, exploration: Exploration): Run {
  const properties = instance.defaultProperties;
  return judge(instance, exploration, { target: "", workers: 1, seconds: 0, repeat: "", properties });
}

/** What must not depend on whether the search was reduced. */
function essence({ verdict, failure, properties, depth }: Run): unknown {
  const results = properties.map(({ name, verdict, trace }) => ({
    name,
    verdict,
    steps: trace?.steps.length,
  }));
  return { verdict, failure, depth, results };
}

/** How many classes of states differ in interchangeable ids only, found by trying all exchanges, and the states in them. */
export function countOrbits(
  instance: Instance,
  { memory }: Exploration,
): { readonly orbits: number; readonly states: number } {
  const words = new Int32Array(instance.words);
  const { exchanges } = new Canonicalizer(instance, words, allGroups(instance));
  const seen = new Set<string>();
  let orbits = 0;
  for (const state of statesOf(memory)) {
    if (seen.has(state.join())) continue;
    orbits++;
    const open = [state];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.join())) continue;
      seen.add(next.join());
      for (const exchange of exchanges) {
        words.set(next);
        exchange();
        open.push(words.slice());
      }
    }
  }
  return { orbits, states: seen.size };
}

/** Decides random models in both ways. */
export function compareOnRandomModels(models: number): void {
  let compared = 0;
  const property = fc.property(symmetricInstance, (instance) => {
    const full = explore(instance, { maxStates: MOST_STATES, maxBytes: 2 ** 24 });
    fc.pre(full.ending === "complete" || full.ending === "violation");
    const groups = findSymmetry(instance);
    expect(groups).toHaveLength(allGroups(instance).length);
    const less = compare(instance, full, groups);
    expect(less.states).toBe(countOrbits(instance, full).orbits);
    compared++;
  });
  fc.assert(property, { numRuns: models });
  expect(compared).toBeGreaterThanOrEqual(models);
}

/** Decides an instance with symmetry, and expects what the full search found. */
export function compare(instance: Instance, full: Exploration, groups: readonly IdGroup[]): Exploration {
  const less = explore(instance, { groups, maxBytes: 2 ** 28 });
  expect(essence(runOf(instance, less))).toEqual(essence(runOf(instance, full)));
  expect(less.states).toBeLessThanOrEqual(full.states);
  return less;
}
