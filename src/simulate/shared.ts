/** What the threads of a simulation have in common. */

/** What threads tell each other while they work. */
export interface Shared {
  /** See {@link SharedAt}. */
  readonly control: Int32Array;
  /** See {@link CountAt}; each thread has its own. */
  readonly counts: Float64Array;
}

/** Indices of {@link Shared.control}. */
export const SharedAt = { nextBatch: 0, stop: 1, leastRun: 2, length: 3 } as const;
/**
 * Indices of {@link Shared.counts}: figures for progress, whether the thread is at work, and what changes with each step
 * it looks at.
 */
export const CountAt = { runs: 0, taken: 1, longest: 2, isBusy: 3, beat: 4, length: 5 } as const;

/** Runs that share a seed of fast-check's: threads take them together. */
export const BATCH_RUNS = 64;
/** No more runs than this are numbered. */
export const MOST_RUNS = 2 ** 30;

/** What threads share before any has begun on the runs from `from` on. */
export function startShared(from = 0): Shared {
  const control = new Int32Array(new SharedArrayBuffer(4 * SharedAt.length));
  control[SharedAt.nextBatch] = Math.floor(from / BATCH_RUNS);
  control[SharedAt.leastRun] = MOST_RUNS;
  return { control, counts: new Float64Array(new SharedArrayBuffer(8 * CountAt.length)) };
}
