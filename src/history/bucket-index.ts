/** Records by hash: records 0, 1, 2… are added in order, and those of a hash are walked, newest first. A
 *  walk may also meet records of other hashes. */
export class BucketIndex {
  #heads = new Int32Array(1024).fill(NONE);
  #next = new Int32Array(1024);
  #hashes = new Int32Array(1024);

  get bytes(): number {
    return this.#heads.byteLength + this.#next.byteLength + this.#hashes.byteLength;
  }

  /** The newest record that may have `hash`, or `NONE`. */
  first(hash: number): number {
    return this.#heads[hash & (this.#heads.length - 1)]!;
  }

  /** The next older record of the same walk, or `NONE`. */
  after(record: number): number {
    return this.#next[record]!;
  }

  hashOf(record: number): number {
    return this.#hashes[record]!;
  }

  add(record: number, hash: number): void {
    if (record === this.#next.length) this.#grow();
    this.#hashes[record] = hash;
    this.#enter(record);
  }

  #enter(record: number): void {
    const bucket = this.#hashes[record]! & (this.#heads.length - 1);
    this.#next[record] = this.#heads[bucket]!;
    this.#heads[bucket] = record;
  }

  #grow(): void {
    const length = this.#next.length;
    this.#next = new Int32Array(2 * length);
    const hashes = new Int32Array(2 * length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
    this.#heads = new Int32Array(2 * length).fill(NONE);
    for (let record = 0; record < length; record++) this.#enter(record);
  }
}

export const NONE = -1;
