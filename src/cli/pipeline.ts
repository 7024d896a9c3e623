/** Carries out the runs of a pipeline within the budget of all of them. */

import { STEP_SECONDS } from "../explore/explore.ts";
import type { Budget } from "../gate/config.ts";
import type { Run } from "../verdict/run.ts";
import { withPlace } from "./failure-place.ts";
import { carryOut, notBegun } from "./one-run.ts";
import type { PlannedRun } from "./plan.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { type Job, sideBySide } from "./side-by-side.ts";
import { Spending } from "./spending.ts";

export interface BudgetedRun {
  readonly plan: PlannedRun;
  readonly budget: Budget;
}

export interface PipelineOptions {
  readonly workers: number;
  /** For everything together. */
  readonly budget: Budget;
  readonly isQuiet: boolean;
  /** Its abort is an interrupt. */
  readonly signal: AbortSignal;
}

/** Answers all runs in their order; one for which nothing is left is inconclusive without having begun. */
export async function* pipeline(
  runs: readonly BudgetedRun[],
  { workers, budget: whole, isQuiet, signal }: PipelineOptions,
): AsyncGenerator<Run, void, undefined> {
  const spending = new Spending(whole);
  const jobs = runs.map(
    ({ plan, budget }): Job => ({
      plan,
      async carryOut(turn) {
        const { exhausted } = spending;
        if (exhausted !== undefined) return notBegun(plan, exhausted, workers);
        const options = { workers, limits: spending.limits(budget), stepSeconds: STEP_SECONDS };
        const run = withPlace(await carryOut(plan, options, turn), plan);
        spending.add(run);
        return run;
      },
    }),
  );
  // What is left for one is known when those before it are done; and beside others, it takes longer.
  const isSequential =
    whole.states !== undefined ||
    [whole, ...runs.map(({ budget }) => budget)].some(({ seconds }) => seconds !== undefined);
  const { maxBytes } = spending.limits({});
  const display = new ProgressDisplay(process.stderr, isQuiet);
  let begun = 0;
  for await (const run of sideBySide(jobs, { workers, isSequential, maxBytes, signal, display })) {
    begun++;
    yield run;
  }
  for (const { plan } of runs.slice(begun)) yield notBegun(plan, "interrupted", workers);
}
