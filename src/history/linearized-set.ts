/** Which operations a partial linearization holds: a bit for each, and hashes that change by one step with
 *  each. Complete operations come first, by invocation, so that what differs between two sets is a short
 *  window of words: those before `low` are full, those after `high` are empty. */
export class LinearizedSet {
  readonly completeWords: Int32Array;
  readonly pendingWords: Int32Array;
  low = 0;
  high = -1;
  completeHash = 0;
  pendingHash = 0;
  readonly #completeCount: number;

  constructor(completeCount: number, pendingCount: number) {
    this.#completeCount = completeCount;
    this.completeWords = new Int32Array((completeCount >>> 5) + 1);
    this.pendingWords = new Int32Array((pendingCount + 31) >>> 5);
  }

  has(operation: number): boolean {
    const isComplete = operation < this.#completeCount;
    const words = isComplete ? this.completeWords : this.pendingWords;
    const bit = isComplete ? operation : operation - this.#completeCount;
    return ((words[bit >>> 5]! >>> bit) & 1) === 1;
  }

  add(operation: number): void {
    if (operation >= this.#completeCount) {
      this.#togglePending(operation);
      return;
    }
    const word = operation >>> 5;
    this.completeWords[word]! |= 1 << operation;
    this.completeHash ^= scramble(operation + 1);
    if (word > this.high) this.high = word;
    while (this.completeWords[this.low] === FULL) this.low++;
  }

  delete(operation: number): void {
    if (operation >= this.#completeCount) {
      this.#togglePending(operation);
      return;
    }
    const word = operation >>> 5;
    this.completeWords[word]! &= ~(1 << operation);
    this.completeHash ^= scramble(operation + 1);
    if (word < this.low) this.low = word;
    while (this.high >= this.low && this.completeWords[this.high] === 0) this.high--;
  }

  #togglePending(operation: number): void {
    const bit = operation - this.#completeCount;
    this.pendingWords[bit >>> 5]! ^= 1 << bit;
    this.pendingHash ^= scramble(operation + 1);
  }
}

const FULL = -1;

/** A bijection of 32-bit integers whose result depends on every bit (the finalizer of MurmurHash3). */
export function scramble(value: number): number {
  const first = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}
