/** How moves depend on each other, by what their footprints have in common. */

import type { Position } from "../schema/type.ts";
import type { Moves } from "./moves.ts";

/** A set of moves, one bit each. */
export type MoveSet = Int32Array;

export function has(set: MoveSet, move: number): boolean {
  return ((set[move >> 5]! >>> (move & 31)) & 1) === 1;
}

export function add(set: MoveSet, move: number): void {
  set[move >> 5]! |= 1 << move;
}

/** For each move, the others whose steps can make a difference to it. */
export class Dependence {
  readonly #moves: Moves;
  readonly #words: number;
  /** Moves by the bits that they read, have to have or draw from, write, and add. */
  readonly #looking: readonly MoveSet[];
  readonly #reading: readonly MoveSet[];
  readonly #writing: readonly MoveSet[];
  readonly #adding: readonly MoveSet[];

  constructor(moves: Moves, words: number) {
    this.#moves = moves;
    this.#words = words;
    const { read, wrote, added } = moves.footprints;
    this.#reading = this.#byBit((move) => this.#bits(read, move));
    this.#writing = this.#byBit((move) => this.#bits(wrote, move));
    this.#adding = this.#byBit((move) => this.#bits(added, move));
    this.#looking = this.#byBit((move) => this.#conditions(move));
  }

  /** Moves whose order with a move can matter. Adding to a set commutes with adding, and with what needs an element. */
  rivals(move: number): MoveSet {
    const { wrote, added } = this.#moves.footprints;
    const others = this.#disturbing(move);
    for (const touching of [this.#reading, this.#writing, this.#adding, this.#looking])
      this.#unite(others, touching, this.#bits(wrote, move));
    this.#unite(others, this.#reading, this.#bits(added, move));
    return without(others, move);
  }

  /** Moves that can make a difference to a move that is not enabled, or changes nothing. */
  wakers(move: number): MoveSet {
    const others = this.#disturbing(move);
    this.#unite(others, this.#adding, this.#moves.moves[move]!.draws);
    return without(others, move);
  }

  /** Moves that can set a bit. */
  suppliers({ word, shift }: Position): MoveSet {
    const at = 32 * word + shift;
    return this.#writing[at]!.map((moves, i) => moves | this.#adding[at]![i]!);
  }

  /** Whether no move writes these bits but by adding. */
  takesNone(mask: Int32Array): boolean {
    return this.#moves.footprints.wrote.every((bits, i) => (bits & mask[i % this.#words]!) === 0);
  }

  /** Moves that write what a move touches or depends on, or add to what it reads. */
  #disturbing(move: number): MoveSet {
    const { read, wrote, added } = this.#moves.footprints;
    const others = this.#none();
    for (const bits of [read, wrote, added].map((prints) => this.#bits(prints, move)))
      this.#unite(others, this.#writing, bits);
    this.#unite(others, this.#writing, this.#conditions(move));
    this.#unite(others, this.#adding, this.#bits(read, move));
    return others;
  }

  #bits(prints: Int32Array, move: number): Int32Array {
    return prints.subarray(move * this.#words, (move + 1) * this.#words);
  }

  /** Bits that a move needs or draws from. */
  #conditions(move: number): Int32Array {
    const { needs, draws } = this.#moves.moves[move]!;
    const bits = draws.slice();
    for (const { word, shift } of needs) bits[word]! |= 1 << shift;
    return bits;
  }

  #none(): MoveSet {
    return new Int32Array(Math.ceil(this.#moves.moves.length / 32));
  }

  #byBit(bitsOf: (move: number) => Int32Array): MoveSet[] {
    const moves = Array.from({ length: 32 * this.#words }, () => this.#none());
    for (const move of this.#moves.moves.keys())
      for (const bit of bitsIn(bitsOf(move))) add(moves[bit]!, move);
    return moves;
  }

  /** Adds those of `moves` that are kept for one of `bits` to `set`. */
  #unite(set: MoveSet, moves: readonly MoveSet[], bits: Int32Array): void {
    for (const bit of bitsIn(bits)) for (let i = 0; i < set.length; i++) set[i]! |= moves[bit]![i]!;
  }
}

function without(set: MoveSet, move: number): MoveSet {
  set[move >> 5]! &= ~(1 << move);
  return set;
}

function* bitsIn(words: Int32Array): Generator<number> {
  for (const [word, bits] of words.entries()) {
    for (let left = bits; left !== 0; left &= left - 1) yield 32 * word + 31 - Math.clz32(left & -left);
  }
}
