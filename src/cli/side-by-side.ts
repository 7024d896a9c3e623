/**
 * The runs of a suite share the processors: while one worker searches, another one that would compile the same search at the
 * same time is better employed on the next run. So each begins with one worker, and gets its others when processors are left.
 */

import type { Run } from "../verdict/run.ts";
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

/** A run to be carried out, by the name that is shown while it goes on. */
export interface Task {
  readonly title: string;
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

/** Answers in the order of the tasks; after an interrupt, only those that had begun.  @throws what a task throws */
export async function* sideBySide(
  tasks: readonly Task[],
  options: SideBySideOptions,
): AsyncGenerator<Run, void, undefined> {
  const shift = new Shift(tasks, options);
  for (const i of tasks.keys()) {
    const answer = await shift.answer(i);
    if (answer === undefined) return;
    yield answer();
  }
}

/** A task that goes on. */
interface Going {
  readonly ended: Promise<void>;
  readonly admitOthers: () => void;
}

class Shift {
  readonly #tasks: readonly Task[];
  readonly #options: SideBySideOptions;
  readonly #waiting: number[];
  readonly #going = new Map<number, Going>();
  readonly #answers = new Map<number, () => Run>();
  #mostAtOnce: number;

  constructor(tasks: readonly Task[], options: SideBySideOptions) {
    this.#tasks = tasks;
    this.#options = options;
    this.#waiting = [...tasks.keys()];
    this.#mostAtOnce = options.isSequential ? 1 : Math.min(options.workers, tasks.length);
    this.#fill();
  }

  /** What a task came to; `undefined` if it did not begin. */
  async answer(i: number): Promise<(() => Run) | undefined> {
    const isOpen = (): boolean => !this.#answers.has(i) || this.#waiting.includes(i);
    while (isOpen() && this.#going.size > 0)
      await Promise.race([...this.#going.values()].map(({ ended }) => ended));
    const answer = this.#answers.get(i);
    this.#answers.delete(i);
    return answer;
  }

  /** Has tasks begin as long as there are processors, and gives those that are left over to tasks that go on. */
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
    const { title, carryOut } = this.#tasks[i]!;
    const line = this.#options.display.begin(title);
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
