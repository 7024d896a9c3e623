/** Mutants that were tried, and which of them did not end as they should. */

import { assignmentsText } from "../model/assignments.ts";
import type { Mutant, PinnedRun } from "../model/catalog.ts";
import type { Run } from "../verdict/run.ts";

/** A mutant with its runs: first at the bounds where it should be caught, then at smaller ones where it should not. */
export interface TriedMutant {
  readonly mutant: Mutant;
  readonly runs: readonly { readonly at: PinnedRun; readonly run: Run }[];
}

export type Fate = "killed" | "survives" | "inconclusive" | "failed";

export function fateOf({ verdict, failure }: Run): Fate {
  if (failure !== null) return "failed";
  return verdict === "violated" ? "killed" : verdict === "holds" ? "survives" : "inconclusive";
}

/** What is not as it should be; nothing if all is. A run that did not come to its end is no surprise yet. */
export function surprises({ mutant, runs }: TriedMutant): string[] {
  return runs.flatMap(({ at, run }, i) => {
    const expected: Fate = i === 0 && mutant.survives === undefined ? "killed" : "survives";
    const fate = fateOf(run);
    return fate === expected || fate === "inconclusive" || fate === "failed"
      ? []
      : [`${mutant.model.name} at ${showBounds(at)}: ${fate}, expected ${expected}`];
  });
}

/** `nodes=3, crash=1` */
export function showBounds({ bounds = {}, faults = {} }: PinnedRun): string {
  return assignmentsText({ ...bounds, ...faults }) || "its default bounds";
}
