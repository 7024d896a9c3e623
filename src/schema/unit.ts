/**
 * A unit of generated code: constants bound by name and definitions made once. The accessors of a state's types are
 * generated because constants in the source (word indices, masks, ranges) are what makes them as fast as hand-written
 * bit twiddling; everything that is not hot stays ordinary code.
 *
 * Names that every unit may use: `w` the words of the state in hand, `bitCount(mask)`, and some that throw:
 * `refuse(type, value, path)`, `overflow(path, capacity)`, `missing(path, type, value)`, `unmatched(path)`, `readonly()` and `choosing()`. `join(path, field)` names a
 * field; `checks` is what is looked at; `strict` is behind drafts. Where bits are noted, `read`, `wrote` and `added` are the words of those read and written so far.
 */

import { strict } from "./strict.ts";
import { assigned, bitCount, join, OutOfRange, type Scalar } from "./type.ts";

/** Words of bits that accessors note. Whoever has them may clear them at any time. */
export interface Notes {
  /** Bits read. */
  readonly read: Int32Array;
  /** Called instead with the word and the bits of it that are about to be read; it may throw. */
  readonly look?: (word: number, mask: number) => void;
  /** Bits written, whether or not that changed them; without these, accessors refuse writes. */
  readonly written?: {
    readonly wrote: Int32Array;
    /** Bits set by adding to a set, which commutes with other adding. */
    readonly added: Int32Array;
  };
}

/** Source of a note about the bits `mask` of word `word`. */
export type Note = (word: string, mask: string) => string;

/** The sources of a method that writes. */
interface Write {
  readonly prepare?: string;
  /** What is written. */
  readonly note: (note: Note) => string;
  readonly write: string;
  /** `added` if it only puts something into a set. */
  readonly kind?: "wrote" | "added";
}

export class Unit {
  /** What accessors look at that takes time, until it is switched off: whether messages have names that are no fields. */
  readonly checks = { names: true };
  readonly #length: number;
  readonly #notes: Notes | undefined;
  readonly #constants = new Map<unknown, string>();
  readonly #definitions = new Map<object, string>();
  readonly #source: string[] = [];
  readonly #guarded: { readonly path: string; readonly array: unknown[]; readonly parts: unknown[] }[] = [];
  #fresh = 0;

  constructor(words: Int32Array, notes?: Notes) {
    this.#length = words.length;
    this.#notes = notes;
    this.#constants.set(words, "w").set(this.checks, "checks").set(strict, "strict");
    if (notes) this.#constants.set(notes.read, "read");
    if (notes?.look) this.#constants.set(notes.look, "look");
    if (notes?.written) this.#constants.set(notes.written.wrote, "wrote").set(notes.written.added, "added");
    for (const known of [bitCount, refuse, overflow, missing, unmatched, readonly, choosing, join])
      this.#constants.set(known, known.name);
  }

  /** A variable name that nothing else in the unit uses. */
  fresh(hint: string): string {
    return `${hint.replaceAll(/\W/g, "_")}_${this.#fresh++}`;
  }

  /** The name by which generated code reaches `value`. */
  bind(value: object, hint: string): string {
    const known = this.#constants.get(value);
    if (known !== undefined) return known;
    const name = `${hint}$${this.#constants.size}`;
    this.#constants.set(value, name);
    return name;
  }

  /** Adds a definition once per `key` and returns its name. */
  define(key: object, hint: string, source: (name: string) => string): string {
    const known = this.#definitions.get(key);
    if (known !== undefined) return known;
    const name = `${hint.replaceAll(/\W/g, "_")}$$${this.#definitions.size}`;
    this.#definitions.set(key, name);
    const text = source(name);
    this.#source.push(text);
    return name;
  }

  /** The name of a function `(value)` that gives a value's code, −1 outside the domain. */
  encoder<V>(type: Scalar<V>): string {
    return this.define(type, "encode", (name) => `function ${name}(value) { ${type.encoderSource(this)} }`);
  }

  /** Statements that declare `code` as that of `value`, or refuse it at `path`; both are sources. */
  encode<V>(type: Scalar<V>, code: string, value: string, path: string): string {
    const outside = `if (${code} < 0) refuse(${this.bind(type, "type")}, ${value}, ${path});`;
    return `const ${code} = ${this.encoder(type)}(${value}); ${outside}`;
  }

  /** Notes that the bits `mask` of word `word` are read, where that is noted. */
  readonly touch: Note = (word, mask) => {
    if (this.#notes?.look) return `look(${word}, ${mask});`;
    return this.#notes ? `read[${word}] |= ${mask};` : "";
  };

  /**
   * The statements of a method that writes, refused to those that only look: `prepare` makes what `note` (where that is
   * asked for) and `write` need.
   */
  writes({ prepare = "", note, write, kind = "wrote" }: Write): string {
    if (this.#notes === undefined) return `${prepare} ${write}`;
    if (this.#notes.written === undefined) return "readonly();";
    return `${prepare} ${note((word, mask) => `${kind}[${word}] |= ${mask};`)} ${write}`;
  }

  /** Source that refuses what a function which only chooses wrote: `w` is to be as the words called `before` are. */
  unwritten(before: string): string {
    const changed = Array.from({ length: this.#length }, (_, i) => `w[${i}] !== ${before}[${i}]`);
    return `if (${changed.join(" || ")}) choosing();`;
  }

  /** Takes care that `array`, made of drafts, keeps them. Reading a frozen array is slow: one to write with is looked after. */
  readonly guard = (path: string, array: unknown[]): readonly unknown[] => {
    if (this.#notes && !this.#notes.written) return Object.freeze(array);
    this.#guarded.push({ path, array, parts: [...array] });
    return array;
  };

  /** @throws TypeError if a guarded array does not hold what it held. */
  readonly checkGuarded = (): void => {
    for (const { path, array, parts } of this.#guarded) {
      if (array.length !== parts.length || parts.some((part, i) => part !== array[i])) throw assigned(path);
    }
  };

  /** Evaluates `expression` with all definitions in scope. */
  evaluate<T>(expression: string): T {
    const source = `"use strict";\n${this.#source.join("\n")}\nreturn ${expression};`;
    return new Function(...this.#constants.values(), source)(...this.#constants.keys()) as T;
  }
}

function refuse(type: Scalar<unknown>, value: unknown, path: string): never {
  type.encode(value, path);
  throw new OutOfRange(path, value, type.domain);
}

export function overflow(path: string, capacity: number): never {
  throw new OutOfRange(path, "one more element", `its capacity of ${capacity}; give it a larger one`);
}

export function missing<V>(path: string, type: Scalar<V>, value: V): never {
  throw new TypeError(`${path}: no copy of ${type.print(value)} is in flight`);
}

export function unmatched(path: string): never {
  throw new TypeError(`${path}: only records and messages can be matched by their fields`);
}

/** @throws TypeError since a function that chooses parameters wrote to the state */
export function choosing(): never {
  throw new TypeError("`where` and `chosen` only look: write to the state in the body");
}

function readonly(): never {
  throw new TypeError("a property only looks: write to the state in actions");
}
