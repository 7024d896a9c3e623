/**
 * What every type of the schema can be asked. A state is described once, by a tree of types; the packed layout, the
 * accessors that action bodies use, the plain reference implementation and the printer are all answers of that tree.
 *
 * There are two sorts. A {@link Scalar} is an immutable value of a finite domain: it is read and replaced whole, and
 * stored as one small integer, its *code*. A {@link Place} is a part of the state that is changed where it stands.
 */

import type { Unit } from "./unit.ts";

/** A write outside a type's domain. The message names the field, the value and the range. */
export class OutOfRange extends RangeError {
  override readonly name = "OutOfRange";
  constructor(path: string, value: unknown, domain: string) {
    super(`${path}: ${show(value)} is not in ${domain}`);
  }
}

/** A value as it appears in messages, however odd it is. */
export function show(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? String(value));
}

/** A value that is no answer, in words. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (value instanceof Promise) return "a promise";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * The first field of `value` that is none of `names`. The draft of a record says itself which fields it has; a message can
 * be given whole where a record is asked for, so its type is none.
 */
export function strayField(value: object, names: readonly string[]): string | undefined {
  const given = "$fields" in value ? (value.$fields as readonly string[]) : Object.keys(value);
  return given.find((name) => name !== "type" && !names.includes(name));
}

/** A field that is none: of `what`, with the fields that it has. */
export function noField(path: string, name: string, what: string, names: readonly string[]): TypeError {
  const where = path === "" ? "" : `${path}: `;
  return new TypeError(`${where}${name} is not a field of ${what}; it has ${names.join(", ") || "none"}`);
}

/** The error of writing to an array of places. */
export function assigned(path: string): TypeError {
  return new TypeError(`${path}: its elements are changed where they stand, not assigned`);
}

/** The path of a field: `leader.ballot`. */
export function join(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}

/** Where a run of bits begins: an index into the state's words, and a bit of that word. */
export interface Position {
  readonly word: number;
  readonly shift: number;
}

/** Hands out bit positions, in the order of the asking. No run of bits crosses a word unless it begins one. */
export class Allocator {
  /** Whether some run was too long for one word. */
  wide = false;
  readonly #wordBits: number;
  #word = 0;
  #bit = 0;

  /** @param wordBits how many bits of each 32-bit word may be used. */
  constructor(wordBits = 32) {
    this.#wordBits = wordBits;
  }

  /** Words handed out so far, the last one perhaps in part. */
  get words(): number {
    return Math.max(1, this.#word + (this.#bit > 0 ? 1 : 0));
  }

  /** A run of `bits` within one word if it fits there, else whole words from a fresh one on. */
  take(bits: number): Position {
    if (this.#bit > 0 && this.#bit + bits > this.#wordBits) {
      this.#word++;
      this.#bit = 0;
    }
    const position = { word: this.#word, shift: this.#bit };
    this.#bit += bits;
    if (this.#bit > this.#wordBits) {
      this.wide = true;
      this.#word += Math.ceil(this.#bit / 32);
      this.#bit = 0;
    }
    return position;
  }
}

/** Bits that distinguish `count` cases; none are needed for a single one. */
export function bitsFor(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1);
}

/** How many bits of `mask` are set. */
export function bitCount(mask: number): number {
  let count = 0;
  for (let bits = mask; bits !== 0; bits &= bits - 1) count++;
  return count;
}

/** The questions that hold for both sorts. `V` is the value as plain data, `D` what an action body holds. */
export interface Type<V, D = V> {
  /** The value of a fresh state. */
  readonly initial: V;
  /** Reserves the bits; what it returns is handed back to `load`, `store` and the accessors. */
  allocate(space: Allocator): Address;
  load(words: Int32Array, address: Address): V;
  /** @throws OutOfRange naming `path`. */
  store(words: Int32Array, address: Address, value: V, path: string): void;
  /** Sets every bit in `mask` that the type occupies. */
  mark(mask: Int32Array, address: Address): void;
  /** How the value reads in a trace. */
  print(value: V): string;
  /** Never set, like `draft`: they carry the two types for inference. */
  readonly value?: V;
  readonly draft?: D;
}

/** Positions of a type's parts, shaped like the type. */
export type Address = Position | readonly Address[] | { readonly [part: string]: Address };

/** The largest domain that is stored as one code. */
const MAX_CODES = 2 ** 31;
/** Domains up to this size keep their decoded values, so that equal values are the same object. */
const INTERNED = 2 ** 20;

/** An immutable value of a finite domain. */
export abstract class Scalar<V> implements Type<V> {
  declare readonly value?: V;
  declare readonly draft?: V;
  /** How many values there are. */
  readonly size: number;
  /** The domain in words, for messages: `1..3`. */
  readonly domain: string;
  readonly #interned: (V | undefined)[];

  constructor(size: number, domain: string) {
    if (size > MAX_CODES)
      throw new RangeError(`${domain} has ${size} values, more than a single field can hold`);
    this.size = size;
    this.domain = domain;
    this.#interned = size <= INTERNED ? new Array(size) : [];
  }

  get bits(): number {
    return bitsFor(this.size);
  }

  get initial(): V {
    return this.decode(0);
  }

  /** The code of a value, 0 … size−1.  @throws OutOfRange naming `path`. */
  abstract encode(value: V, path: string): number;
  /** Makes the value of a code; {@link decode} keeps it. Compound values are frozen. */
  protected abstract make(code: number): V;
  abstract print(value: V): string;

  /** The types of the values inside the values. */
  get inner(): readonly Scalar<unknown>[] {
    return [];
  }

  /** The value of a code. Compound values of small domains are the same object each time. */
  decode(code: number): V {
    const known = this.#interned[code];
    if (known !== undefined) return known;
    const value = this.make(code);
    if (this.size <= INTERNED) this.#interned[code] = value;
    return value;
  }

  /** Gives up the values that were kept. Values of before and after are equal, and not the same objects. */
  forget(): void {
    this.#interned.fill(undefined);
  }

  /** All values, in the order of their codes. */
  values(): V[] {
    return Array.from({ length: this.size }, (_, code) => this.decode(code));
  }

  allocate(space: Allocator): Address {
    return space.take(this.bits);
  }

  load(words: Int32Array, address: Address): V {
    const { word, shift } = address as Position;
    return this.decode((words[word]! >>> shift) & (2 ** this.bits - 1));
  }

  store(words: Int32Array, address: Address, value: V, path: string): void {
    const { word, shift } = address as Position;
    const mask = (2 ** this.bits - 1) << shift;
    words[word] = (words[word]! & ~mask) | (this.encode(value, path) << shift);
  }

  mark(mask: Int32Array, address: Address): void {
    const { word, shift } = address as Position;
    mask[word]! |= (2 ** this.bits - 1) << shift;
  }

  /** Source of the body of `function (value)` that returns the code, or −1 for a value outside the domain. */
  abstract encoderSource(unit: Unit): string;

  /** Source of an expression that decodes the code `code`, itself a source. */
  decoderSource(unit: Unit, code: string): string {
    const table = unit.bind(this.#interned, "values");
    const type = unit.bind(this, "type");
    const decode = unit.define(
      this.#interned,
      "decode",
      (name) =>
        `function ${name}(code) { const known = ${table}[code]; return known !== undefined ? known : ${type}.decode(code); }`,
    );
    return `${decode}(${code})`;
  }
}

/** A part of the state that is changed where it stands; `D` is its mutable view. */
export abstract class Place<V, D> implements Type<V, D> {
  declare readonly value?: V;
  declare readonly draft?: D;
  abstract readonly initial: V;
  abstract allocate(space: Allocator): Address;
  abstract load(words: Int32Array, address: Address): V;
  abstract store(words: Int32Array, address: Address, value: V, path: string): void;
  abstract mark(mask: Int32Array, address: Address): void;
  abstract print(value: V): string;
  /** The name of a generated function `(path, address)` that makes a view of the unit's words. */
  abstract accessor(unit: Unit): string;
  /** The same view over plain data: slow and obvious, the reference that the generated one is compared with. */
  abstract plain(slot: Slot<V>, path: string): D;
}

/** A variable that holds plain data: how a plain view reaches its part of the state. */
export interface Slot<V> {
  get(): V;
  set(value: V): void;
}

export type AnyType = Scalar<unknown> | Place<unknown, unknown>;
/** The plain value of a type. */
export type ValueOf<T> = T extends { readonly value?: infer V } ? Exclude<V, undefined> : never;
/** What an action body sees of a type. */
export type DraftOf<T> = T extends { readonly draft?: infer D } ? Exclude<D, undefined> : never;
