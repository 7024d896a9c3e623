/** What a worker of a search counted that stays so when the search goes on later, from a snapshot. */

import type { SearchReport } from "./report.ts";

/** Steps and events. What was found since is found again when a search goes on. */
type Totals = Omit<SearchReport["settled"], "unsettled">;

/** Nothing is kept where nobody can go on. */
export class Settling {
  readonly #isKept: boolean;
  readonly #count: () => Totals;
  /** Blocks that are to be taken before all else. */
  readonly #first: number[];
  /** Blocks begun whose states may be on their way still; the last of them may be in hand. */
  #begun: number[] = [];
  #isInBlock = false;
  /** What was counted before the blocks begun, and before the one in hand. */
  #settled: Totals;
  #beforeBlock: Totals;

  /**
   * @param unsettled blocks whose steps are to be taken before all else, where a search goes on that was stopped in the middle of them
   * @param count what was counted so far
   */
  constructor(unsettled: readonly number[], isKept: boolean, count: () => Totals) {
    this.#first = [...unsettled];
    this.#isKept = isKept;
    this.#count = count;
    this.#settled = this.#beforeBlock = count();
  }

  /** The next of the blocks to be taken before all else. */
  next(): number | undefined {
    return this.#first.shift();
  }

  begin(block: number): void {
    this.#isInBlock = true;
    if (!this.#isKept) return;
    this.#begun.push(block);
    this.#beforeBlock = this.#count();
  }

  /** The steps of the block in hand were taken. */
  end(): void {
    this.#isInBlock = false;
  }

  /** All that the blocks begun lead to is known now, but for the one in hand. */
  settle(): void {
    if (!this.#isKept) return;
    this.#begun = this.#isInBlock ? this.#begun.slice(-1) : [];
    this.#settled = this.#isInBlock ? this.#beforeBlock : this.#count();
  }

  get report(): SearchReport["settled"] {
    return { ...this.#settled, unsettled: [...this.#first, ...this.#begun] };
  }
}
