/**
 * Sets of values, and bags (multisets). A small domain is stored as one bit an element; a large one, when the model
 * says how many elements there can be at most, as that many codes in ascending order, so that equal sets are equal bits.
 */

import { RecordValueType } from "./record-values.ts";
import { Bits, SortedCodes, type Storage } from "./set-storage.ts";
import { asDraft } from "./strict.ts";
import { type Address, type Allocator, Place, type Position, type Scalar, type Slot } from "./type.ts";
import { missing, type Note, overflow, type Unit, unmatched } from "./unit.ts";

/** What can be asked of a set in the state. In a bag every copy is an element. */
export interface Elements<V> {
  readonly size: number;
  has(value: V): boolean;
  some(test: (value: V) => boolean): boolean;
  every(test: (value: V) => boolean): boolean;
  find(test: (value: V) => boolean): V | undefined;
  count(test: (value: V) => boolean): number;
  /**
   * The first element with the given fields, if the elements are records or messages: `sent.promise.match({ ballot })`.
   * Quickest where the fields given are the first ones declared.
   */
  match(fields: Partial<V>): V | undefined;
  /** The elements in the order of the domain. */
  values(): V[];
}

/** A set that a body may change; adding what is there and deleting what is not change nothing. */
export interface SetDraft<V> extends Elements<V> {
  add(value: V): void;
  delete(value: V): void;
  clear(): void;
}

/** The set of messages ever sent: loss, duplication, reordering and delay need no steps of their own. */
export interface Sent<V> extends Elements<V> {
  has(message: V | Sendable<V>): boolean;
  send(message: Sendable<V>): void;
}

/** A bag of messages in flight: each `send` adds one copy, each `take` removes one. */
export interface Bag<V> extends Elements<V> {
  has(message: V | Sendable<V>): boolean;
  send(message: Sendable<V>): void;
  /** Removes one copy.  @throws TypeError if there is none */
  take(message: V | Sendable<V>): void;
}

/** A message as it is named where its type is known. */
export type Sendable<V> = Omit<V, "type">;

export interface SetOptions {
  /** The most elements the set ever holds; needed where the domain is large. Exceeding it is an error, not a loss. */
  readonly capacity?: number;
}

/** Domains beyond this many elements need a capacity. */
const DENSE = 1024;

/** A set, a set of messages, or a bag, by the methods that its draft `D` offers. */
export class SetPlace<V, D extends Elements<V>> extends Place<readonly V[], D> {
  readonly item: Scalar<V>;
  readonly isBag: boolean;
  readonly #storage: Storage;

  constructor(item: Scalar<V>, { capacity, isBag = false }: SetOptions & { isBag?: boolean }) {
    super();
    this.item = item;
    this.isBag = isBag;
    this.#storage = chooseStorage(item, capacity, isBag);
  }

  /** The most elements there can be. */
  get capacity(): number {
    return this.#storage.capacity;
  }

  get initial(): readonly V[] {
    return [];
  }

  allocate(space: Allocator): Address {
    return this.#storage.allocate(space);
  }

  load(words: Int32Array, address: Address): readonly V[] {
    return this.#storage.codes(words, address).map((code) => this.item.decode(code));
  }

  store(words: Int32Array, address: Address, value: readonly V[], path: string): void {
    const codes = value.map((element) => this.item.encode(element, path));
    this.#storage.fill(words, address, codes, path);
  }

  mark(mask: Int32Array, address: Address): void {
    this.#storage.mark(mask, address);
  }

  print(value: readonly V[]): string {
    return `{${value.map((element) => this.item.print(element)).join(", ")}}`;
  }

  /** The bit that says whether the element with `code` is in the set, if it has one of its own. */
  bitOf(address: Address, code: number): Position | undefined {
    return this.#storage instanceof Bits ? this.#storage.at(address as Position, code) : undefined;
  }

  /** The codes of the elements, where they have no bits of their own. */
  get sparse(): SortedCodes | undefined {
    return this.#storage instanceof SortedCodes ? this.#storage : undefined;
  }

  /** Source of a loop over the different elements in `words`, for drawing a step's parameter from them. */
  loopSource(unit: Unit, words: string, address: Address, body: (code: string) => string): string {
    const at = isPosition(address) ? address : (address as { readonly [part: string]: Position });
    if (isPosition(at)) return this.#storage.each(words, String(at.word), String(at.shift), body);
    const o = unit.bind({ count: at.count!.word, codes: at.codes!.word }, "words");
    const b = unit.bind({ count: at.count!.shift, codes: at.codes!.shift }, "shifts");
    if (!this.isBag) return this.#storage.each(words, o, b, body);
    // Copies stand side by side.
    const previous = unit.fresh("previous");
    const unlessCopy = (code: string): string =>
      `if (${code} !== ${previous}) { ${previous} = ${code}; ${body(code)} }`;
    return `let ${previous} = -1; ${this.#storage.each(words, o, b, unlessCopy)}`;
  }

  accessor(unit: Unit): string {
    const storage = this.#storage;
    const decode = (code: string): string => this.item.decoderSource(unit, code);
    const encode = unit.encode(this.item, "code", "value", "this.$path");
    const each = (body: (code: string) => string): string =>
      `${storage.noteAll(unit.touch)} ${storage.each("w", "this.o", "this.b", body)}`;
    const note = (note: Note): string => storage.noteCode(note);
    const [add, remove] = this.isBag ? ["send", "take"] : ["add", "delete"];
    const absent = `missing(this.$path, ${unit.bind(this.item, "type")}, value);`;
    const unlessMissing = this.isBag ? `if (!this.has(value)) ${absent}` : "";
    return unit.define(
      this,
      "set",
      (name) => `class ${name}$Class {
        constructor(path, address) {
          this.$path = path;
          if (address.word === undefined) {
            this.o = { count: address.count.word, codes: address.codes.word };
            this.b = { count: address.count.shift, codes: address.codes.shift };
          } else {
            this.o = address.word;
            this.b = address.shift;
          }
          Object.preventExtensions(this);
        }
        get size() { ${storage.noteAll(unit.touch)} ${storage.size} }
        has(value) { ${encode} ${storage.has(unit)} }
        some(test) { ${each((code) => `if (test(${decode(code)})) return true;`)} return false; }
        every(test) { ${each((code) => `if (!test(${decode(code)})) return false;`)} return true; }
        find(test) { ${each((code) => `{ const value = ${decode(code)}; if (test(value)) return value; }`)} return undefined; }
        count(test) { let count = 0; ${each((code) => `if (test(${decode(code)})) count++;`)} return count; }
        match(fields) { ${this.#matchSource(unit)} }
        $checkNames(fields) { ${this.#checkNamesSource(unit)} }
        values() { const values = []; ${each((code) => `values.push(${decode(code)});`)} return values; }
        ${add}(value) { ${unit.writes({ prepare: encode, note, write: storage.add, kind: storage instanceof Bits ? "added" : "wrote" })} }
        ${remove}(value) { ${unit.writes({ prepare: encode, note, write: unlessMissing + storage.delete })} }
        clear() { ${unit.writes({ note: () => "", write: `for (const value of this.values()) this.${remove}(value);` })} }
      }
      ${name}$Class.prototype.send = ${name}$Class.prototype.${add};
      Object.setPrototypeOf(${name}$Class.prototype, strict);
      function ${name}(path, address) { return new ${name}$Class(path, address); }`,
    );
  }

  /** The leading fields given make a range of codes; the others are compared as digits of each code in it. */
  #matchSource(unit: Unit): string {
    const { item } = this;
    if (!(item instanceof RecordValueType)) return "unmatched(this.$path);";
    const places = item.fields.map(([name, type], i) => {
      const given = `fields[${JSON.stringify(name)}]`;
      const weight = item.fields.slice(i + 1).reduce((product, [, { size }]) => product * size, 1);
      return { name, type, given, sought: `sought${i}`, weight };
    });
    const encode = places.map(({ name, type, given, sought }) => {
      const path = `join(this.$path, ${JSON.stringify(name)})`;
      return `let ${sought} = -1;
        if (${given} !== undefined) { ${unit.encode(type, "code", given, path)} ${sought} = code; }`;
    });
    const narrow = places.reduceRight(
      (inner, { sought, weight }) =>
        `if (${sought} >= 0) { low += ${sought} * ${weight}; high = low + ${weight}; ${inner} }`,
      "",
    );
    const others = places.slice(1).map(({ type, sought, weight }) => {
      return `(${sought} < 0 || ((found / ${weight}) | 0) % ${type.size} === ${sought})`;
    });
    const test = (element: string): string =>
      `{ const found = ${element}; if (${others.join(" && ") || "true"}) return ${item.decoderSource(unit, "found")}; }`;
    return `if (checks.names) this.$checkNames(fields);
      ${encode.join(" ")}
      let low = 0, high = ${item.size};
      ${narrow}
      ${this.#storage.noteBetween(unit.touch, "low", "high")}
      ${this.#storage.between("low", "high", test)}
      return undefined;`;
  }

  /** Where the names are not those of the fields given, something is wrong with them, or they are a draft's. */
  #checkNamesSource(unit: Unit): string {
    const { item } = this;
    if (!(item instanceof RecordValueType)) return "";
    const isGiven = item.fields.map(([name]) => `(fields[${JSON.stringify(name)}] !== undefined)`);
    const given = [`("type" in fields && fields.type === ${JSON.stringify(item.tag)})`, ...isGiven].join(
      " + ",
    );
    return `let names = 0;
      for (const name in fields) names++;
      if (names !== ${given}) ${unit.bind(item, "type")}.encodePattern(fields, this.$path);`;
  }

  plain(slot: Slot<readonly V[]>, path: string): D {
    const code = (value: V): number => this.item.encode(value, path);
    const position = (value: V): number => {
      const sought = code(value);
      return slot.get().findIndex((element) => code(element) === sought);
    };
    const has = (value: V): boolean => position(value) >= 0;
    const insert = (value: V): void => {
      if (!this.isBag && has(value)) return;
      const element = this.item.decode(code(value));
      const elements = [...slot.get(), element].sort((a, b) => code(a) - code(b));
      if (elements.length > this.#storage.capacity) overflow(path, this.#storage.capacity);
      slot.set(elements);
    };
    const remove = (value: V): void => {
      const i = position(value);
      if (i < 0 && this.isBag) missing(path, this.item, value);
      if (i >= 0) slot.set(slot.get().toSpliced(i, 1));
    };
    const send = (message: Sendable<V>): void => insert(message as V);
    const changes = this.isBag ? { send, take: remove } : { add: insert, send, delete: remove };
    const draft: Elements<V> = {
      get size() {
        return slot.get().length;
      },
      has,
      some: (test) => slot.get().some((value) => test(value)),
      every: (test) => slot.get().every((value) => test(value)),
      find: (test) => slot.get().find((value) => test(value)),
      count: (test) => slot.get().filter((value) => test(value)).length,
      match: (fields) => {
        if (!(this.item instanceof RecordValueType)) unmatched(path);
        const { item } = this;
        const sought = item.encodePattern(fields, path);
        const fits = (value: V): boolean =>
          item
            .encodePattern(value as object, "")
            .every((code, i) => sought[i] === undefined || code === sought[i]);
        return slot.get().find(fits);
      },
      values: () => [...slot.get()],
    };
    const whole = Object.assign(draft, changes, { clear: () => slot.set([]) });
    return asDraft(whole, path) as unknown as D;
  }
}

function chooseStorage(item: Scalar<unknown>, capacity: number | undefined, isBag: boolean): Storage {
  if (capacity === undefined) {
    if (!isBag && item.size <= DENSE) return new Bits(item.size);
    const need = isBag ? "a bag" : `a set over ${item.size} values (${item.domain})`;
    throw new RangeError(`${need} needs a capacity: the most elements it ever holds`);
  }
  const sorted = new SortedCodes(item.size, capacity, isBag);
  return !isBag && item.size <= sorted.bits ? new Bits(item.size) : sorted;
}

function isPosition(address: Address): address is Position {
  return "word" in (address as object) && typeof (address as Position).word === "number";
}
