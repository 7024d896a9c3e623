import { BucketIndex, NONE } from "./bucket-index.ts";
import { type LinearizedSet, scramble } from "./linearized-set.ts";

/** How many earlier configurations a new one is compared with to see whether one of them is at least as
 *  good. */
const comparisonLimit = 8;

/** Spreads the number of a state over a hash: 2^32 divided by the golden ratio, odd. */
export const stateFactor = 0x9e3779b1;

/** The configurations a search has met: a state and the operations linearized on the way to it. Compared
 *  in full, so a coincidence of hashes does no harm. */
export class VisitedConfigurations {
  size = 0;
  readonly #byAll = new BucketIndex();
  /** By state and complete operations alone; used only if some operation is pending. */
  readonly #byComplete = new BucketIndex();
  #records = new Int32Array(1 << 14);
  #used = 0;
  #offsets = new Int32Array(1024);

  get bytes(): number {
    const indices = this.#byAll.bytes + this.#byComplete.bytes;
    return indices + this.#records.byteLength + this.#offsets.byteLength;
  }

  /** Adds a configuration unless it was met before, or one that differs only in having used fewer of the
   *  pending operations: what can be completed from there can be completed from here. Says whether it was
   *  added. */
  add(linearized: LinearizedSet, state: number): boolean {
    const hashByComplete = scramble(linearized.completeHash ^ Math.imul(state, stateFactor));
    const hash = scramble(hashByComplete ^ linearized.pendingHash);
    for (let record = this.#byAll.first(hash); record !== NONE; record = this.#byAll.after(record)) {
      if (this.#byAll.hashOf(record) === hash && this.#covers(record, linearized, state)) return false;
    }
    if (linearized.pendingWords.length > 0) {
      let record = this.#byComplete.first(hashByComplete);
      for (let compared = 0; record !== NONE && compared < comparisonLimit; compared++) {
        if (this.#byComplete.hashOf(record) === hashByComplete && this.#covers(record, linearized, state))
          return false;
        record = this.#byComplete.after(record);
      }
      this.#byComplete.add(this.size, hashByComplete);
    }
    this.#byAll.add(this.size, hash);
    this.#append(linearized, state);
    return true;
  }

  /** Whether `record` has the same state and complete operations, and no pending operation that
   *  `linearized` lacks. */
  #covers(record: number, linearized: LinearizedSet, state: number): boolean {
    const records = this.#records;
    const { low, high, completeWords, pendingWords } = linearized;
    let at = this.#offsets[record]!;
    if (records[at] !== state || records[at + 1] !== low || records[at + 2] !== high) return false;
    at += 3;
    for (let word = low; word <= high; word++) {
      if (records[at++] !== completeWords[word]) return false;
    }
    for (let word = 0; word < pendingWords.length; word++) {
      if ((records[at++]! & ~pendingWords[word]!) !== 0) return false;
    }
    return true;
  }

  #append(linearized: LinearizedSet, state: number): void {
    const { low, high, completeWords, pendingWords } = linearized;
    const length = 3 + (high - low + 1) + pendingWords.length;
    if (this.#used + length > this.#records.length)
      this.#records = doubled(this.#records, this.#used + length);
    if (this.size === this.#offsets.length) this.#offsets = doubled(this.#offsets, this.size + 1);
    this.#offsets[this.size++] = this.#used;
    const records = this.#records;
    records[this.#used] = state;
    records[this.#used + 1] = low;
    records[this.#used + 2] = high;
    let at = this.#used + 3;
    for (let word = low; word <= high; word++) records[at++] = completeWords[word]!;
    for (let word = 0; word < pendingWords.length; word++) records[at++] = pendingWords[word]!;
    this.#used = at;
  }
}

function doubled(words: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  let length = 2 * words.length;
  while (length < least) length *= 2;
  const copy = new Int32Array(length);
  copy.set(words);
  return copy;
}
