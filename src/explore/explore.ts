/** One run: the search from the first states until all is seen, a property is violated, or a limit is met. */

import { type Instance, internedTypes } from "../model/instance.ts";
import type { ModelReference } from "../model/load.ts";
import { Activity } from "./activity.ts";
import { Crew } from "./crew.ts";
import { EndlessWatch } from "./endless.ts";
import type { Fault } from "./fault.ts";
import type { Finding } from "./finding.ts";
import { GrowthWatch } from "./growing.ts";
import { Keeper, type SnapshotOptions } from "./keeper.ts";
import {
  BLOCK,
  bytesUsed,
  Control,
  countOf,
  levelInHand,
  type Memory,
  reserve,
  Stop,
  stop,
} from "./memory.ts";
import { modelTask } from "./model-task.ts";
import { type SearchReport, unite, withOutcomes } from "./report.ts";
import { type Limits, Search, type SearchOptions } from "./search.ts";
import { type Snapshot, takeSnapshot } from "./snapshot.ts";
import type { Order } from "./stubborn.ts";
import type { IdGroup } from "./symmetry.ts";

/** What to search, and how. */
export interface ExploreOptions extends Partial<Limits> {
  /** Names of the properties to check; those that the model has by default. */
  readonly properties?: readonly string[];
  /** Ids to take for interchangeable, as `findSymmetry` finds them; none unless given. */
  readonly groups?: readonly IdGroup[];
  /** How steps depend on each other, as `findOrder` observes it: then only some orders of those that do not are searched. */
  readonly order?: Order | undefined;
}

/** Of a search on the thread that asks for it. */
export interface ExploreHereOptions extends ExploreOptions {
  /** When to stop, on the clock of `performance.now()`. */
  readonly until?: number;
}

/** Of a search on worker threads. */
export interface ParallelOptions extends ExploreOptions {
  /** How many threads, from 1. */
  readonly workers: number;
  /** When those after the first are to be started; all at once without it. */
  readonly others?: Promise<unknown> | undefined;
  /** Where each of them finds the model. */
  readonly reference: ModelReference;
  /** Called now and then while the search runs. */
  readonly onProgress?: (progress: Progress) => void;
  /** Its abort ends the search; a reason of `"time"` is the time limit, anything else an interrupt. */
  readonly signal?: AbortSignal;
  /** How long a step or a question may take; a model of which one takes longer is at fault. */
  readonly stepSeconds?: number;
  /** Makes the run one that can be gone on with: if it is cut, it has a snapshot. */
  readonly snapshots?: SnapshotOptions;
  /** Fills the memory from a snapshot of an earlier run of the same model, and returns what was found until then. */
  readonly resume?: (instance: Instance, memory: Memory, maxBytes: number) => SearchReport;
}

/** How far a search has come. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** States of the level in hand that are still to be taken. */
  readonly frontier: number;
  readonly bytes: number;
  /** The field that makes the states more and more, if there seems to be one. */
  readonly growing?: string;
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

/** Endings that leave nothing to go on with. */
const FINISHED: readonly Ending[] = ["complete", "violation", "fault"];

/** What a search came to, before its traces are rebuilt. */
export interface Exploration {
  readonly ending: Ending;
  /** Threads that took part. */
  readonly workers: number;
  readonly states: number;
  readonly transitions: number;
  /** Steps of the longest shortest path. */
  readonly depth: number;
  readonly bytes: number;
  /** Steps by transition, in the order of the instance's. */
  readonly fired: readonly number[];
  readonly violations: readonly Finding[];
  readonly witnesses: readonly Finding[];
  /** How many steps showed each event, as `property/event`. */
  readonly events: { readonly [event: string]: number };
  readonly fault: Fault | undefined;
  /** The states seen, for rebuilding traces. */
  readonly memory: Memory;
  /** What it takes to go on, if the run was cut and is one that can be gone on with. */
  readonly snapshot: Snapshot | undefined;
  /** Ids that were taken for interchangeable. */
  readonly groups: readonly IdGroup[];
  /** How steps were taken to depend on each other, if not all orders of them were searched. */
  readonly order: Order | undefined;
}

const GIBIBYTE = 2 ** 30;
const PROGRESS_MILLISECONDS = 100;
/** What a worker needs for itself, and what it may take. */
const LEAST_HEAP_BYTES = GIBIBYTE / 2;
const MOST_HEAP_BYTES = 4 * GIBIBYTE;
const LOOKS_PER_SECOND = 1000 / PROGRESS_MILLISECONDS;
const SECONDS_BETWEEN_GROWTH = 10;
/** How long a step or an answer may take where nothing is said. */
export const STEP_SECONDS = 30;
/** On a busy machine, loading can take long. */
const MOST_LOADING_SECONDS = 120;

/**
 * Explores on this thread, without a pause: for small models and for tests.
 * @throws RangeError where there is no memory, or `order` was observed for other groups
 */
export function explore(instance: Instance, options: ExploreHereOptions = {}): Exploration {
  let { order } = options;
  const { until = Infinity } = options;
  for (;;) {
    const setting = prepare(instance, { ...options, order }, 1);
    const search = new Search(instance, { ...setting, worker: 0, until });
    const found = unite(instance, [search.run()]);
    if (!isSurprised(setting)) return summarize(instance, setting, found);
    order = found.order!;
  }
}

/**
 * Explores on a pool of worker threads that each build the model again; this thread only watches.
 * @throws RangeError likewise, and where a search that `order` reduces is to have snapshots; Error where a thread dies
 */
export async function exploreParallel(instance: Instance, options: ParallelOptions): Promise<Exploration> {
  let { order } = options;
  for (;;) {
    const explored = await exploreOnce(instance, { ...options, order });
    if ("ending" in explored) return explored;
    order = explored;
  }
}

/** What was explored, or what has to be known for exploring again. */
async function exploreOnce(instance: Instance, options: ParallelOptions): Promise<Exploration | Order> {
  const { workers, others, signal, onProgress, snapshots, stepSeconds = STEP_SECONDS } = options;
  if (options.order !== undefined && (snapshots ?? options.resume) !== undefined)
    throw new RangeError(
      "a search that is reduced by the order of steps may begin again: it has no snapshots",
    );
  const setting = prepare(instance, options, workers);
  const { limits, memory } = setting;
  const { control } = memory;
  const earlier = options.resume?.(instance, memory, limits.maxBytes);
  const unsettled = earlier?.settled.unsettled ?? [];
  const before =
    earlier === undefined ? [] : [{ ...earlier, settled: { ...earlier.settled, unsettled: [] } }];
  if (control[Control.depth]! >= limits.maxDepth) stop(memory, Stop.depth);
  const task = modelTask(instance, options.reference);
  const heapBytes = Math.min(MOST_HEAP_BYTES, Math.max(LEAST_HEAP_BYTES, limits.maxBytes / (2 * workers)));
  const crew = await Crew.muster(task, {
    heapBytes,
    ...setting,
    unsettled,
    others,
    canRest: snapshots !== undefined,
  });
  const onAbort = (): void => stop(memory, signal?.reason === "time" ? Stop.time : Stop.interrupted);
  signal?.addEventListener("abort", onAbort);
  if (signal?.aborted) onAbort();
  const all = (reports: readonly SearchReport[]): SearchReport => unite(instance, [...before, ...reports]);
  const keeper =
    snapshots &&
    new Keeper(snapshots, crew, LOOKS_PER_SECOND, (found) => takeSnapshot(instance, memory, all(found)));
  const growth = new GrowthWatch(instance, memory, LOOKS_PER_SECOND * SECONDS_BETWEEN_GROWTH);
  const { activity, words, arena } = memory;
  const endless = new EndlessWatch(instance, task, {
    seconds: stepSeconds,
    looks: stepSeconds * LOOKS_PER_SECOND,
    activities: Array.from({ length: workers }, (_, worker) => new Activity(activity, worker, words, arena)),
    countOf: (worker) => memory.transitions[countOf(worker)]!,
    signal,
  });
  let watch: NodeJS.Timeout | undefined;
  let looks = 0;
  const notLoaded = new Promise<never>((_, reject) => {
    watch = setInterval(() => {
      onProgress?.(progressOf(instance, memory, earlier, growth.look()));
      keeper?.look();
      if (!crew.hasLoaded && ++looks > MOST_LOADING_SECONDS * LOOKS_PER_SECOND)
        reject(new Error(`some thread did not load the model within ${MOST_LOADING_SECONDS} s`));
      endless.look();
    }, PROGRESS_MILLISECONDS);
  });
  try {
    const ended = await Promise.race([crew.run(), endless.outcome, notLoaded]);
    if (ended === "given up") return summarize(instance, setting, all([]));
    if ("fault" in ended) {
      stop(memory, Stop.fault);
      return summarize(instance, setting, { ...all([]), fault: ended.fault });
    }
    const found = all(ended);
    if (isSurprised(setting)) return found.order!;
    const isCut = !FINISHED.includes(endingOf(control));
    return summarize(
      instance,
      setting,
      found,
      isCut && snapshots ? takeSnapshot(instance, memory, found) : undefined,
    );
  } finally {
    clearInterval(watch);
    signal?.removeEventListener("abort", onAbort);
    await endless.end();
    await crew.dismiss();
    await keeper?.done();
  }
}

/** How far the search over `memory` has come, what was found `earlier` included. */
function progressOf(
  instance: Instance,
  memory: Memory,
  earlier: SearchReport | undefined,
  growing: string | undefined,
): Progress {
  const { control, transitions } = memory;
  const [start, end] = levelInHand(memory);
  return {
    states: control[Control.states]!,
    transitions: [...transitions, ...(earlier?.fired ?? [])].reduce((sum, count) => sum + count, 0),
    depth: Math.max(0, control[Control.depth]!),
    frontier: Math.max(0, end - start - control[Control.taken]!) * BLOCK,
    bytes: bytesUsed(memory, internedTypes(instance)),
    ...(growing !== undefined && { growing }),
  };
}

/** What all workers of a run have in common. */
type Setting = Pick<SearchOptions, "limits" | "properties" | "memory" | "groups" | "order">;

/** Whether a search has to begin again, knowing more. */
function isSurprised({ memory }: Setting): boolean {
  return memory.control[Control.stop] === Stop.surprise;
}

function prepare(instance: Instance, options: ExploreOptions, workers: number): Setting {
  const { maxStates = Infinity, maxDepth = Infinity, maxBytes = 4 * GIBIBYTE } = options;
  const properties = options.properties ?? instance.defaultProperties;
  const { groups = [], order } = options;
  if (order !== undefined && JSON.stringify(order.groups) !== JSON.stringify(groups))
    throw new RangeError(
      "the order of steps was not observed for the ids that are taken for interchangeable",
    );
  return {
    limits: { maxStates, maxDepth, maxBytes },
    properties,
    memory: reserve(instance.words, maxBytes, workers),
    groups,
    order,
  };
}

function summarize(
  instance: Instance,
  { memory, properties, groups, order }: Setting,
  found: SearchReport,
  snapshot?: Snapshot,
): Exploration {
  const { control } = memory;
  const { fired, fault, findings } = found;
  const hasNewLevel = control[Control.blocks]! > control[Control.levelEnd]!;
  return {
    ending: endingOf(control),
    workers: control[Control.awake]!,
    states: control[Control.states]!,
    transitions: fired.reduce((sum, count) => sum + count, 0),
    depth: control[Control.depth]! + (hasNewLevel ? 1 : 0),
    bytes: bytesUsed(memory, internedTypes(instance)),
    fired,
    ...findings,
    events: withOutcomes(instance, properties, { fired, events: findings.events }),
    fault,
    memory,
    snapshot,
    groups,
    order,
  };
}

function endingOf(control: Int32Array): Ending {
  const [ending] = Object.entries(Stop).find(([, code]) => code === control[Control.stop])!;
  return ending as Ending;
}
