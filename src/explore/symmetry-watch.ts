/** Puts it to the test while a search goes on, too, whether the ids that it takes for interchangeable are. */

import { Breach } from "./fault.ts";
import type { SymmetryTest } from "./interchangeable.ts";

/** As many states with a step by each action are tested for whether all ids are interchangeable there. */
const STATES_TESTED = 100;
/** So is one state in as many, for some ids together. */
const STATES_PER_TEST = 512;

export class SymmetryWatch {
  readonly #test: SymmetryTest;
  /** Steps found so far, by transition: the kernel's. */
  readonly #fired: Float64Array;
  readonly #firedBefore: Float64Array;
  /** States tested, by transition that had steps there. */
  readonly #tested: Int32Array;
  /** Transitions that few of the states tested had steps by. */
  #scarce: readonly number[];

  constructor(test: SymmetryTest, fired: Float64Array) {
    this.#test = test;
    this.#fired = fired;
    this.#firedBefore = new Float64Array(fired.length);
    this.#tested = new Int32Array(fired.length);
    this.#scarce = [...fired.keys()];
  }

  /**
   * Called when the steps of `state`, the one with that index, were counted.
   * @param isEarly whether it is one of the first few thousand, all of which the properties are asked about
   * @throws Breach if there are ids that are not interchangeable
   */
  left(index: number, isEarly: boolean, state: Int32Array): void {
    const isRare = this.#hasScarceStep();
    const isChosen = index % STATES_PER_TEST === 0;
    if (!isRare && !isChosen && !isEarly) return;
    const reason = isRare
      ? this.#test.all(state)
      : ((isChosen ? this.#test.some(index / STATES_PER_TEST, state) : undefined) ??
        this.#test.answersAt(state));
    if (reason !== undefined)
      throw new Breach(`some ids are not interchangeable: ${reason}; check it without the reduction`);
  }

  /** Whether the steps counted last are of an action that few of the states tested had. */
  #hasScarceStep(): boolean {
    let isRare = false;
    for (const transition of this.#scarce) {
      const fired = this.#fired[transition]!;
      if (fired > this.#firedBefore[transition]!) {
        isRare = true;
        this.#tested[transition]!++;
      }
      this.#firedBefore[transition] = fired;
    }
    if (isRare) this.#scarce = this.#scarce.filter((transition) => this.#tested[transition]! < STATES_TESTED);
    return isRare;
  }
}
