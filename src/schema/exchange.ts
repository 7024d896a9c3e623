/**
 * What exchanging two interchangeable ids does to a packed state, and a key of each id by which ids can be sorted.
 *
 * The key of an id is made of the bits that are about it: its row of an array, whether it is in a set, where a field names
 * it. Keys follow the ids: once two ids are exchanged, so are their keys. Where the keys of two ids being equal means that
 * exchanging them changes nothing, sorting finds the one state that stands for all that differ in the ids only.
 */

import { CellsPlace, RowsPlace } from "./array.ts";
import { InternedType } from "./interned.ts";
import { ListPlace } from "./list.ts";
import { internedIn } from "./parts.ts";
import { part, RecordPlace } from "./record.ts";
import { exchanging, imageOf, mentions, rename, type Sort, sortOf } from "./renaming.ts";
import { SetPlace } from "./set.ts";
import { type Address, type AnyType, type Position, Scalar } from "./type.ts";
import type { Unit } from "./unit.ts";

/** Scalars with more values than this are rewritten by decoding them. */
const LARGEST_TABLE = 2 ** 16;

/** Bits that are copied from one place to another, or if there is a table, the code there and what becomes of it. */
export interface Move {
  readonly from: Position;
  readonly to: Position;
  readonly bits: number;
  readonly table: Int32Array | undefined;
}

/** Exchanges two ids: what is not mentioned stays as it is. */
export interface Exchange {
  readonly moves: readonly Move[];
  /** Sources of statements for what has no fixed place, such as the elements of a list: from `words` to `w`. */
  readonly rewrites: readonly ((unit: Unit, words: string) => string)[];
}

/** A part of an id's key: bits of the state, or if there is a table, what it has for the code that they are. */
export interface Piece {
  readonly at: Position;
  readonly bits: number;
  readonly table: Int32Array | undefined;
  /** Bits of the key that it takes. */
  readonly width: number;
}

/** A part of an id's key that is made of more than a few bits of the state: 31 bits of the key. */
export interface Digest {
  readonly width: 31;
  /** Source of statements that add it to `sum`. */
  source(unit: Unit): string;
}

export interface Keys {
  /** By id; as many pieces for each, of equal widths. */
  readonly pieces: readonly (readonly (Piece | Digest)[])[];
  /** Whether exchanging ids with equal keys changes nothing. */
  readonly areExact: boolean;
}

/** What exchanging the ids `a` and `b` does to a state of type `root`. */
export function exchangeOf(root: AnyType, address: Address, sort: Sort, a: number, b: number): Exchange {
  const image = exchanging(sort, a, b);
  const moves: Move[] = [];
  const rewrites: Exchange["rewrites"][number][] = [];
  visit(root, address, address);
  return { moves, rewrites };

  function visit(type: AnyType, from: Address, to: Address): void {
    const isMoved = from !== to;
    if (!isMoved && !mentions(type, sort)) return;
    if (type instanceof Scalar) {
      if (mentions(type, sort) && !isTabular(type)) rewrite(type, from, to);
      else scalar(type, from as Position, to as Position);
    } else if (type instanceof RecordPlace) {
      for (const [i, [name, field]] of type.fields.entries()) {
        const target = type.nodes ? targetOf(type.nodes, i) : i;
        visit(field, part(from, name), part(to, type.fields[target]![0]));
      }
    } else if (type instanceof CellsPlace) {
      for (let i = 0; i < type.index.size; i++) {
        const target = targetOf(type.index, i);
        const [source, place] = [type.positionOf(from, i), type.positionOf(to, target)];
        visit(type.item, source, isMoved || target !== i ? place : source);
      }
    } else if (type instanceof RowsPlace) {
      for (let i = 0; i < type.index.size; i++)
        visit(type.row, (from as Address[])[i]!, (to as Address[])[targetOf(type.index, i)]!);
    } else if (type instanceof SetPlace && type.bitOf(from, 0) !== undefined && isTabular(type.item)) {
      for (const [code, target] of imageOf(type.item, sort, image).entries()) {
        const [source, place] = [type.bitOf(from, code)!, type.bitOf(to, target)!];
        if (isMoved || code !== target) moves.push({ from: source, to: place, bits: 1, table: undefined });
      }
    } else if (type instanceof SetPlace || type instanceof ListPlace) {
      rewrite(type, from, to);
    }
  }

  function targetOf(index: AnyType, i: number): number {
    return sortOf(index)?.name === sort.name ? image[i]! : i;
  }

  function scalar(type: Scalar<unknown>, from: Position, to: Position): void {
    const table = mentions(type, sort) ? imageOf(type, sort, image) : undefined;
    if (type.bits > 0) moves.push({ from, to, bits: type.bits, table });
  }

  function rewrite(type: AnyType, from: Address, to: Address): void {
    if (type instanceof InternedType) {
      const [old, fresh] = [from as Position, to as Position];
      const mask = 2 ** type.bits - 1;
      rewrites.push((unit, words) => {
        const code = `((${words}[${old.word}] >>> ${old.shift}) & ${mask})`;
        const renamed = `${unit.bind(type.renaming(image), "renaming")}(${code})`;
        return `w[${fresh.word}] = (w[${fresh.word}] & ${~(mask << fresh.shift)}) | (${renamed} << ${fresh.shift});`;
      });
      return;
    }
    const item = type instanceof Scalar ? type : (type as ListPlace<unknown, unknown>).item;
    const codes = type instanceof SetPlace ? type.sparse : type instanceof ListPlace ? type : undefined;
    if (codes !== undefined && isTabular(item)) {
      const table = imageOf(item, sort, image);
      rewrites.push((unit, words) => codes.replaceSource(words, from, to, unit.bind(table, "image")));
      return;
    }
    const renamed = (value: unknown): unknown => rename(item, value, sort, image);
    const decoded = (source: Int32Array, target: Int32Array): void => {
      const value = type.load(source, from);
      const result = type instanceof Scalar ? renamed(value) : (value as unknown[]).map(renamed);
      type.store(target, to, result as never, "");
    };
    rewrites.push((unit, words) => `${unit.bind(decoded, "rewrite")}(${words}, w);`);
  }
}

/** Whether what becomes of each code can be listed: there are not too many, and each is the code of a value. */
function isTabular(type: Scalar<unknown>, ids = 1): boolean {
  return type.size * ids <= LARGEST_TABLE && internedIn(type).length === 0;
}

/** The key of each id of a sort, in a state of `words` words. */
export function keysOf(root: AnyType, address: Address, sort: Sort, words: number): Keys {
  const pieces: (Piece | Digest)[][] = Array.from({ length: sort.size }, () => []);
  let areExact = true;
  visit(root, address);
  return { pieces: merge(pieces), areExact };

  function visit(type: AnyType, at: Address): void {
    if (!mentions(type, sort)) return;
    if (type instanceof Scalar) {
      areExact = scalar(type, () => at as Position) && areExact;
    } else if (type instanceof RecordPlace) {
      for (const [name, field] of type.fields) visit(field, part(at, name));
      if (type.nodes && mentions(type.nodes, sort)) areExact = false;
    } else if (type instanceof CellsPlace || type instanceof RowsPlace) {
      const item: AnyType = type instanceof CellsPlace ? type.item : (type.row as AnyType);
      const element = (i: number): Address =>
        type instanceof CellsPlace ? type.positionOf(at, i) : (at as Address[])[i]!;
      if (sortOf(type.index)?.name === sort.name) own(item, element);
      else for (let i = 0; i < type.index.size; i++) visit(item, element(i));
    } else if (type instanceof SetPlace && type.bitOf(at, 0) !== undefined && isTabular(type.item)) {
      areExact = set(type.item, (code) => type.bitOf(at, code)!) && areExact;
    } else {
      digest(type, at);
      areExact = false;
    }
  }

  /** What the elements of a list or set without bits of its own say of each id, in a number. */
  function digest(type: AnyType, at: Address): void {
    const codes = type instanceof SetPlace ? type.sparse : type instanceof ListPlace ? type : undefined;
    const item = (type as ListPlace<unknown, unknown>).item;
    if (codes === undefined || !isTabular(item, sort.size)) return;
    for (const [id, orbits] of orbitsOf(item, sort).entries()) {
      const table = Int32Array.from(orbits, (orbit) => Math.imul(orbit + 1, 0x9e3779b1));
      const source = (unit: Unit): string => codes.sumSource("w", at as never, unit.bind(table, "orbits"));
      pieces[id]!.push({ width: 31, source });
    }
  }

  /** What an array indexed by the sort holds for each id. Elements that mention the sort say more than their own id's key. */
  function own(type: AnyType, element: (id: number) => Address): void {
    if (type instanceof Scalar) {
      if (!mentions(type, sort)) {
        add(type.bits, (id) => element(id) as Position);
      } else {
        scalar(type, (id) => element(id) as Position);
        areExact = false;
      }
    } else if (type instanceof RecordPlace) {
      for (const [name, field] of type.fields) own(field, (id) => part(element(id), name));
    } else if (type instanceof CellsPlace && !mentions(type.index, sort)) {
      for (let i = 0; i < type.index.size; i++) own(type.item, (id) => type.positionOf(element(id), i));
    } else if (type instanceof RowsPlace && !mentions(type.index, sort)) {
      for (let i = 0; i < type.index.size; i++)
        own(type.row as AnyType, (id) => (element(id) as Address[])[i]!);
    } else if (!mentions(type, sort)) {
      bits(type, element);
    } else {
      areExact = false;
    }
  }

  /** All bits of a place that does not mention the sort. */
  function bits(type: AnyType, element: (id: number) => Address): void {
    const occupied = pieces.map((_, id) => bitsOf(type, element(id), words));
    for (const i of occupied[0]!.keys()) add(1, (id) => occupied[id]![i]!);
  }

  function add(bits: number, at: (id: number) => Position): void {
    for (const [id, key] of pieces.entries()) key.push({ at: at(id), bits, table: undefined, width: bits });
  }

  function scalar(type: Scalar<unknown>, at: (id: number) => Position): boolean {
    if (!isTabular(type, sort.size)) return false;
    const orbits = orbitsOf(type, sort);
    const width = 32 - Math.clz32(Math.max(...orbits.flat()));
    for (const [id, key] of pieces.entries())
      key.push({ at: at(id), bits: type.bits, table: Int32Array.from(orbits[id]!), width });
    return neighbours(sort).every(([a, b]) =>
      imageOf(type, sort, exchanging(sort, a, b)).every(
        (target, code) => target === code || orbits[a]![code] !== orbits[b]![code],
      ),
    );
  }

  /** The bits of the elements that are about one id: all others of their kind are about others. */
  function set(item: Scalar<unknown>, bitOf: (code: number) => Position): boolean {
    const orbits = orbitsOf(item, sort);
    const isOwn = orbits.map((orbitOf) =>
      orbitOf.map((orbit) => orbitOf.filter((o) => o === orbit).length === 1),
    );
    const ownCodes = orbits.map((orbitOf, id) =>
      [...orbitOf.keys()].filter((code) => isOwn[id]![code]).sort((a, b) => orbitOf[a]! - orbitOf[b]!),
    );
    for (const i of ownCodes[0]!.keys()) add(1, (id) => bitOf(ownCodes[id]![i]!));
    return neighbours(sort).every(([a, b]) =>
      imageOf(item, sort, exchanging(sort, a, b)).every(
        (target, code) => target === code || isOwn[a]![code] || isOwn[b]![code],
      ),
    );
  }
}

/** The ids next to each other: all renamings are made of their exchanges. */
export function neighbours({ size }: { readonly size: number }): [number, number][] {
  return Array.from({ length: size - 1 }, (_, a) => [a, a + 1]);
}

/**
 * For each id and code a number that is equal for two pairs of them if some renaming makes one of the other: what a value
 * says of an id, with all other ids nameless.
 */
function orbitsOf(type: Scalar<unknown>, sort: Sort): number[][] {
  const root = Array.from({ length: sort.size * type.size }, (_, pair) => pair);
  const find = (pair: number): number => {
    while (root[pair] !== pair) pair = root[pair] = root[root[pair]!]!;
    return pair;
  };
  for (const [a, b] of neighbours(sort)) {
    const image = exchanging(sort, a, b);
    const codes = imageOf(type, sort, image);
    for (let pair = 0; pair < root.length; pair++) {
      const [id, code] = [Math.floor(pair / type.size), pair % type.size];
      const [one, other] = [find(pair), find(image[id]! * type.size + codes[code]!)];
      root[Math.max(one, other)] = Math.min(one, other);
    }
  }
  const numbers = new Map<number, number>();
  const numberOf = (pair: number): number => {
    const least = find(pair);
    if (!numbers.has(least)) numbers.set(least, numbers.size);
    return numbers.get(least)!;
  };
  return Array.from({ length: sort.size }, (_, id) =>
    Array.from({ length: type.size }, (_, code) => numberOf(id * type.size + code)),
  );
}

function bitsOf(type: AnyType, address: Address, words: number): Position[] {
  const mask = new Int32Array(words);
  type.mark(mask, address);
  return [...mask].flatMap((bits, word) =>
    Array.from({ length: 32 }, (_, shift) => ({ word, shift })).filter(({ shift }) => (bits >>> shift) & 1),
  );
}

/** The same keys in fewer pieces: those that stand side by side for all ids are one. */
function merge(pieces: Keys["pieces"]): Keys["pieces"] {
  const merged: (Piece | Digest)[][] = pieces.map(() => []);
  for (const i of pieces[0]!.keys()) {
    const follows = pieces.every((key, id) => {
      const [last, next] = [merged[id]!.at(-1), key[i]!];
      return last !== undefined && isPlain(last) && isPlain(next) && areAdjacent(last, next);
    });
    for (const [id, key] of merged.entries()) {
      const next = pieces[id]![i]!;
      if (!follows) {
        key.push(next);
        continue;
      }
      const { at, bits } = key.pop() as Piece;
      const width = bits + next.width;
      key.push({ at, bits: width, table: undefined, width });
    }
  }
  return merged;
}

function isPlain(piece: Piece | Digest): piece is Piece {
  return "at" in piece && piece.table === undefined;
}

/** Whether the bits of two pieces stand side by side and make one piece. */
function areAdjacent(a: Piece, b: Piece): boolean {
  return a.at.word === b.at.word && a.at.shift + a.bits === b.at.shift && a.bits + b.bits < 32;
}
