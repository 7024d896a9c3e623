/**
 * How the workers share out the blocks of a level. Each takes those first that its own states led to: the steps of states
 * that were come to together meet again soon, and only who sent a state lately knows that it need not be sent again. Then
 * it takes those of others, from the end, since they take theirs from the beginning.
 */

import { Control, levelInHand, type Memory } from "./memory.ts";

export class BlockQueue {
  readonly #memory: Memory;
  readonly #worker: number;
  #depth = -1;
  /** The next block that may be this worker's own, and the next of any other, going down. */
  #own = 0;
  #other = -1;

  constructor(memory: Memory, worker: number) {
    this.#memory = memory;
    this.#worker = worker;
  }

  /** A block of the level in hand that is this worker's to expand from now on; −1 if none is left. */
  take(): number {
    const { control, origin } = this.#memory;
    const depth = control[Control.depth]!;
    const [start, end] = levelInHand(this.#memory);
    if (depth !== this.#depth) {
      this.#depth = depth;
      this.#own = start;
      this.#other = end - 1;
    }
    while (this.#own < end) {
      const block = this.#own++;
      if (origin[block] === this.#worker + 1 && this.#claim(block)) return block;
    }
    while (this.#other >= start) {
      const block = this.#other--;
      if (origin[block] !== 0 && this.#claim(block)) return block;
    }
    return -1;
  }

  #claim(block: number): boolean {
    const { control, origin } = this.#memory;
    if (Atomics.exchange(origin, block, 0) === 0) return false;
    Atomics.add(control, Control.taken, 1);
    return true;
  }
}
