/**
 * The runs of a suite share the processors: while one worker searches, another one that would compile the same search at the
 * same time is better employed on the next run. So each begins with one worker, and gets its others when processors are left.
 */

import type { Run } from "../verdict/run.ts";
import type { PlannedRun } from "./plan.ts";
import type { ProgressDisplay, ProgressLine } from "./progress-display.ts";
import { releaseMemory } from "./release-memory.ts";

/** What a run is given. */
export interface Turn {
  /** Its abort is an interrupt. */
  readonly signal: AbortSignal;
  /** When its workers after the first may begin; at once without it. */
  readonly others: Promise<void> | undefined;
  /** Its share of the memory, where others go on beside it: if that is too little, the run is done again alone. */
  readonly maxBytes: number;
  readonly line: ProgressLine;
}

/** A run that is planned, and how it is carried out: until it is done or the signal is aborted. */
export interface Job {
  readonly plan: PlannedRun;
  carryOut(turn: Turn): Promise<Run>;
}

export interface SideBySideOptions {
  readonly workers: number;
  /** Whether one is to be done after another, each by all workers. */
  readonly isSequential: boolean;
  /** What all that go on at the same time may take together. */
  readonly maxBytes: number;
  /** Its abort is an interrupt: what has begun comes to an end, and nothing begins any more. */
  readonly signal: AbortSignal;
  readonly display: ProgressDisplay;
}

/** Answers in the order of the jobs; after an interrupt, only those that had begun.  @throws what a job throws */
export async function* sideBySide(
  jobs: readonly Job[],
  options: SideBySideOptions,
): AsyncGenerator<Run, void, undefined> {
  const shift = new Shift(jobs, options);
  for (const i of jobs.keys()) {
    const answer = await shift.answer(i);
    if (answer === undefined) return;
    yield answer();
  }
}

/** A job that goes on. */
interface Going {
  readonly ended: Promise<void>;
  readonly admitOthers: () => void;
}

class Shift {
  readonly #jobs: readonly Job[];
  readonly #options: SideBySideOptions;
  readonly #waiting: number[];
  readonly #going = new Map<number, Going>();
  readonly #answers = new Map<number, () => Run>();
  #mostAtOnce: number;

  constructor(jobs: readonly Job[], options: SideBySideOptions) {
    this.#jobs = jobs;
    this.#options = options;
    this.#waiting = [...jobs.keys()];
    this.#mostAtOnce = options.isSequential ? 1 : Math.min(options.workers, jobs.length);
    this.#fill();
  }

  /** What a job came to; `undefined` if it did not begin. */
  async answer(i: number): Promise<(() => Run) | undefined> {
    const isOpen = (): boolean => !this.#answers.has(i) || this.#waiting.includes(i);
    while (isOpen() && this.#going.size > 0)
      await Promise.race([...this.#going.values()].map(({ ended }) => ended));
    const answer = this.#answers.get(i);
    this.#answers.delete(i);
    return answer;
  }

  /** Has jobs begin as long as there are processors, and gives those that are left over to jobs that go on. */
  #fill(): void {
    const { signal, workers } = this.#options;
    while (!signal.aborted && this.#waiting.length > 0 && this.#going.size < this.#mostAtOnce)
      this.#begin(this.#waiting.shift()!);
    const isLeft = this.#waiting.length === 0 || this.#mostAtOnce === 1;
    if (isLeft && this.#going.size * 2 <= workers)
      for (const { admitOthers } of this.#going.values()) admitOthers();
  }

  #begin(i: number): void {
    const { signal, maxBytes } = this.#options;
    this.#answers.delete(i);
    const isAlone = this.#mostAtOnce === 1;
    let admitOthers = (): void => {};
    const others = new Promise<void>((resolve) => {
      admitOthers = resolve;
    });
    const share = isAlone
      ? { others: undefined, maxBytes: Infinity }
      : { others, maxBytes: maxBytes / this.#mostAtOnce };
    this.#going.set(i, { admitOthers, ended: this.#carryOut(i, { signal, ...share }) });
  }

  async #carryOut(i: number, turn: Omit<Turn, "line">): Promise<void> {
    const { plan, carryOut } = this.#jobs[i]!;
    const line = this.#options.display.begin(plan.target);
    try {
      const run = await carryOut({ ...turn, line });
      this.#answers.set(i, () => run);
      if (run.limit === "memory" && turn.maxBytes < Infinity) {
        this.#waiting.unshift(i);
        this.#mostAtOnce = 1;
      }
    } catch (error) {
      this.#answers.set(i, () => {
        throw error;
      });
    }
    line.end();
    if (this.#waiting.length > 0) await releaseMemory();
    this.#going.delete(i);
    this.#fill();
  }
}
