/** `muchado simulate`: random runs of the targets, beyond what can be searched whole. */

import { simulateParallel } from "../simulate/simulate.ts";
import { brokenRun } from "../verdict/broken-run.ts";
import { judgeSimulation } from "../verdict/judge-simulation.ts";
import type { Run } from "../verdict/run.ts";
import { answer } from "./answer.ts";
import { startClock } from "./clock.ts";
import type { Typed } from "./command-line.ts";
import type { LoadCatalog } from "./main.ts";
import { type PlannedRun, planRuns } from "./plan.ts";
import type { Turn } from "./side-by-side.ts";
import { type SimulateOptions, simulateOptions } from "./simulate-options.ts";

/** @returns the exit code.  @throws UsageError */
export async function simulate(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const options = simulateOptions(typed);
  return answer(options, async () => {
    const plans = await planRuns(options, loadCatalog, "simulate");
    return plans.map((plan) => ({
      plan,
      carryOut: (turn) => simulateOne(plan, options, turn),
    }));
  });
}

/** Never throws: what breaks is the run's failure. */
async function simulateOne(
  { target, instance, reference, properties, repeat }: PlannedRun,
  { workers, limits, seed, strategy, steps, from, to, budget, stepSeconds }: SimulateOptions,
  { signal, line }: Turn,
): Promise<Run> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const simulation = { seed, strategy, maxSteps: steps };
  const circumstances = (how: string) => ({
    ...{ target, workers, properties, simulation },
    seconds: elapsed(),
    repeat: `${repeat} ${how}`,
  });
  const clock = startClock(limits);
  try {
    const result = await simulateParallel(instance, {
      ...{ properties, strategy, steps, seed, from, to, workers, reference, stepSeconds },
      signal: AbortSignal.any([signal, clock.signal]),
      onProgress: ({ runs }) => line.showCount(runs, "run", elapsed()),
    });
    const failing = result.violation ?? result.fault;
    const how = failing === undefined ? budget : `--path ${failing.run}`;
    return judgeSimulation(instance, result, circumstances(how));
  } catch (error) {
    const message = `the simulation broke off: ${error instanceof Error ? error.message : String(error)}`;
    return brokenRun(instance, message, undefined, circumstances(budget));
  } finally {
    clock.stop();
  }
}
