/** Model code that does not end: which action or property it is, and in which state. */

import { setTimeout as wait } from "node:timers/promises";
import { type Instance, pack } from "../model/instance.ts";
import type { Activity, Occupation } from "./activity.ts";
import { WORKER } from "./crew.ts";
import { type Fault, stepBetween } from "./fault.ts";
import type { ModelTask } from "./model-task.ts";
import { type Stuck, Watchdog } from "./watchdog.ts";
import { workerPool } from "./worker-pool.ts";

/** What a thread is sent that tries the steps of one state. */
export interface TrialTask extends ModelTask {
  /** A packed state; without one, the first states are made. */
  readonly state: Int32Array | undefined;
  /** Of a {@link Board}. */
  readonly board: SharedArrayBuffer;
}

/** Something that a thread is about to try. */
interface Attempt {
  /** A step as a person names it, or the action whose parameters are chosen. */
  readonly name: string;
  readonly isStep: boolean;
}

const COUNT = 0;
const IS_STEP = 1;
const LENGTH = 2;
const HEAD = 3;
/** Characters of a name; what is longer is cut. */
const LONGEST = 4096;

/** What a thread is trying, where another one can read it: who is caught in an attempt sends no messages. */
export class Board {
  readonly buffer: SharedArrayBuffer;
  readonly #head: Int32Array;
  readonly #name: Uint16Array;

  constructor(buffer = new SharedArrayBuffer(4 * HEAD + 2 * LONGEST)) {
    this.buffer = buffer;
    this.#head = new Int32Array(buffer, 0, HEAD);
    this.#name = new Uint16Array(buffer, 4 * HEAD);
  }

  /** To be called before each attempt. */
  note({ name, isStep }: Attempt): void {
    const length = Math.min(name.length, LONGEST);
    for (let i = 0; i < length; i++) this.#name[i] = name.charCodeAt(i);
    this.#head[LENGTH] = length;
    this.#head[IS_STEP] = isStep ? 1 : 0;
    Atomics.add(this.#head, COUNT, 1);
  }

  /** Attempts noted so far. */
  get count(): number {
    return Atomics.load(this.#head, COUNT);
  }

  get last(): Attempt {
    const name = String.fromCharCode(...this.#name.subarray(0, this.#head[LENGTH]!));
    return { name, isStep: this.#head[IS_STEP] === 1 };
  }
}

/** A worker, and what in the model keeps it. */
export interface EndlessCode {
  readonly worker: number;
  readonly fault: Fault;
}

export interface EndlessOptions {
  /** How long a step or a question may take, and how often {@link EndlessWatch.look} is called in that time. */
  readonly seconds: number;
  readonly looks: number;
  readonly activities: readonly Activity[];
  /** What else changes as a worker gets on. */
  readonly countOf?: (worker: number) => number;
  /** Its abort stops the workers, as soon as none of them is at model code. */
  readonly signal: AbortSignal | undefined;
}

/** How often it is looked how far a trial is, and how long a thread is waited for that loads the model. */
const LOOK_MILLISECONDS = 50;
const MOST_LOADING_MILLISECONDS = 10_000;

/**
 * Watches workers for steps and questions that do not end within some seconds. Who stands at a state for so long may have
 * very many choices there: all of them are tried in another thread meanwhile, to find the one that does not end. Workers
 * that are to stop are given up once they are at one for as long.
 */
export class EndlessWatch {
  /** Settles when something is found, or the workers are given up. */
  readonly outcome: Promise<EndlessCode | "given up">;
  readonly #instance: Instance;
  readonly #task: ModelTask;
  readonly #options: EndlessOptions;
  readonly #watchdog: Watchdog;
  readonly #ended = new AbortController();
  #looksSinceAbort = 0;
  #tell: (outcome: EndlessCode | "given up") => void = () => {};
  #trial: Promise<void> | undefined;

  constructor(instance: Instance, task: ModelTask, options: EndlessOptions) {
    this.#instance = instance;
    this.#task = task;
    this.#options = options;
    this.#watchdog = new Watchdog(options.activities, options.looks, options.countOf);
    this.outcome = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  /** To be called at regular times. */
  look(): void {
    const stuck = this.#watchdog.look();
    if (stuck !== undefined) this.#trial ??= this.#try(stuck);
    const { signal, looks } = this.#options;
    if (signal?.aborted && ++this.#looksSinceAbort > looks) this.#tell("given up");
  }

  /** Nothing is looked for any more. */
  async end(): Promise<void> {
    this.#ended.abort();
    await this.#trial;
  }

  async #try(stuck: Stuck): Promise<void> {
    const fault = await this.#faultOf(stuck.occupation);
    if (fault !== undefined) this.#tell({ worker: stuck.worker, fault });
    else this.#watchdog.acquit(stuck);
    this.#trial = undefined;
  }

  async #faultOf(occupation: Occupation): Promise<Fault | undefined> {
    const instance = this.#instance;
    const fault = (what: string, step: string | null, state: Int32Array): Fault => {
      return { message: `${what} did not end within ${this.#options.seconds} s`, step, state, depth: -1 };
    };
    if (occupation.kind === "question") {
      const { property, before, after } = occupation;
      const step = after === undefined ? null : stepBetween(instance, before, after);
      return fault(`property ${instance.properties[property]![0]}`, step, before);
    }
    const state = occupation.kind === "init" ? undefined : occupation.state;
    const attempt = await this.#findEndless(state);
    if (attempt === undefined) return undefined;
    const { name, isStep } = attempt;
    const what = isStep ? name : `the choice of the parameters of ${name}`;
    return fault(what, isStep ? name : null, state ?? pack(instance, instance.root.initial));
  }

  /** The attempt that does not end; `undefined` if each one does. */
  async #findEndless(state: Int32Array | undefined): Promise<Attempt | undefined> {
    const board = new Board();
    const task: TrialTask = { ...this.#task, state, board: board.buffer };
    const pool = await workerPool({ module: WORKER, threads: 1 });
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    pool.run(task, { name: "tryAll" }).then(over, over);
    const begun = performance.now();
    let [count, since] = [0, begun];
    try {
      for (;;) {
        const now = performance.now();
        if (board.count !== count) [count, since] = [board.count, now];
        if (isOver) return undefined;
        if (count > 0 && now - since > this.#options.seconds * 1000) return board.last;
        // Node 20 cannot end a thread that loads modules without ending the process.
        const hasLoaded = count > 0 || now - begun > MOST_LOADING_MILLISECONDS;
        if (this.#ended.signal.aborted && hasLoaded) return undefined;
        await wait(LOOK_MILLISECONDS);
      }
    } finally {
      await pool.destroy();
    }
  }
}
