/** A run of codes of equal width: how arrays, sequences of items and sparse sets are laid out in a state's words. */

import { type Address, type Allocator, bitsFor, type Position } from "./type.ts";
import type { Note } from "./unit.ts";

/** `count` codes of `size` cases each. A run that fits in one word is shifted there; a longer one begins a word. */
export class Run {
  readonly count: number;
  readonly #bits: number;
  readonly #perWord: number;
  readonly #isShort: boolean;

  constructor(count: number, size: number) {
    this.count = count;
    this.#bits = bitsFor(size);
    this.#isShort = count * this.#bits <= 31;
    this.#perWord = Math.floor(32 / Math.max(1, this.#bits));
  }

  /** Bits to reserve. */
  get bits(): number {
    return this.#isShort ? this.count * this.#bits : Math.ceil(this.count / this.#perWord) * 32;
  }

  allocate(space: Allocator): Position {
    return space.take(this.bits);
  }

  read(words: Int32Array, address: Address, index: number): number {
    const { word, shift } = this.at(address as Position, index);
    return (words[word]! >>> shift) & this.#mask;
  }

  write(words: Int32Array, address: Address, index: number, code: number): void {
    const { word, shift } = this.at(address as Position, index);
    words[word] = (words[word]! & ~(this.#mask << shift)) | (code << shift);
  }

  /** Sets the bits of every code in `mask`. */
  mark(mask: Int32Array, address: Address): void {
    for (let i = 0; i < this.count; i++) this.markAt(mask, address, i);
  }

  /** Sets the bits of one code in `mask`. */
  markAt(mask: Int32Array, address: Address, index: number): void {
    this.write(mask, address, index, this.#mask);
  }

  /** Source of a read of `words` at `index`; `o` and `b` are sources of the run's word and shift. */
  readSource(words: string, o: string, b: string, index: string): string {
    if (this.#isShort) return `((${words}[${o}] >>> (${b} + ${index} * ${this.#bits})) & ${this.#mask})`;
    const word = `${words}[${o} + ((${index} / ${this.#perWord}) | 0)]`;
    return `((${word} >>> ((${index} % ${this.#perWord}) * ${this.#bits})) & ${this.#mask})`;
  }

  /** Source of a statement that writes `code` at `index`. */
  writeSource(o: string, b: string, index: string, code: string): string {
    const { word, shift } = this.#addressSource(o, b, index);
    return `{ const at = ${word}, shift = ${shift}; w[at] = (w[at] & ~(${this.#mask} << shift)) | (${code} << shift); }`;
  }

  /** Source of a note about the code at `index`. */
  noteSource(note: Note, o: string, b: string, index: string): string {
    const { word, shift } = this.#addressSource(o, b, index);
    return note(word, `${this.#mask} << ${shift}`);
  }

  /** Source of a note about the whole run. */
  noteAllSource(note: Note, o: string, b: string): string {
    if (this.#isShort) return note(o, `${2 ** this.bits - 1} << ${b}`);
    return `for (let k = 0; k < ${this.bits / 32}; k++) { ${note(`${o} + k`, "-1")} }`;
  }

  get #mask(): number {
    return 2 ** this.#bits - 1;
  }

  /** Where the code at `index` stands, of a run at `position`. */
  at(position: Position, index: number): Position {
    if (this.#isShort) return { word: position.word, shift: position.shift + index * this.#bits };
    const word = position.word + Math.floor(index / this.#perWord);
    return { word, shift: (index % this.#perWord) * this.#bits };
  }

  #addressSource(o: string, b: string, index: string): { word: string; shift: string } {
    if (this.#isShort) return { word: o, shift: `(${b} + ${index} * ${this.#bits})` };
    return {
      word: `(${o} + ((${index} / ${this.#perWord}) | 0))`,
      shift: `((${index} % ${this.#perWord}) * ${this.#bits})`,
    };
  }
}
