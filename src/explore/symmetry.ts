/**
 * Symmetry: of all states that differ only in which interchangeable id is which, one stands for all.
 *
 * The ids of one group are sorted by their keys, and where that leaves a choice, or there are more groups, all that is
 * left is tried and the least state taken. Ids are exchanged with their neighbours only, so that the few exchanges that
 * a step makes necessary are all that is paid for.
 */

import type { Instance } from "../model/instance.ts";
import { type Digest, type Exchange, exchangeOf, keysOf, type Move, type Piece } from "../schema/exchange.ts";
import { InternedType } from "../schema/interned.ts";
import { part, RecordPlace } from "../schema/record.ts";
import { type Sort, sortsOf } from "../schema/renaming.ts";
import type { Address, AnyType, Position } from "../schema/type.ts";
import { Unit } from "../schema/unit.ts";

/** Ids of one sort that are interchangeable with each other: `size` of them from `first` on. */
export interface IdGroup {
  readonly sort: string;
  readonly first: number;
  readonly size: number;
}

/** Renamings of all groups but the largest are tried one by one, up to this many; groups beyond that are left alone. */
const MOST_RENAMINGS = 720;
/** Ids without keys that can be taken for interchangeable: they have as many orders. */
const MOST_UNSORTED = 6;

/** All ids of every sort that a model's states have. */
export function allGroups(instance: Instance): IdGroup[] {
  return sortsOf(instance.root).map(({ name, size }) => ({ sort: name, first: 0, size }));
}

/** The ids of a group as they are printed. */
export function namesOf(instance: Instance, { sort, first, size }: IdGroup): string[] {
  const { print } = sortNamed(instance, sort);
  return Array.from({ length: size }, (_, i) => print(first + i));
}

/** Of ids that states say nothing about by themselves, all orders are tried: as many of them as that is possible for. */
export function sortable(instance: Instance, group: IdGroup): IdGroup {
  const { root, address, words } = instance;
  const { pieces } = keysOf(root, address, sortNamed(instance, group.sort), words);
  return pieces[group.first]!.length > 0 ? group : { ...group, size: Math.min(group.size, MOST_UNSORTED) };
}

/** The groups that are worth and possible to be used together, the largest first. */
export function affordable(groups: readonly IdGroup[]): IdGroup[] {
  const [largest, ...others] = groups.filter(({ size }) => size > 1).toSorted((a, b) => b.size - a.size);
  if (largest === undefined) return [];
  let renamings = 1;
  const tried = others.filter(({ size }) => {
    const more = renamings * factorial(size);
    if (more > MOST_RENAMINGS) return false;
    renamings = more;
    return true;
  });
  return [largest, ...tried];
}

/** Replaces states by those that stand for them. */
export class Canonicalizer {
  /** Exchanges of neighbours in all groups; each changes the words in hand. */
  readonly exchanges: readonly (() => void)[];
  /** The exchanges, by number, that led from the state given last to the one that stands for it, if they are wanted. */
  trail: number[] | undefined;
  readonly #words: Int32Array;
  readonly #sorted: Sorter | undefined;
  /** Exchanges that bring about, one after the other, all renamings of the groups that are not sorted. */
  readonly #tour: readonly number[];
  readonly #interned: readonly Interned[];
  readonly #least: Int32Array;
  readonly #kept: Int32Array;
  #leastTrail: number[] = [];
  #isFirst = true;

  /** Works on `words`, in place. */
  constructor(instance: Instance, words: Int32Array, groups: readonly IdGroup[]) {
    this.#words = words;
    const exchanges: (() => void)[] = [];
    let tour: number[] = [];
    for (const [i, group] of groups.entries()) {
      const sorter = new Sorter(instance, words, group, exchanges.length);
      if (i === 0) this.#sorted = sorter;
      // After each change of this group, those before it take all their orders again.
      else tour = [...tour, ...plainChanges(group.size).flatMap((at) => [exchanges.length + at, ...tour])];
      exchanges.push(...sorter.exchanges);
    }
    this.exchanges = exchanges;
    this.#tour = tour;
    this.#interned = renamedIn(instance.root, instance.address);
    this.#least = words.slice();
    this.#kept = words.slice();
  }

  /** Puts the state that stands for the one in the words in their place. */
  readonly canonicalize = (): void => {
    const sorted = this.#sorted;
    if (sorted === undefined) return;
    if (this.trail !== undefined) this.trail = [];
    sorted.sort(this.trail);
    if (this.#tour.length === 0 && sorted.isExact) return;
    this.#isFirst = true;
    this.#considerTies();
    for (const exchange of this.#tour) {
      this.exchanges[exchange]!();
      this.trail?.push(exchange);
      sorted.sort(this.trail);
      this.#considerTies();
    }
    copy(this.#least, this.#words);
    if (this.trail !== undefined) this.trail = this.#leastTrail;
  };

  #considerTies(): void {
    if (this.#sorted!.isExact) this.#consider();
    else this.#considerTiesFrom(0);
  }

  /** Tries all orders of ids, from the one at `start` on, that sorting leaves open. */
  #considerTiesFrom(start: number): void {
    const sorted = this.#sorted!;
    if (start === sorted.size) {
      this.#consider();
      return;
    }
    const end = sorted.endOfTie(start);
    this.#considerTiesFrom(end);
    if (this.#isFixed(start, end)) return;
    for (const at of plainChanges(end - start)) {
      sorted.exchange(start + at, this.trail);
      this.#considerTiesFrom(end);
    }
  }

  /** Whether exchanging ids from `start` to before `end` changes nothing. */
  #isFixed(start: number, end: number): boolean {
    for (let at = start; at + 1 < end; at++) {
      copy(this.#words, this.#kept);
      this.exchanges[at]!();
      if (areEqual(this.#words, this.#kept)) continue;
      copy(this.#kept, this.#words);
      return false;
    }
    return true;
  }

  /** Whether the state in hand is less than the least so far. How interned values are numbered does not matter. */
  #isLess(): boolean {
    for (const { type, word, shift, mask } of this.#interned) {
      const order = type.compare(
        (this.#words[word]! >>> shift) & mask,
        (this.#least[word]! >>> shift) & mask,
      );
      if (order !== 0) return order < 0;
    }
    return isLess(this.#words, this.#least);
  }

  /** Keeps the state in hand if it is the least so far. */
  #consider(): void {
    if (!this.#isFirst && !this.#isLess()) return;
    this.#isFirst = false;
    copy(this.#words, this.#least);
    if (this.trail !== undefined) this.#leastTrail = [...this.trail];
  }
}

const knownChanges: number[][] = [];

/** Positions at which to exchange neighbours so that `n` things take all their orders (Steinhaus, Johnson, Trotter). */
function plainChanges(n: number): readonly number[] {
  if (n <= 1) return [];
  const known = knownChanges[n];
  if (known !== undefined) return known;
  // The last thing sweeps through the others and back, and between two sweeps these change once.
  const up = Array.from({ length: n - 1 }, (_, at) => at);
  const down = up.toReversed();
  const changes = [...down];
  for (const [i, at] of plainChanges(n - 1).entries())
    changes.push(...(i % 2 === 0 ? [at + 1, ...up] : [at, ...down]));
  knownChanges[n] = changes;
  return changes;
}

/** The ids of a group in a state, and how they are sorted. */
class Sorter {
  readonly size: number;
  readonly isExact: boolean;
  readonly exchanges: readonly (() => void)[];
  readonly #readKeys: () => void;
  readonly #keys: Int32Array;
  readonly #width: number;
  /** The number of the first exchange. */
  readonly #number: number;

  constructor(instance: Instance, words: Int32Array, group: IdGroup, number: number) {
    const { root, address } = instance;
    const { sort, first, size } = { ...group, sort: sortNamed(instance, group.sort) };
    const { pieces, areExact } = keysOf(root, address, sort, instance.words);
    const unit = new Unit(words);
    const layout = layOut(pieces[first]!);
    const width = Math.max(1, ...layout.map(({ word }) => word + 1));
    const keys = new Int32Array(new ArrayBuffer(4 * size * width));
    const keyName = unit.bind(keys, "keys");
    const own = pieces.slice(first, first + size);
    const read = own.map((key, id) =>
      keySource(unit, key, layout, (word) => `${keyName}[${id * width + word}]`),
    );
    const exchanges = Array.from({ length: size - 1 }, (_, i) =>
      exchangeSource(unit, exchangeOf(root, address, sort, first + i, first + i + 1), words.length),
    );
    const functions = unit.evaluate<(() => void)[]>(
      `[() => { ${read.join("\n")} }, ${exchanges.map((source) => `() => { ${source} }`).join(",\n")}]`,
    );
    this.size = size;
    this.isExact = areExact;
    [this.#readKeys, ...this.exchanges] = functions as [() => void, ...(() => void)[]];
    this.#keys = keys;
    this.#width = width;
    this.#number = number;
  }

  /** Sorts the ids by their keys. */
  sort(trail: number[] | undefined): void {
    this.#readKeys();
    for (let i = 1; i < this.size; i++) {
      for (let j = i; j > 0 && this.#compare(j - 1, j) > 0; j--) {
        this.exchange(j - 1, trail);
        this.#exchangeKeys(j - 1);
      }
    }
  }

  exchange(i: number, trail: number[] | undefined): void {
    this.exchanges[i]!();
    if (trail !== undefined) trail.push(this.#number + i);
  }

  /** Where, after sorting, the ids end whose keys are equal to that at `start`. */
  endOfTie(start: number): number {
    let end = start + 1;
    while (end < this.size && this.#compare(start, end) === 0) end++;
    return end;
  }

  #compare(a: number, b: number): number {
    const width = this.#width;
    for (let i = 0; i < width; i++) {
      const difference = this.#keys[a * width + i]! - this.#keys[b * width + i]!;
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #exchangeKeys(a: number): void {
    const width = this.#width;
    for (let i = a * width; i < (a + 1) * width; i++) {
      const kept = this.#keys[i]!;
      this.#keys[i] = this.#keys[i + width]!;
      this.#keys[i + width] = kept;
    }
  }
}

/** An interned value in a state: where its number stands. */
interface Interned extends Position {
  readonly type: InternedType<unknown>;
  readonly mask: number;
}

/** The interned values at fixed places that differ between states which stand for one another. */
function renamedIn(type: AnyType, address: Address, isMoved = false): Interned[] {
  if (type instanceof InternedType)
    return isMoved || type.ids ? [{ type, ...(address as Position), mask: 2 ** type.bits - 1 }] : [];
  if (type instanceof RecordPlace)
    return type.fields.flatMap(([name, field]) =>
      renamedIn(field, part(address, name), isMoved || type.nodes !== undefined),
    );
  return [];
}

function sortNamed(instance: Instance, name: string): Sort {
  return sortsOf(instance.root).find((sort) => sort.name === name)!;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

function copy(from: Int32Array, to: Int32Array): void {
  for (let i = 0; i < from.length; i++) to[i] = from[i]!;
}

function areEqual(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isLess(a: Int32Array, b: Int32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! < b[i]!;
  return false;
}

/** Where each piece of a key goes: words of 31 bits, so that keys compare as numbers. */
function layOut(pieces: readonly (Piece | Digest)[]): { word: number; shift: number }[] {
  let [word, shift] = [0, 0];
  return pieces.map(({ width }) => {
    if (shift > 0 && shift + width > 31) [word, shift] = [word + 1, 0];
    const place = { word, shift };
    shift += width;
    return place;
  });
}

function keySource(
  unit: Unit,
  key: readonly (Piece | Digest)[],
  layout: readonly { word: number; shift: number }[],
  target: (word: number) => string,
): string {
  const terms = new Map<number, string[]>([[0, []]]);
  for (const [i, piece] of key.entries()) {
    const { word, shift } = layout[i]!;
    const value = "source" in piece ? digestSource(unit, piece) : pieceSource(unit, piece);
    terms.set(word, [...(terms.get(word) ?? []), `(${value} << ${shift})`]);
  }
  return [...terms].map(([word, parts]) => `${target(word)} = ${parts.join(" | ") || "0"};`).join(" ");
}

function digestSource(unit: Unit, digest: Digest): string {
  const name = unit.define(digest, "digest", (name) => {
    return `function ${name}() { let sum = 0; ${digest.source(unit)} return sum >>> 1; }`;
  });
  return `${name}()`;
}

function pieceSource(unit: Unit, { at, bits, table }: Piece): string {
  const code = codeSource(`w[${at.word}]`, at.shift, bits);
  return table === undefined ? code : `${unit.bind(table, "orbit")}[${code}]`;
}

function codeSource(word: string, shift: number, bits: number): string {
  return bits === 32 ? word : `((${word} >>> ${shift}) & ${2 ** bits - 1})`;
}

function exchangeSource(unit: Unit, { moves, rewrites }: Exchange, words: number): string {
  const kept = new Int32Array(words).fill(-1);
  const masks = new Map<string, { move: Move; mask: number }>();
  const terms: string[][] = Array.from({ length: words }, () => []);
  for (const move of moves) {
    const { from, to, bits, table } = move;
    const mask = bits === 32 ? -1 : (2 ** bits - 1) << to.shift;
    kept[to.word]! &= ~mask;
    if (table !== undefined) {
      const code = codeSource(`a${from.word}`, from.shift, bits);
      terms[to.word]!.push(`(${unit.bind(table, "image")}[${code}] << ${to.shift})`);
    } else {
      const key = `${from.word} ${to.word} ${to.shift - from.shift}`;
      masks.set(key, { move, mask: mask | (masks.get(key)?.mask ?? 0) });
    }
  }
  for (const { move, mask } of masks.values()) {
    const distance = move.to.shift - move.from.shift;
    const word = `a${move.from.word}`;
    const shifted = distance >= 0 ? `(${word} << ${distance})` : `(${word} >>> ${-distance})`;
    terms[move.to.word]!.push(`(${shifted} & ${mask})`);
  }
  const read = Array.from({ length: words }, (_, i) => `const a${i} = w[${i}];`);
  const write = terms.flatMap((parts, i) =>
    parts.length === 0 ? [] : [`w[${i}] = (a${i} & ${kept[i]}) | ${parts.join(" | ")};`],
  );
  if (rewrites.length === 0) return [...read, ...write].join(" ");
  const from = unit.bind(new Int32Array(words), "from");
  const save = Array.from({ length: words }, (_, i) => `${from}[${i}] = a${i};`);
  const calls = rewrites.map((rewrite) => rewrite(unit, from));
  return [...read, ...save, ...write, ...calls].join(" ");
}
