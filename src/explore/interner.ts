/** Numbers short runs of words: equal runs get equal ids, in the order they first appear. */
export class Interner {
  readonly #width: number;
  #size = 0;
  #entries: Int32Array;
  /** Open addressing: id + 1, or 0 where empty. At most half full. */
  #slots: Int32Array;

  /** @param width the length of the runs, in words. */
  constructor(width: number) {
    this.#width = width;
    this.#entries = new Int32Array(width * 64);
    this.#slots = new Int32Array(128);
  }

  get size(): number {
    return this.#size;
  }

  /** What it takes, off the heap. */
  get bytes(): number {
    return this.#entries.byteLength + this.#slots.byteLength;
  }

  /** The id of `words[0 … width−1]`; a run not seen before gets the next one. */
  intern(words: Int32Array): number {
    const width = this.#width;
    const mask = this.#slots.length - 1;
    for (let at = hash(words, width) & mask; ; at = (at + 1) & mask) {
      const id = this.#slots[at]! - 1;
      if (id < 0) return this.#add(words, at);
      const base = id * width;
      let i = 0;
      while (i < width && this.#entries[base + i] === words[i]) i++;
      if (i === width) return id;
    }
  }

  #add(words: Int32Array, at: number): number {
    const width = this.#width;
    const id = this.#size++;
    if ((id + 1) * width > this.#entries.length) {
      const entries = new Int32Array(this.#entries.length * 2);
      entries.set(this.#entries);
      this.#entries = entries;
    }
    for (let i = 0; i < width; i++) this.#entries[id * width + i] = words[i]!;
    this.#slots[at] = id + 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return id;
  }

  #grow(): void {
    const width = this.#width;
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let at = hash(this.#entries.subarray(id * width, (id + 1) * width), width) & mask;
      while (this.#slots[at] !== 0) at = (at + 1) & mask;
      this.#slots[at] = id + 1;
    }
  }
}

function hash(words: Int32Array, width: number): number {
  let h = 0;
  for (let i = 0; i < width; i++) {
    h = Math.imul(h ^ words[i]!, 0x9e3779b1);
    h ^= h >>> 15;
  }
  h = Math.imul(h, 0x85ebca6b);
  return h ^ (h >>> 13);
}
