/** What the threads of a simulation have in common. */

import { activityWords } from "../explore/activity.ts";

/** What threads tell each other while they work. */
export interface Shared {
  /** See {@link SharedAt}. */
  readonly control: Int32Array;
  /** See {@link CountAt}; each thread has its own. */
  readonly counts: Float64Array;
  /** What the thread is at: see {@link Activity}; each has its own. */
  readonly activity: Int32Array;
}

/** Indices of {@link Shared.control}. */
export const SharedAt = { nextBatch: 0, stop: 1, leastRun: 2, length: 3 } as const;
/** Indices of {@link Shared.counts}: figures for progress, and the run in hand. */
export const CountAt = { runs: 0, taken: 1, longest: 2, run: 3, length: 4 } as const;

/** Runs that share a seed of fast-check's: threads take them together. */
export const BATCH_RUNS = 64;
/** No more runs than this are numbered. */
export const MOST_RUNS = 2 ** 30;

/** What threads share before any has begun on the runs from `from` on. */
export function startControl(from: number): Int32Array {
  const control = new Int32Array(new SharedArrayBuffer(4 * SharedAt.length));
  control[SharedAt.nextBatch] = Math.floor(from / BATCH_RUNS);
  control[SharedAt.leastRun] = MOST_RUNS;
  return control;
}

/** What a thread has for itself. */
export function startThread(words: number): Pick<Shared, "counts" | "activity"> {
  return {
    counts: new Float64Array(new SharedArrayBuffer(8 * CountAt.length)),
    activity: new Int32Array(new SharedArrayBuffer(4 * activityWords(words))),
  };
}
