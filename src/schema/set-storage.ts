/** Two ways to store a set of codes in a state's words, and the sources of what is done to them. */

import { Run } from "./run.ts";
import type { Address, Allocator, Position } from "./type.ts";
import { type Note, overflow, type Unit } from "./unit.ts";

/** How a set's elements are stored. In sources, `code` is the element's code and `this.o`, `this.b` the word and shift. */
export interface Storage {
  allocate(space: Allocator): Address;
  codes(words: Int32Array, address: Address): number[];
  fill(words: Int32Array, address: Address, codes: readonly number[], path: string): void;
  mark(mask: Int32Array, address: Address): void;
  /** Source of statements that run `body(code)` for each element in ascending order, a bag's copies one by one. */
  each(words: string, o: string, b: string, body: (code: string) => string): string;
  /** The same for the elements with `low` ≤ code < `high`, two variables in scope. */
  between(low: string, high: string, body: (code: string) => string): string;
  /** Source of a note about the whole set. */
  noteAll(note: Note): string;
  /** The same about the codes with `low` ≤ code < `high`, and about `code`, if they can be told from others. */
  noteBetween(note: Note, low: string, high: string): string;
  noteCode(note: Note): string;
  /** Source of statements that return the number of elements. */
  size: string;
  /** The most elements there can be. */
  capacity: number;
  has(unit: Unit): string;
  add: string;
  delete: string;
}

/** A set over `universe` codes, one bit each. */
export class Bits implements Storage {
  readonly #universe: number;

  constructor(universe: number) {
    this.#universe = universe;
  }

  get capacity(): number {
    return this.#universe;
  }

  get #isShort(): boolean {
    return this.#universe <= 31;
  }

  get #words(): number {
    return this.#isShort ? 1 : Math.ceil(this.#universe / 32);
  }

  allocate(space: Allocator): Address {
    return space.take(this.#isShort ? this.#universe : this.#words * 32);
  }

  codes(words: Int32Array, address: Address): number[] {
    return Array.from({ length: this.#universe }, (_, code) => code).filter((code) => {
      const { word, shift } = this.at(address as Position, code);
      return (words[word]! >>> shift) & 1;
    });
  }

  fill(words: Int32Array, address: Address, codes: readonly number[]): void {
    for (let code = 0; code < this.#universe; code++) {
      const { word, shift } = this.at(address as Position, code);
      words[word] = (words[word]! & ~(1 << shift)) | ((codes.includes(code) ? 1 : 0) << shift);
    }
  }

  mark(mask: Int32Array, address: Address): void {
    for (let code = 0; code < this.#universe; code++) {
      const { word, shift } = this.at(address as Position, code);
      mask[word]! |= 1 << shift;
    }
  }

  each(words: string, o: string, b: string, body: (code: string) => string): string {
    if (this.#isShort) {
      return `for (let bits = (${words}[${o}] >>> ${b}) & ${this.#mask}; bits !== 0; bits &= bits - 1) {
        ${body("(31 - Math.clz32(bits & -bits))")}
      }`;
    }
    return `for (let k = 0; k < ${this.#words}; k++) {
      for (let bits = ${words}[${o} + k]; bits !== 0; bits &= bits - 1) {
        ${body("(k * 32 + 31 - Math.clz32(bits & -bits))")}
      }
    }`;
  }

  between(low: string, high: string, body: (code: string) => string): string {
    if (this.#isShort) {
      const range = `(-1 >>> (32 - (${high} - ${low}))) << ${low}`;
      return `for (let bits = (w[this.o] >>> this.b) & ${this.#mask} & (${range}); bits !== 0; bits &= bits - 1) {
        ${body("(31 - Math.clz32(bits & -bits))")}
      }`;
    }
    return `for (let k = ${low} >>> 5, last = (${high} - 1) >>> 5; k <= last; k++) {
      let bits = w[this.o + k];
      if (k === ${low} >>> 5) bits &= -1 << ${low};
      if (k === last) bits &= -1 >>> (31 - ((${high} - 1) & 31));
      for (; bits !== 0; bits &= bits - 1) {
        ${body("(k * 32 + 31 - Math.clz32(bits & -bits))")}
      }
    }`;
  }

  noteAll(note: Note): string {
    if (this.#isShort) return note("this.o", `${this.#mask} << this.b`);
    return `for (let k = 0; k < ${this.#words}; k++) { ${note("this.o + k", "-1")} }`;
  }

  noteBetween(note: Note, low: string, high: string): string {
    if (this.#isShort) return note("this.o", `((-1 >>> (32 - (${high} - ${low}))) << ${low}) << this.b`);
    return `for (let k = ${low} >>> 5, last = (${high} - 1) >>> 5; k <= last; k++) {
      let mask = k === ${low} >>> 5 ? -1 << ${low} : -1;
      if (k === last) mask &= -1 >>> (31 - ((${high} - 1) & 31));
      ${note("this.o + k", "mask")}
    }`;
  }

  noteCode(note: Note): string {
    return this.#isShort
      ? note("this.o", "1 << (this.b + code)")
      : note("this.o + (code >>> 5)", "1 << code");
  }

  get size(): string {
    if (this.#isShort) return `return bitCount((w[this.o] >>> this.b) & ${this.#mask});`;
    return `let size = 0; for (let k = 0; k < ${this.#words}; k++) size += bitCount(w[this.o + k]); return size;`;
  }

  has(unit: Unit): string {
    const bit = this.#isShort ? "w[this.o] >>> (this.b + code)" : "w[this.o + (code >>> 5)] >>> code";
    return `${this.noteCode(unit.touch)} return ((${bit}) & 1) === 1;`;
  }

  get add(): string {
    return this.#isShort ? "w[this.o] |= 1 << (this.b + code);" : "w[this.o + (code >>> 5)] |= 1 << code;";
  }

  get delete(): string {
    return this.#isShort
      ? "w[this.o] &= ~(1 << (this.b + code));"
      : "w[this.o + (code >>> 5)] &= ~(1 << code);";
  }

  get #mask(): number {
    return 2 ** this.#universe - 1;
  }

  /** The bit of a code, of a set at `position`. */
  at(position: Position, code: number): Position {
    if (this.#isShort) return { word: position.word, shift: position.shift + code };
    return { word: position.word + (code >>> 5), shift: code & 31 };
  }
}

/** At most `capacity` codes in ascending order after their count; with `multiple`, equal codes may stand side by side. */
export class SortedCodes implements Storage {
  readonly capacity: number;
  readonly #multiple: boolean;
  readonly #count: Run;
  readonly #codes: Run;

  constructor(universe: number, capacity: number, multiple: boolean) {
    this.capacity = capacity;
    this.#multiple = multiple;
    this.#count = new Run(1, capacity + 1);
    this.#codes = new Run(capacity, universe);
  }

  get bits(): number {
    return this.#count.bits + this.#codes.bits;
  }

  allocate(space: Allocator): Address {
    return { count: this.#count.allocate(space), codes: this.#codes.allocate(space) };
  }

  codes(words: Int32Array, address: Address): number[] {
    const { count, codes } = address as { count: Position; codes: Position };
    const length = this.#count.read(words, count, 0);
    return Array.from({ length }, (_, i) => this.#codes.read(words, codes, i));
  }

  fill(words: Int32Array, address: Address, values: readonly number[], path: string): void {
    const { count, codes } = address as { count: Position; codes: Position };
    if (values.length > this.capacity) overflow(path, this.capacity);
    const ascending = values.toSorted((a, b) => a - b);
    this.#count.write(words, count, 0, ascending.length);
    for (let i = 0; i < this.capacity; i++) this.#codes.write(words, codes, i, ascending[i] ?? 0);
  }

  mark(mask: Int32Array, address: Address): void {
    const { count, codes } = address as { count: Position; codes: Position };
    this.#count.mark(mask, count);
    this.#codes.mark(mask, codes);
  }

  /** Source that writes the set at `from` in `words` to `to` in `w`, with `image[code]` for each code. */
  replaceSource(words: string, from: Address, to: Address, image: string): string {
    const [old, fresh] = [from, to] as { count: Position; codes: Position }[];
    const place = ({ word, shift }: Position): [string, string] => [String(word), String(shift)];
    const read = (i: string): string => this.#codes.readSource("w", ...place(fresh!.codes), i);
    const write = (i: string, code: string): string =>
      this.#codes.writeSource(...place(fresh!.codes), i, code);
    return `{
      const length = ${this.#count.readSource(words, ...place(old!.count), "0")};
      ${this.#count.writeSource(...place(fresh!.count), "0", "length")}
      for (let i = 0; i < length; i++) {
        const code = ${image}[${this.#codes.readSource(words, ...place(old!.codes), "i")}];
        let j = i;
        for (; j > 0 && ${read("(j - 1)")} > code; j--) { const other = ${read("(j - 1)")}; ${write("j", "other")} }
        ${write("j", "code")}
      }
      for (let i = length; i < ${this.capacity}; i++) ${write("i", "0")}
    }`;
  }

  /** Source of statements that add what a table has for each code to `sum`, in whatever order they are. */
  sumSource(words: string, { count, codes }: { count: Position; codes: Position }, table: string): string {
    const code = this.#codes.readSource(words, String(codes.word), String(codes.shift), "i");
    return `for (let i = 0, n = ${this.#count.readSource(words, String(count.word), String(count.shift), "0")}; i < n; i++)
      sum = (sum + ${table}[${code}]) | 0;`;
  }

  each(words: string, o: string, b: string, body: (code: string) => string): string {
    const read = this.#codes.readSource(words, `${o}.codes`, `${b}.codes`, "i");
    return `for (let i = 0; i < ${this.#length(words, o, b)}; i++) {
      const code = ${read};
      ${body("code")}
    }`;
  }

  between(low: string, high: string, body: (code: string) => string): string {
    return this.each(
      "w",
      "this.o",
      "this.b",
      (code) => `if (${code} >= ${low} && ${code} < ${high}) { ${body(code)} }`,
    );
  }

  noteAll(note: Note): string {
    return `${this.#count.noteAllSource(note, "this.o.count", "this.b.count")}
      ${this.#codes.noteAllSource(note, "this.o.codes", "this.b.codes")}`;
  }

  noteBetween(note: Note): string {
    return this.noteAll(note);
  }

  noteCode(note: Note): string {
    return this.noteAll(note);
  }

  get size(): string {
    return `return ${this.#length("w", "this.o", "this.b")};`;
  }

  has(unit: Unit): string {
    const search = this.each("w", "this.o", "this.b", (other) => `if (${other} === sought) return true;`);
    return `const sought = code; ${this.noteAll(unit.touch)} { ${search} } return false;`;
  }

  get add(): string {
    const read = (i: string): string => this.#codes.readSource("w", "this.o.codes", "this.b.codes", i);
    const write = (i: string, code: string): string =>
      this.#codes.writeSource("this.o.codes", "this.b.codes", i, code);
    return `const n = ${this.#length("w", "this.o", "this.b")};
      let i = n;
      while (i > 0 && ${read("(i - 1)")} > code) i--;
      ${this.#multiple ? "" : `if (i > 0 && ${read("(i - 1)")} === code) return;`}
      if (n === ${this.capacity}) overflow(this.$path, ${this.capacity});
      for (let j = n; j > i; j--) { const moved = ${read("(j - 1)")}; ${write("j", "moved")} }
      ${write("i", "code")}
      const longer = n + 1;
      ${this.#count.writeSource("this.o.count", "this.b.count", "0", "longer")}`;
  }

  get delete(): string {
    const read = (i: string): string => this.#codes.readSource("w", "this.o.codes", "this.b.codes", i);
    const write = (i: string, code: string): string =>
      this.#codes.writeSource("this.o.codes", "this.b.codes", i, code);
    return `const n = ${this.#length("w", "this.o", "this.b")};
      let i = 0;
      while (i < n && ${read("i")} !== code) i++;
      if (i === n) return;
      for (; i + 1 < n; i++) { const moved = ${read("(i + 1)")}; ${write("i", "moved")} }
      ${write("i", "0")}
      const shorter = n - 1;
      ${this.#count.writeSource("this.o.count", "this.b.count", "0", "shorter")}`;
  }

  #length(words: string, o: string, b: string): string {
    return this.#count.readSource(words, `${o}.count`, `${b}.count`, "0");
  }
}
