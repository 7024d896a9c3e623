/** Threads for the long tasks of one run. */

import type { Piscina } from "piscina";

export interface PoolOptions {
  /** The module whose default export, or a named one, carries a task out. */
  readonly module: URL;
  /** How many at the most: one is started at once, the others when there are tasks for them. */
  readonly threads: number;
  /** What each may take for itself; without it, what the engine gives. */
  readonly heapBytes?: number;
}

/** The library is loaded here, so that models, which import the whole engine, do without it. */
export async function workerPool({ module, threads, heapBytes }: PoolOptions): Promise<Piscina> {
  const { Piscina } = await import("piscina");
  return new Piscina({
    filename: module.href,
    minThreads: 1,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
    ...(heapBytes !== undefined && {
      resourceLimits: { maxOldGenerationSizeMb: Math.floor(heapBytes / 2 ** 20) },
    }),
  });
}
