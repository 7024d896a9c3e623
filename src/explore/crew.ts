/** The worker threads of one run. */

import { setTimeout as wait } from "node:timers/promises";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Piscina } from "piscina";
import { buffersOf, Control, type Memory, type MemoryBuffers } from "./memory.ts";
import type { ModelTask } from "./model-task.ts";
import type { SearchReport } from "./report.ts";
import type { Limits } from "./search.ts";
import type { Order } from "./stubborn.ts";
import type { IdGroup } from "./symmetry.ts";
import { workerPool } from "./worker-pool.ts";

/** What a worker is sent. */
export interface WorkerTask extends ModelTask {
  readonly memory: MemoryBuffers;
  readonly limits: Limits;
  readonly properties: readonly string[];
  readonly worker: number;
  /** Blocks to be taken before all else. */
  readonly unsettled: readonly number[];
  /** Ids that are taken for interchangeable. */
  readonly groups: readonly IdGroup[];
  readonly order: Order | undefined;
  /** Where the worker reports when it rests; without it, it never does. */
  readonly port: MessagePort | undefined;
}

export interface CrewOptions {
  readonly memory: Memory;
  readonly limits: Limits;
  readonly properties: readonly string[];
  readonly unsettled: readonly number[];
  readonly groups: readonly IdGroup[];
  readonly order: Order | undefined;
  /** What each worker may take for itself, besides the memory they share. */
  readonly heapBytes: number;
  /** Whether the workers can be made to rest. */
  readonly canRest: boolean;
  /** When the workers after the first are to be started; all at once without it. */
  readonly others: Promise<unknown> | undefined;
}

/** Carries out the tasks of a search. */
export const WORKER = new URL("./worker.js", import.meta.url);

/** How long to wait for threads that load, and how often to look. */
const MOST_LOADING_MILLISECONDS = 10_000;
const LOADING_MILLISECONDS = 20;

export class Crew {
  readonly #pool: Piscina;
  readonly #memory: Memory;
  readonly #tasks: readonly WorkerTask[];
  readonly #channels: readonly MessageChannel[];
  readonly #others: Promise<unknown> | undefined;
  #started = 0;
  #isDismissed = false;
  #told: SearchReport[] = [];
  #onRest: ((reports: readonly SearchReport[]) => void) | undefined;

  /** A crew of as many as share the memory. */
  static async muster(model: ModelTask, options: CrewOptions): Promise<Crew> {
    const { heapBytes, memory } = options;
    const pool = await workerPool({ module: WORKER, threads: memory.workers, heapBytes });
    return new Crew(pool, model, options);
  }

  private constructor(
    pool: Piscina,
    model: ModelTask,
    { others, canRest, unsettled, memory, groups, order, limits, properties }: CrewOptions,
  ) {
    const { workers } = memory;
    this.#memory = memory;
    this.#pool = pool;
    this.#others = others;
    if (others !== undefined) memory.control[Control.awake] = 1;
    this.#channels = canRest ? Array.from({ length: workers }, () => new MessageChannel()) : [];
    for (const { port1 } of this.#channels) {
      port1.on("message", (report: SearchReport) => this.#tell(report));
      // The port must not keep a process alive whose workers are gone.
      port1.unref();
    }
    this.#tasks = Array.from({ length: workers }, (_, worker) => ({
      ...model,
      groups,
      order,
      limits,
      properties,
      memory: buffersOf(memory),
      worker,
      unsettled: worker === 0 ? unsettled : [],
      port: this.#channels[worker]?.port2,
    }));
  }

  /** Whether all threads that were started have built the model, or failed to. */
  get hasLoaded(): boolean {
    return Atomics.load(this.#memory.control, Control.loaded) >= this.#started;
  }

  /** Searches to the end.  @throws what ended a worker */
  async run(): Promise<SearchReport[]> {
    const { control } = this.#memory;
    const first = this.#start(this.#tasks[0]!);
    const others = this.#startOthers();
    const all = first.then(async (report) =>
      control[Control.awake] === 1 ? [report] : [report, ...(await others)],
    );
    return Promise.race([all, others.then(() => all)]);
  }

  async #startOthers(): Promise<SearchReport[]> {
    await this.#others;
    if (this.#isDismissed) return [];
    return Promise.all(this.#tasks.slice(1).map((task) => this.#start(task)));
  }

  async #start(task: WorkerTask): Promise<SearchReport> {
    this.#started++;
    return this.#pool.run(task, { transferList: task.port === undefined ? [] : [task.port] });
  }

  /**
   * Brings all workers that take part to rest between two blocks, calls `meanwhile` with what they found so far, and lets
   * them go on. If the search ends before, it is not called.
   */
  rest(meanwhile: (reports: readonly SearchReport[]) => void): void {
    this.#onRest = meanwhile;
    Atomics.store(this.#memory.control, Control.pause, 1);
  }

  /**
   * Ends the threads, whatever they are at. Node 20 cannot end one that is loading modules without ending the process, so
   * those that still do are waited for.
   */
  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    for (let waited = 0; waited < MOST_LOADING_MILLISECONDS; waited += LOADING_MILLISECONDS) {
      if (this.hasLoaded) break;
      await wait(LOADING_MILLISECONDS);
    }
    for (const { port1 } of this.#channels) port1.close();
    await this.#pool.destroy();
  }

  #tell(report: SearchReport): void {
    this.#told.push(report);
    if (this.#told.length < this.#memory.control[Control.awake]!) return;
    this.#onRest!(this.#told);
    this.#told = [];
    Atomics.store(this.#memory.control, Control.pause, 0);
    Atomics.notify(this.#memory.control, Control.pause);
  }
}
