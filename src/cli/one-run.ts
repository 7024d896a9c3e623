/** One planned run: searched, within its time limit and until interrupted, and judged. */

import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { exploreParallel, type Progress } from "../explore/explore.ts";
import { brokenRun } from "../verdict/broken-run.ts";
import { type Circumstances, judge } from "../verdict/judge.ts";
import type { Run } from "../verdict/run.ts";
import type { CheckLimits, CheckOptions } from "./check-options.ts";
import type { PlannedRun } from "./plan.ts";

export interface Watch {
  /** Its abort is an interrupt. */
  readonly signal: AbortSignal;
  /** Called now and then, with the seconds since the run began. */
  onProgress(progress: Progress, seconds: number): void;
}

/** What a search that was told to stop may take to do so. */
const GRACE_SECONDS = 30;

/** Never throws: what breaks is the run's failure. */
export async function carryOut(
  plan: PlannedRun,
  { workers, limits }: CheckOptions,
  { signal, onProgress }: Watch,
): Promise<Run> {
  const { instance, reference, properties } = plan;
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const clock = startClock(limits);
  const stop = AbortSignal.any([signal, clock.signal]);
  const ended = new AbortController();
  let seen: Progress | undefined;
  let circumstances: Circumstances | undefined;
  const searched = (): Circumstances => {
    const { target, repeat } = plan;
    circumstances ??= { target, repeat, properties, workers, seconds: elapsed() };
    return circumstances;
  };
  let run: Run;
  try {
    const search = exploreParallel(instance, {
      workers,
      reference,
      properties,
      maxBytes: limits.maxBytes,
      ...(limits.maxStates !== undefined && { maxStates: limits.maxStates }),
      ...(limits.maxDepth !== undefined && { maxDepth: limits.maxDepth }),
      signal: stop,
      onProgress(progress) {
        seen = progress;
        onProgress(progress, elapsed());
      },
    });
    const exploration = await Promise.race([search, neverStopping(stop, ended.signal)]);
    run = judge(instance, exploration, searched());
  } catch (error) {
    const message = `the search broke off: ${error instanceof Error ? error.message : String(error)}`;
    run = brokenRun(instance, message, seen, searched());
  } finally {
    clock.stop();
    ended.abort();
  }
  // A theorem rests on all that is checked of its model by default.
  const isWhole = instance.defaultProperties.every((name) => properties.includes(name));
  return isWhole ? run : { ...run, theorem: null };
}

function startClock({ maxSeconds }: CheckLimits): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const ring = (): void => controller.abort("time");
  const timer = maxSeconds === undefined ? undefined : setTimeout(ring, Math.ceil(maxSeconds * 1000));
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

/** Rejects once a search was told to stop and has had ample time to, and when it has ended. */
async function neverStopping(stop: AbortSignal, ended: AbortSignal): Promise<never> {
  if (!stop.aborted) await once(stop, "abort", { signal: ended });
  await wait(GRACE_SECONDS * 1000, undefined, { signal: ended });
  throw new Error(`some step takes more than ${GRACE_SECONDS} s; does a body loop for ever?`);
}
