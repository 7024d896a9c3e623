/** For tests: theorems decided with clients taken for interchangeable, and without. */

import fc from "fast-check";
import { expect } from "vitest";
import { type Exploration, explore } from "../explore/explore.ts";
import { findSymmetry } from "../explore/interchangeable.ts";
import { compare, countOrbits } from "../explore/test-symmetry.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import type { Model } from "../model/model.ts";
import { theoremsOf } from "./load.ts";
import { symmetricProgram } from "./test-symmetric-programs.ts";

export function theoremIn(source: string): Model {
  const read = theoremsOf("program.ado", source);
  if ("errors" in read) throw new Error(read.errors.map(({ message }) => message).join("\n"));
  return read.entries[0]!.model;
}

/** Decides a theorem in both ways, and expects one state for each orbit; of a whole orbit, all states are reachable. */
export function compareClients(instance: Instance, full: Exploration = explore(instance)): Exploration {
  const groups = findSymmetry(instance);
  expect(groups.map(({ sort, size }) => [sort[0], size])).toEqual([["c", instance.bounds.clients]]);
  const less = compare(instance, full, groups);
  if (full.ending === "complete") {
    const { orbits, states } = countOrbits(instance, full);
    expect({ orbits, states }).toEqual({ orbits: less.states, states: full.states });
  }
  return less;
}

/** Decides random programs in both ways, of those that have up to `maxStates` states. */
export function compareOnRandomPrograms(programs: number, maxStates = 5_000): void {
  const endings = new Map<string, number>();
  const property = fc.property(symmetricProgram, (source) => {
    const instance = instantiate(theoremIn(source));
    const full = explore(instance, { maxStates });
    fc.pre(full.ending === "complete" || full.ending === "violation");
    compareClients(instance, full);
    endings.set(full.ending, (endings.get(full.ending) ?? 0) + 1);
  });
  fc.assert(property, { numRuns: programs });
  if (programs < 100) return;
  expect(endings.get("complete")).toBeGreaterThan(programs / 5);
  expect(endings.get("violation")).toBeGreaterThan(programs / 20);
}
