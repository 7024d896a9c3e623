/** Immutable values of finite domains: integers, node ids, names, flags, options, sequences, subsets. */

import { type AnyType, bitCount, OutOfRange, Scalar, show, type ValueOf } from "./type.ts";
import type { Unit } from "./unit.ts";

/** Integers from `low` to `high`, both included. */
export class RangeType extends Scalar<number> {
  readonly low: number;
  readonly high: number;

  constructor(low: number, high: number, domain = `${low}..${high}`) {
    if (!Number.isInteger(low) || !Number.isInteger(high) || high < low) {
      const missing = [low, high].includes(undefined!)
        ? " (is it a bound that the model does not have?)"
        : "";
      throw new RangeError(`a range needs two integers, the lower first: ${low}..${high}${missing}`);
    }
    super(high - low + 1, domain);
    this.low = low;
    this.high = high;
  }

  encode(value: number, path: string): number {
    if (!Number.isInteger(value) || value < this.low || value > this.high) {
      throw new OutOfRange(path, value, this.domain);
    }
    return value - this.low;
  }

  protected make(code: number): number {
    return code + this.low;
  }

  print(value: number): string {
    return String(value);
  }

  encoderSource(): string {
    const isShort = this.low >= -(2 ** 31) && this.high < 2 ** 31;
    const isInteger = isShort ? "(value | 0) === value" : "Number.isInteger(value)";
    return `return ${isInteger} && value >= ${this.low} && value <= ${this.high} ? value - ${this.low} : -1;`;
  }

  override decoderSource(_unit: Unit, code: string): string {
    return this.low === 0 ? code : `(${code} + ${this.low})`;
  }
}

/** Ids 0 … count−1 of interchangeable nodes, printed `n1` … A type of their own, so that symmetry can permute them. */
export class NodeType extends RangeType {
  readonly prefix: string;

  constructor(count: number, prefix: string) {
    if (!(Number.isInteger(count) && count > 0))
      throw new RangeError(
        `node(${count}) needs a whole number of nodes, at least 1: is it the name of a bound?`,
      );
    super(0, count - 1, `${prefix}1..${prefix}${count} (ids 0..${count - 1})`);
    this.prefix = prefix;
  }

  override print(value: number): string {
    return `${this.prefix}${value + 1}`;
  }
}

/** One of some names; the first is the initial one. */
export class EnumerationType<N extends string> extends Scalar<N> {
  readonly names: readonly N[];

  constructor(names: readonly N[]) {
    super(names.length, names.join(" | "));
    if (names.length === 0 || new Set(names).size < names.length) {
      throw new RangeError(`an enumeration needs one or more different names: ${show(names)}`);
    }
    this.names = names;
  }

  encode(value: N, path: string): number {
    const code = this.names.indexOf(value);
    if (code < 0) throw new OutOfRange(path, value, this.domain);
    return code;
  }

  protected make(code: number): N {
    return this.names[code]!;
  }

  print(value: N): string {
    return value;
  }

  encoderSource(): string {
    const cases = this.names.map((name, code) => `if (value === ${JSON.stringify(name)}) return ${code};`);
    return `${cases.join(" ")} return -1;`;
  }

  override decoderSource(unit: Unit, code: string): string {
    return `${unit.bind(this.names, "names")}[${code}]`;
  }
}

/** Names that mean nothing but being different, so that symmetry can permute them. */
export class InterchangeableType<N extends string> extends EnumerationType<N> {}

export class FlagType extends Scalar<boolean> {
  constructor() {
    super(2, "false | true");
  }

  encode(value: boolean, path: string): number {
    if (typeof value !== "boolean") throw new OutOfRange(path, value, this.domain);
    return value ? 1 : 0;
  }

  protected make(code: number): boolean {
    return code === 1;
  }

  print(value: boolean): string {
    return String(value);
  }

  encoderSource(): string {
    return `return value === true ? 1 : value === false ? 0 : -1;`;
  }

  override decoderSource(_unit: Unit, code: string): string {
    return `(${code} === 1)`;
  }
}

/** `null`, or a value of another type; initially `null`. */
export class OptionType<V> extends Scalar<V | null> {
  readonly some: Scalar<V>;

  constructor(some: Scalar<V>) {
    if (some instanceof OptionType) throw new RangeError("an option of an option: null could be either");
    super(some.size + 1, `null | ${some.domain}`);
    this.some = some;
  }

  encode(value: V | null, path: string): number {
    return value === null ? 0 : 1 + this.some.encode(value, path);
  }

  protected make(code: number): V | null {
    return code === 0 ? null : this.some.decode(code - 1);
  }

  override get inner(): readonly Scalar<unknown>[] {
    return [this.some];
  }

  print(value: V | null): string {
    return value === null ? "none" : this.some.print(value);
  }

  encoderSource(unit: Unit): string {
    return `if (value === null) return 0;
      const code = ${unit.encoder(this.some)}(value);
      return code < 0 ? -1 : 1 + code;`;
  }
}

/** At most `max` values in order, as a frozen array; initially empty. Replace it whole: `s.log = [...s.log, entry]`. */
export class SequenceType<V> extends Scalar<readonly V[]> {
  readonly item: Scalar<V>;
  readonly max: number;
  /** How many sequences are shorter than each length: a code is this count plus the items as digits. */
  readonly #shorter: readonly number[];

  constructor(item: Scalar<V>, max: number) {
    const shorter = [0];
    for (let length = 0; length <= max; length++) shorter.push(shorter[length]! + item.size ** length);
    super(shorter[max + 1]!, `sequences of at most ${max} × ${item.domain}`);
    this.item = item;
    this.max = max;
    this.#shorter = shorter;
  }

  encode(value: readonly V[], path: string): number {
    if (!Array.isArray(value) || value.length > this.max) throw new OutOfRange(path, value, this.domain);
    let digits = 0;
    for (let i = 0; i < value.length; i++) {
      digits = digits * this.item.size + this.item.encode(value[i]!, `${path}[${i}]`);
    }
    return this.#shorter[value.length]! + digits;
  }

  protected make(code: number): readonly V[] {
    let length = 0;
    while (code >= this.#shorter[length + 1]!) length++;
    let digits = code - this.#shorter[length]!;
    const items = new Array<V>(length);
    for (let i = length - 1; i >= 0; i--) {
      items[i] = this.item.decode(digits % this.item.size);
      digits = Math.floor(digits / this.item.size);
    }
    return Object.freeze(items);
  }

  override get inner(): readonly Scalar<unknown>[] {
    return [this.item];
  }

  print(value: readonly V[]): string {
    return `[${value.map((item) => this.item.print(item)).join(", ")}]`;
  }

  encoderSource(unit: Unit): string {
    const shorter = unit.bind(this.#shorter, "shorter");
    return `
      if (!Array.isArray(value) || value.length > ${this.max}) return -1;
      let digits = 0;
      for (let i = 0; i < value.length; i++) {
        const digit = ${unit.encoder(this.item)}(value[i]);
        if (digit < 0) return -1;
        digits = digits * ${this.item.size} + digit;
      }
      return ${shorter}[value.length] + digits;`;
  }
}

/** Subsets of a domain as frozen ascending arrays, those of at least `atLeast` elements. */
export class SubsetType<V> extends Scalar<readonly V[]> {
  readonly of: Scalar<V>;
  /** Bit masks over the codes of the elements, one a subset. */
  readonly #masks: readonly number[];
  readonly #codes: ReadonlyMap<number, number>;

  constructor(of: Scalar<V>, atLeast: number, atMost: number) {
    if (of.size > 16) throw new RangeError(`subsets of ${of.domain}: more than 16 elements are too many`);
    const masks = Array.from({ length: 2 ** of.size }, (_, mask) => mask).filter((mask) => {
      const count = bitCount(mask);
      return count >= atLeast && count <= atMost;
    });
    const domain = `subsets of ${of.domain} with ${atLeast}..${atMost} elements`;
    if (masks.length === 0) throw new RangeError(`${domain}: there is no value`);
    super(masks.length, domain);
    this.of = of;
    this.#masks = masks;
    this.#codes = new Map(masks.map((mask, code) => [mask, code]));
  }

  encode(value: readonly V[], path: string): number {
    if (!Array.isArray(value)) throw new OutOfRange(path, value, this.domain);
    const mask = value.reduce((bits, element) => bits | (1 << this.of.encode(element, path)), 0);
    const code = this.#codes.get(mask);
    if (code === undefined) throw new OutOfRange(path, value, this.domain);
    return code;
  }

  protected make(code: number): readonly V[] {
    const mask = this.#masks[code]!;
    return Object.freeze(this.of.values().filter((_, bit) => (mask >>> bit) & 1));
  }

  override get inner(): readonly Scalar<unknown>[] {
    return [this.of];
  }

  print(value: readonly V[]): string {
    return `{${value.map((element) => this.of.print(element)).join(", ")}}`;
  }

  encoderSource(unit: Unit): string {
    return `
      if (!Array.isArray(value)) return -1;
      let mask = 0;
      for (let i = 0; i < value.length; i++) {
        const bit = ${unit.encoder(this.of)}(value[i]);
        if (bit < 0) return -1;
        mask |= 1 << bit;
      }
      const code = ${unit.bind(this.#codes, "codes")}.get(mask);
      return code === undefined ? -1 : code;`;
  }
}

/** The type as an immutable value, for message fields, options, sequences and sets.  @throws RangeError if it is none. */
export function asScalar<T extends AnyType>(type: T): Scalar<ValueOf<T>> {
  if (type instanceof Scalar) return type as Scalar<ValueOf<T>>;
  const value = (type as { asScalar?(): Scalar<ValueOf<T>> }).asScalar?.();
  if (value === undefined)
    throw new RangeError(
      "a set, list, array or network cannot be a value inside another type: use subset() or sequence()",
    );
  return value;
}
