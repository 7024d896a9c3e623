/** One run: the search from the first states until all is seen, a property is violated, or a limit is met. */

import { Piscina } from "piscina";
import { type Instance, internedTypes } from "../model/instance.ts";
import type { ModelReference } from "../model/load.ts";
import { type Finding, leastFindings } from "./checks.ts";
import {
  BLOCK,
  buffersOf,
  bytesUsed,
  Control,
  type Memory,
  type MemoryBuffers,
  reserve,
  Stop,
} from "./memory.ts";
import { type Fault, type Limits, Search, type SearchReport } from "./search.ts";

export interface ExploreOptions extends Partial<Limits> {
  /** Names of the properties to check; those that the model has by default. */
  readonly properties?: readonly string[];
}

export interface ParallelOptions extends ExploreOptions {
  readonly workers: number;
  readonly reference: ModelReference;
  /** Called now and then while the search runs. */
  readonly onProgress?: (progress: Progress) => void;
  /** Its abort ends the search; a reason of `"time"` is the time limit, anything else an interrupt. */
  readonly signal?: AbortSignal;
}

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States of the level in hand that are still to be taken. */
  readonly frontier: number;
  readonly bytes: number;
}

/** Why a search ended: it saw everything, or the reason it did not. */
export type Ending =
  | "complete"
  | "violation"
  | "states"
  | "depth"
  | "time"
  | "memory"
  | "interrupted"
  | "fault";

export interface Exploration {
  readonly ending: Ending;
  readonly states: number;
  readonly transitions: number;
  /** Steps of the longest shortest path. */
  readonly depth: number;
  readonly bytes: number;
  /** Steps by transition, in the order of the instance's. */
  readonly fired: readonly number[];
  readonly violations: readonly Finding[];
  readonly witnesses: readonly Finding[];
  readonly events: { readonly [event: string]: number };
  readonly fault: Fault | undefined;
  /** The states seen, for rebuilding traces. */
  readonly memory: Memory;
}

/** What a worker is sent. */
export interface WorkerTask {
  readonly reference: ModelReference;
  readonly bounds: Instance["bounds"];
  readonly budgets: Instance["budgets"];
  readonly memory: MemoryBuffers;
  /** Dictionaries of the types whose values are numbered as they appear. */
  readonly dictionaries: readonly SharedArrayBuffer[];
  readonly limits: Limits;
  readonly properties: readonly string[];
  readonly worker: number;
  readonly workers: number;
}

const GIBIBYTE = 2 ** 30;
const PROGRESS_MILLISECONDS = 100;

/** Explores on this thread, without a pause: for small models and for tests. */
export function explore(instance: Instance, options: ExploreOptions = {}): Exploration {
  const { limits, properties, memory } = prepare(instance, options, 1);
  const search = new Search(instance, { memory, limits, properties, worker: 0, workers: 1 });
  search.start();
  return summarize(instance, memory, [search.run()]);
}

/** Explores on a pool of worker threads that each build the model again; this thread only watches. */
export async function exploreParallel(instance: Instance, options: ParallelOptions): Promise<Exploration> {
  const { workers, reference, signal, onProgress } = options;
  const { limits, properties, memory } = prepare(instance, options, workers);
  const first = new Search(instance, { memory, limits, properties, worker: 0, workers: 1 });
  first.start();
  const pool = new Piscina({
    filename: new URL("./worker.js", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
    concurrentTasksPerWorker: 1,
  });
  const stop = (reason: number): void => {
    Atomics.compareExchange(memory.control, Control.stop, Stop.none, reason);
  };
  const onAbort = (): void => stop(signal?.reason === "time" ? Stop.time : Stop.interrupted);
  signal?.addEventListener("abort", onAbort);
  const watch = setInterval(() => onProgress?.(progressOf(memory)), PROGRESS_MILLISECONDS);
  try {
    if (signal?.aborted) onAbort();
    const { bounds, budgets } = instance;
    const dictionaries = internedTypes(instance).map(({ buffer }) => buffer);
    const buffers = buffersOf(memory);
    const task = { reference, bounds, budgets, memory: buffers, dictionaries, limits, properties, workers };
    const tasks = Array.from({ length: workers }, (_, worker) =>
      pool.run({ ...task, worker } satisfies WorkerTask),
    );
    const reports = (await Promise.all(tasks)) as SearchReport[];
    return summarize(instance, memory, [first.report(), ...reports]);
  } finally {
    clearInterval(watch);
    signal?.removeEventListener("abort", onAbort);
    await pool.destroy();
  }
}

/** How far the search over `memory` has come. */
export function progressOf(memory: Memory): Progress {
  const { control, transitions } = memory;
  const blocksLeft = Math.max(0, control[Control.levelEnd]! - control[Control.cursor]!);
  return {
    states: control[Control.states]!,
    transitions: transitions.reduce((sum, count) => sum + count, 0),
    depth: control[Control.depth]!,
    frontier: blocksLeft * BLOCK,
    bytes: bytesUsed(memory),
  };
}

function prepare(
  instance: Instance,
  { maxStates = Infinity, maxDepth = Infinity, maxBytes = 4 * GIBIBYTE, properties }: ExploreOptions,
  workers: number,
): { limits: Limits; properties: readonly string[]; memory: Memory } {
  return {
    limits: { maxStates, maxDepth, maxBytes },
    properties: properties ?? instance.defaultProperties,
    memory: reserve(instance.words, maxBytes, workers),
  };
}

function summarize(instance: Instance, memory: Memory, reports: readonly SearchReport[]): Exploration {
  const { control } = memory;
  const events: { [event: string]: number } = {};
  for (const { findings } of reports) {
    for (const [event, count] of Object.entries(findings.events))
      events[event] = (events[event] ?? 0) + count;
  }
  const fired = instance.transitions.map((_, i) =>
    reports.reduce((sum, report) => sum + report.fired[i]!, 0),
  );
  const faults = reports.flatMap(({ fault }) => fault ?? []);
  return {
    ending: endingOf(control[Control.stop]!),
    states: control[Control.states]!,
    transitions: fired.reduce((sum, count) => sum + count, 0),
    depth: control[Control.depth]!,
    bytes: bytesUsed(memory),
    fired,
    violations: leastFindings(
      instance,
      reports.flatMap(({ findings }) => findings.violations),
    ),
    witnesses: leastFindings(
      instance,
      reports.flatMap(({ findings }) => findings.witnesses),
    ),
    events,
    fault: faults.sort((a, b) => a.depth - b.depth)[0],
    memory,
  };
}

function endingOf(stop: number): Ending {
  const [ending] = Object.entries(Stop).find(([, code]) => code === stop)!;
  return ending as Ending;
}
