/** A simulation: threads that walk at random, and what they found between them. */

import { Activity } from "../explore/activity.ts";
import { EndlessWatch } from "../explore/endless.ts";
import { type ModelTask, modelTask } from "../explore/model-task.ts";
import { addEvents } from "../explore/report.ts";
import { workerPool } from "../explore/worker-pool.ts";
import type { Instance } from "../model/instance.ts";
import type { ModelReference } from "../model/load.ts";
import { CountAt, type Shared, SharedAt, startControl, startThread } from "./shared.ts";
import type { FoundPath, SimulationFault, SimulationOptions, SimulationReport } from "./simulation.ts";

export interface ParallelSimulationOptions extends SimulationOptions {
  readonly workers: number;
  readonly reference: ModelReference;
  /** How long a step or a question may take; a model of which one takes longer is at fault. */
  readonly stepSeconds: number;
  /** Called now and then. */
  readonly onProgress?: (progress: SimulationProgress) => void;
  /** Its abort ends the simulation; a reason of `"time"` is the time limit, anything else an interrupt. */
  readonly signal?: AbortSignal;
}

export interface SimulationProgress {
  /** Runs that were finished. */
  readonly runs: number;
  /** Steps they took. */
  readonly taken: number;
  /** Steps of the longest. */
  readonly longest: number;
}

/** What a simulation came to. Which of several violations is told depends on the seed alone, unless it ran out of time. */
export interface SimulationResult extends SimulationProgress {
  readonly ending: "runs" | "violation" | "time" | "interrupted" | "fault";
  /** Steps that were asked about, by transition. */
  readonly fired: readonly number[];
  readonly events: { readonly [event: string]: number };
  readonly violation: FoundPath | undefined;
  readonly witnesses: readonly FoundPath[];
  readonly fault: SimulationFault | undefined;
}

/** What a worker is sent. */
export interface SimulationTask extends ModelTask {
  readonly options: SimulationOptions;
  readonly shared: Shared;
}

/** Values of {@link SharedAt.stop}. */
const STOP = { time: 2, interrupted: 3 } as const;
const PROGRESS_MILLISECONDS = 100;
const LOOKS_PER_SECOND = 1000 / PROGRESS_MILLISECONDS;

// What carries runs out, fast-check above all, is loaded where it is needed: models, which import the whole engine, do without.

/** Simulates on this thread, without a pause once it has begun: for tests. */
export async function simulate(instance: Instance, options: SimulationOptions): Promise<SimulationResult> {
  const { Simulation } = await import("./simulation.ts");
  const shared = { control: startControl(options.from), ...startThread(instance.words) };
  return summarize([new Simulation(instance, options, shared).work()], shared.control, [shared.counts]);
}

/** Simulates on a pool of worker threads that each build the model again; this thread only watches. */
export async function simulateParallel(
  instance: Instance,
  { workers, reference, stepSeconds, onProgress, signal, ...options }: ParallelSimulationOptions,
): Promise<SimulationResult> {
  const control = startControl(options.from);
  const threads = Array.from({ length: workers }, () => startThread(instance.words));
  const counts = threads.map((thread) => thread.counts);
  const module = new URL("./worker.js", import.meta.url);
  const pool = await workerPool({ module, threads: workers });
  const onAbort = (): void => {
    const reason = signal?.reason === "time" ? STOP.time : STOP.interrupted;
    Atomics.compareExchange(control, SharedAt.stop, 0, reason);
  };
  signal?.addEventListener("abort", onAbort);
  const model = modelTask(instance, reference);
  const endless = new EndlessWatch(instance, model, {
    seconds: stepSeconds,
    looks: stepSeconds * LOOKS_PER_SECOND,
    activities: threads.map(({ activity }) => new Activity(activity, 0, instance.words)),
    signal,
  });
  const watch = setInterval(() => {
    onProgress?.(progressOf(counts));
    endless.look();
  }, PROGRESS_MILLISECONDS);
  const cut = (fault?: SimulationFault): SimulationResult => {
    const fired = instance.transitions.map(() => 0);
    return summarize([{ fired, events: {}, violation: undefined, witnesses: [], fault }], control, counts);
  };
  try {
    if (signal?.aborted) onAbort();
    const tasks = threads.map((thread) => {
      const task: SimulationTask = { ...model, options, shared: { control, ...thread } };
      return pool.run(task) as Promise<SimulationReport>;
    });
    const ended = await Promise.race([Promise.all(tasks), endless.outcome]);
    if (ended === "given up") return cut();
    if (!("fault" in ended)) return summarize(ended, control, counts);
    const { message, step, state } = ended.fault;
    const run = counts[ended.worker]![CountAt.run]!;
    return cut({ message, step, state: instance.root.load(state, instance.address), run });
  } finally {
    clearInterval(watch);
    signal?.removeEventListener("abort", onAbort);
    await endless.end();
    await pool.destroy();
  }
}

function progressOf(counts: readonly Float64Array[]): SimulationProgress {
  const sum = (at: number): number => counts.reduce((total, own) => total + own[at]!, 0);
  const longest = Math.max(...counts.map((own) => own[CountAt.longest]!));
  return { runs: sum(CountAt.runs), taken: sum(CountAt.taken), longest };
}

function summarize(
  reports: readonly SimulationReport[],
  control: Int32Array,
  counts: readonly Float64Array[],
): SimulationResult {
  const least = <T extends { readonly run: number }>(all: readonly T[]): T | undefined =>
    all.reduce<T | undefined>(
      (first, one) => (first === undefined || one.run < first.run ? one : first),
      undefined,
    );
  const first = least(reports.flatMap((report) => [report.fault ?? [], report.violation ?? []].flat()));
  const fault = reports.find((report) => report.fault === first)?.fault;
  const violation = reports.find((report) => report.violation === first)?.violation;
  const witnesses = reports.flatMap((report) => report.witnesses);
  return {
    ...progressOf(counts),
    ending: endingOf(control, { fault, violation }),
    fired: reports[0]!.fired.map((_, i) => reports.reduce((total, { fired }) => total + fired[i]!, 0)),
    events: addEvents(reports.map(({ events }) => events)),
    violation,
    witnesses: [...new Set(witnesses.map(({ property }) => property))].map(
      (name) => least(witnesses.filter(({ property }) => property === name))!,
    ),
    fault,
  };
}

function endingOf(
  control: Int32Array,
  { fault, violation }: Pick<SimulationResult, "fault" | "violation">,
): SimulationResult["ending"] {
  if (fault !== undefined) return "fault";
  if (violation !== undefined) return "violation";
  if (control[SharedAt.stop] === STOP.time) return "time";
  return control[SharedAt.stop] === STOP.interrupted ? "interrupted" : "runs";
}
