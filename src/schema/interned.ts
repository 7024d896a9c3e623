/**
 * Values that are not known beforehand: whole logs, trees, the local variables of a program. Each is stored as a number
 * handed out when it first appears, so a large part of a state takes a few bits and equal parts are stored once.
 */

import { requireJson } from "./json.ts";
import { OutOfRange, Scalar } from "./type.ts";
import type { Unit } from "./unit.ts";
import type { NodeType } from "./values.ts";

/** Characters of JSON text that all values of one dictionary can take. */
const TEXT = 2 ** 28;
const LOCKED = 0;
const COUNT = 1;
const LENGTH = 2;
const HEADER = 4;

/** No more text fits into a dictionary. */
export class DictionaryFull extends Error {
  override readonly name = "DictionaryFull";
}

/** A model's function that renames ids in a value threw. */
export class BrokenRename extends Error {
  override readonly name = "BrokenRename";

  constructor(value: unknown, cause: unknown) {
    super(`\`rename\` of ${JSON.stringify(value)} threw ${String(cause)}`, { cause });
  }
}

/** Texts by number, shared by all workers of a run. */
export class Dictionary {
  readonly buffer: SharedArrayBuffer;
  readonly #capacity: number;
  readonly #control: Int32Array;
  /** Where each text ends. */
  readonly #ends: Int32Array;
  /** Open addressing by hash: number + 1, or 0 where empty. */
  readonly #index: Int32Array;
  readonly #text: Uint16Array;

  /** @param characters of all texts together, at the most. */
  constructor(capacity: number, buffer?: SharedArrayBuffer, characters: number = TEXT) {
    const slots = 2 ** Math.ceil(Math.log2(capacity * 2));
    const textStart = (HEADER + capacity + slots) * 4;
    this.buffer = buffer ?? new SharedArrayBuffer(textStart + characters * 2);
    this.#capacity = capacity;
    this.#control = new Int32Array(this.buffer, 0, HEADER);
    this.#ends = new Int32Array(this.buffer, HEADER * 4, capacity);
    this.#index = new Int32Array(this.buffer, (HEADER + capacity) * 4, slots);
    this.#text = new Uint16Array(this.buffer, textStart);
  }

  get size(): number {
    return Atomics.load(this.#control, COUNT);
  }

  /** Characters of all texts. */
  get length(): number {
    return Atomics.load(this.#control, LENGTH);
  }

  /** Where the first `count` texts end, and their `length` characters; these never change once they are written. */
  written(count: number, length: number): [ends: Int32Array, text: Uint16Array] {
    return [this.#ends.subarray(0, count), this.#text.subarray(0, length)];
  }

  /** Takes `count` texts of `length` characters for its own, after they were written to {@link written}. */
  refill(count: number, length: number): void {
    this.#control[COUNT] = count;
    this.#control[LENGTH] = length;
    this.#index.fill(0);
    for (let number = 0; number < count; number++) {
      let at = hash(this.textOf(number)) & (this.#index.length - 1);
      while (this.#index[at] !== 0) at = (at + 1) & (this.#index.length - 1);
      this.#index[at] = number + 1;
    }
  }

  /** What its texts take. */
  get bytes(): number {
    return this.length * 2 + this.size * 12;
  }

  /**
   * The number of a text, a new one if it was not seen before; `undefined` when there are as many as there can be.
   * @throws DictionaryFull
   */
  numberOf(text: string): number | undefined {
    while (Atomics.compareExchange(this.#control, LOCKED, 0, 1) !== 0)
      Atomics.wait(this.#control, LOCKED, 1, 1);
    try {
      const mask = this.#index.length - 1;
      let at = hash(text) & mask;
      for (; this.#index[at] !== 0; at = (at + 1) & mask) {
        const number = this.#index[at]! - 1;
        if (this.textOf(number) === text) return number;
      }
      return this.#add(text, at);
    } finally {
      Atomics.store(this.#control, LOCKED, 0);
      Atomics.notify(this.#control, LOCKED, 1);
    }
  }

  /** Characters of a text. */
  lengthOf(number: number): number {
    return this.#ends[number]! - this.#startOf(number);
  }

  textOf(number: number): string {
    const codes = this.#text.subarray(this.#startOf(number), this.#ends[number]!);
    let text = "";
    for (let i = 0; i < codes.length; i += 4096) text += String.fromCharCode(...codes.subarray(i, i + 4096));
    return text;
  }

  #startOf(number: number): number {
    return number === 0 ? 0 : this.#ends[number - 1]!;
  }

  #add(text: string, at: number): number | undefined {
    const number = this.#control[COUNT]!;
    const start = this.#control[LENGTH]!;
    if (number === this.#capacity) return undefined;
    if (start + text.length > this.#text.length) throw new DictionaryFull("there is no room for more values");
    for (let i = 0; i < text.length; i++) this.#text[start + i] = text.charCodeAt(i);
    this.#ends[number] = this.#control[LENGTH] = start + text.length;
    this.#index[at] = number + 1;
    Atomics.store(this.#control, COUNT, number + 1);
    return number;
  }
}

function hash(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 15;
  return Math.imul(h, 0x85ebca6b) ^ (h >>> 13);
}

/** Interchangeable ids in the values of an interned type. */
export interface IdsWithin<V> {
  readonly of: NodeType;
  /** The value with id i replaced by `image[i]` wherever it stands; as the model itself would write it. */
  rename(value: V, image: readonly number[]): V;
}

/** Any plain value; at most `capacity` different ones in a run. A value that was stored is frozen. */
export class InternedType<V> extends Scalar<V> {
  readonly #first: V;
  #dictionary: Dictionary;
  readonly #numbers = new Map<string, number>();
  /** Numbers of values that were met before as the same object. */
  #known = new WeakMap<object, number>();
  readonly #show: (value: V) => string;
  /** The ids within, if they can be renamed: without it they are not seen. */
  readonly ids: IdsWithin<V> | undefined;
  /** By renaming and number: the number of the value renamed. */
  readonly #images = new Map<string, (number | undefined)[]>();
  /** By number, what decides on the order of values. */
  readonly #hashes: (number | undefined)[] = [];

  constructor(first: V, capacity: number, print: (value: V) => string, ids?: IdsWithin<V>) {
    super(capacity, `at most ${capacity} different values`);
    this.#first = first;
    this.#show = print;
    this.ids = ids;
    this.#dictionary = new Dictionary(capacity);
    this.encode(first, "");
  }

  /** The shared part; a worker adopts the buffer of that of the run it takes part in. */
  get dictionary(): Dictionary {
    return this.#dictionary;
  }

  adopt(buffer: SharedArrayBuffer): void {
    this.#dictionary = new Dictionary(this.size, buffer);
  }

  /** Takes values for its own that were written to its dictionary; all numbers are others from now on. */
  refill(count: number, length: number): void {
    this.#dictionary.refill(count, length);
    this.forget();
    this.#known = new WeakMap();
    for (const images of this.#images.values()) images.length = 0;
    this.#hashes.length = 0;
  }

  override forget(): void {
    super.forget();
    this.#numbers.clear();
  }

  override get initial(): V {
    return this.#first;
  }

  encode(value: V, path: string): number {
    const number = this.numberOf(value);
    if (number < 0) throw new OutOfRange(path, "one more value", this.domain);
    return number;
  }

  /** The number of a value; −1 if it is new and there is no room for it. */
  numberOf(value: V): number {
    const known = isObject(value) ? this.#known.get(value) : undefined;
    if (known !== undefined) return known;
    requireJson(value, "the value");
    const text = JSON.stringify(value);
    const number = this.#numbers.get(text) ?? this.#dictionary.numberOf(text);
    if (number === undefined) return -1;
    this.#numbers.set(text, number);
    if (isObject(value)) this.#known.set(freeze(value), number);
    return number;
  }

  /** Characters of the text of a value that was stored. */
  lengthOf(value: V): number {
    return this.#dictionary.lengthOf(this.numberOf(value));
  }

  protected make(number: number): V {
    const value = JSON.parse(this.#dictionary.textOf(number)) as V;
    if (isObject(value)) this.#known.set(freeze(value), number);
    return value;
  }

  /** What becomes of numbers where ids are renamed; only for a type with {@link ids}. Made once for each renaming. */
  renaming(image: readonly number[]): (number: number) => number {
    const known = this.#images.get(image.join()) ?? [];
    this.#images.set(image.join(), known);
    return (number) => {
      known[number] ??= this.encode(this.#renamed(this.decode(number), image), "");
      return known[number];
    };
  }

  #renamed(value: V, image: readonly number[]): V {
    try {
      return this.ids!.rename(value, image);
    } catch (error) {
      throw new BrokenRename(value, error);
    }
  }

  /** Compares two values by their numbers, in an order that does not depend on which was numbered first. */
  compare(a: number, b: number): number {
    if (a === b) return 0;
    const [one, other] = [this.#hashOf(a), this.#hashOf(b)];
    if (one !== other) return one - other;
    return this.#dictionary.textOf(a) < this.#dictionary.textOf(b) ? -1 : 1;
  }

  #hashOf(number: number): number {
    this.#hashes[number] ??= hash(this.#dictionary.textOf(number));
    return this.#hashes[number];
  }

  encoderSource(unit: Unit): string {
    return `return ${unit.bind(this, "type")}.numberOf(value);`;
  }

  print(value: V): string {
    return this.#show(value);
  }
}

/** Freezes a plain value to its leaves. */
function freeze<V extends object>(value: V): V {
  for (const part of Object.values(value)) if (isObject(part)) freeze(part);
  return Object.freeze(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
