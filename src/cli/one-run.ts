/** One planned run: searched, within its time limit and until interrupted, and judged. */

import { exploreParallel, type Progress } from "../explore/explore.ts";
import type { Circumstances } from "../verdict/blank-run.ts";
import { brokenRun, unbegunRun } from "../verdict/broken-run.ts";
import { judge } from "../verdict/judge.ts";
import { bareFailure, type Limit, type Run } from "../verdict/run.ts";
import type { CheckOptions } from "./check-options.ts";
import type { RunCheckpoints } from "./checkpoints.ts";
import { startClock } from "./clock.ts";
import type { PlannedRun } from "./plan.ts";
import type { Turn } from "./side-by-side.ts";
import { UsageError } from "./usage-error.ts";

/** What breaks is the run's failure.  @throws UsageError if the run cannot go on from its checkpoint. */
export async function carryOut(
  plan: PlannedRun,
  { workers, limits, stepSeconds }: Pick<CheckOptions, "workers" | "limits" | "stepSeconds">,
  { signal, others, maxBytes, line }: Turn,
  checkpoints?: RunCheckpoints,
): Promise<Run> {
  const { instance, reference, properties, groups, order } = plan;
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const clock = startClock(limits);
  let seen: Progress | undefined;
  let circumstances: Circumstances | undefined;
  const searched = (): Circumstances => {
    const { target, repeat } = plan;
    circumstances ??= { target, repeat, properties, workers, seconds: elapsed() };
    return circumstances;
  };
  let run: Run;
  try {
    const exploration = await exploreParallel(instance, {
      workers,
      others,
      reference,
      properties,
      groups,
      order,
      maxBytes: Math.min(limits.maxBytes, maxBytes),
      ...(limits.maxStates !== undefined && { maxStates: limits.maxStates }),
      ...(limits.maxDepth !== undefined && { maxDepth: limits.maxDepth }),
      stepSeconds,
      ...checkpoints?.options,
      signal: AbortSignal.any([signal, clock.signal]),
      onProgress(progress) {
        seen = progress;
        line.show(progress, elapsed());
      },
    });
    run = judge(instance, exploration, { ...searched(), workers: exploration.workers });
    const message = await checkpoints?.conclude(exploration);
    if (message !== undefined) run = { ...run, failure: run.failure ?? bareFailure(message) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = `the search broke off: ${error instanceof Error ? error.message : String(error)}`;
    run = brokenRun(instance, message, seen, searched());
  } finally {
    clock.stop();
  }
  // A theorem rests on all that is checked of its model by default.
  const isWhole =
    properties.length > 0 && instance.defaultProperties.every((name) => properties.includes(name));
  return isWhole ? run : { ...run, theorem: null };
}

/** A planned run that cannot begin any more. */
export function notBegun(
  { instance, target, repeat, properties }: PlannedRun,
  limit: Limit,
  workers: number,
): Run {
  return unbegunRun(instance, limit, { target, repeat, properties, workers, seconds: 0 });
}
