/** Keeps a thread from running out of heap: what is only kept to save time is given up first, then the search. */

import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How full a heap may be before something is done about it. The rest is left to the step in hand and to the collector. */
const FULL = 0.6;
/** Calls, and questions that were answered, between two looks. */
const MOST_CALLS = 32;
const MOST_QUESTIONS = 64;

export class HeapWatch {
  readonly #forget: () => void;
  #collect: (() => void) | undefined;
  #calls = 0;
  #questions = 0;

  /** @param forget gives up what can be found out again. */
  constructor(forget: () => void) {
    this.#forget = forget;
  }

  /**
   * To be called often; `questions` is how many were asked so far, since their answers are what is kept.
   * @returns whether there is room, perhaps after some was made.
   */
  hasRoom(questions: number): boolean {
    if (++this.#calls < MOST_CALLS && questions - this.#questions < MOST_QUESTIONS) return true;
    this.#calls = 0;
    this.#questions = questions;
    if (!isFull()) return true;
    // Most of what is there may be garbage.
    this.#garbage();
    if (!isFull()) return true;
    this.#forget();
    this.#garbage();
    return !isFull();
  }

  #garbage(): void {
    if (this.#collect === undefined) {
      setFlagsFromString("--expose-gc");
      this.#collect = runInNewContext("gc") as () => void;
    }
    this.#collect();
  }
}

function isFull(): boolean {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  return used_heap_size > FULL * heap_size_limit;
}
