/** Carries out the runs of a pipeline one after another, within the budget of all of them. */

import { STEP_SECONDS } from "../explore/explore.ts";
import type { Budget } from "../gate/config.ts";
import type { TriedMutant } from "../gate/mutants.ts";
import { unbegunRun } from "../verdict/broken-run.ts";
import type { Limit, Run } from "../verdict/run.ts";
import { withPlace } from "./failure-place.ts";
import { carryOut } from "./one-run.ts";
import type { PlannedRun } from "./plan.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { releaseMemory } from "./release-memory.ts";
import { Spending } from "./spending.ts";
import type { SuiteMutant } from "./suite.ts";

export interface PipelineOptions {
  readonly workers: number;
  /** For everything together. */
  readonly budget: Budget;
  readonly isQuiet: boolean;
  /** Its abort is an interrupt. */
  readonly signal: AbortSignal;
}

export class Pipeline {
  readonly #options: PipelineOptions;
  readonly #spending: Spending;
  readonly #display: ProgressDisplay;

  constructor(options: PipelineOptions) {
    this.#options = options;
    this.#spending = new Spending(options.budget);
    this.#display = new ProgressDisplay(process.stderr, options.isQuiet);
  }

  /** Never throws; a run for which nothing is left is inconclusive without having begun. */
  async run(plan: PlannedRun, budget: Budget): Promise<Run> {
    const { workers, signal } = this.#options;
    const exhausted: Limit | undefined = signal.aborted ? "interrupted" : this.#spending.exhausted;
    if (exhausted !== undefined) {
      const { target, repeat, properties } = plan;
      return unbegunRun(plan.instance, exhausted, { target, repeat, properties, workers, seconds: 0 });
    }
    this.#display.begin(plan.target);
    const limits = this.#spending.limits(budget);
    const onProgress = this.#display.show.bind(this.#display);
    const options = { workers, limits, stepSeconds: STEP_SECONDS };
    const run = withPlace(await carryOut(plan, options, { signal, onProgress }), plan);
    this.#display.end();
    this.#spending.add(run);
    await releaseMemory();
    return run;
  }

  async try({ mutant, plans, budget }: SuiteMutant): Promise<TriedMutant> {
    const runs = [];
    for (const { at, plan } of plans) runs.push({ at, run: await this.run(plan, budget) });
    return { mutant, runs };
  }
}
