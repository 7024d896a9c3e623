/**
 * Which steps of a state are enough: stubborn sets (Valmari, "Stubborn sets for reduced state space generation", 1989). A
 * set of moves is stubborn if nothing that moves outside of it do, however many, can disable one of its enabled moves,
 * change what that does, or enable one of the others. Then whatever moves outside lead to can still be reached once a step
 * of the set is taken first.
 *
 * Besides, its steps must not show: they change no bit that a property looks at. And they must be on no cycle, so that no
 * step is put off for ever: each adds to a set from which nothing is taken, or raises a number that only rises. Otherwise
 * all steps are taken. `docs/reductions.md` has the argument.
 */

import type { Instance } from "../model/instance.ts";
import { RowsPlace } from "../schema/array.ts";
import { part, RecordPlace } from "../schema/record.ts";
import { SetPlace } from "../schema/set.ts";
import type { Address, AnyType, Position } from "../schema/type.ts";
import { NodeType, RangeType } from "../schema/values.ts";
import { add, Dependence, has, type MoveSet } from "./dependence.ts";
import { type Footprints, Moves } from "./moves.ts";
import { type Bits, Peek } from "./peek.ts";
import { Canonicalizer, type IdGroup } from "./symmetry.ts";

/** What was observed of a model's moves, and what must be preserved: all that the sets are made of. */
export interface Order {
  readonly footprints: Footprints;
  /** Ids that are taken for interchangeable: what was observed of one is observed of all. */
  readonly groups: readonly IdGroup[];
  /** Of each field of integers, whether a step ever lowered it. */
  readonly lowered: readonly boolean[];
  /** Bits that properties look at whose violations may pass. */
  readonly visible: Int32Array;
}

/** All that was observed, by whomever. */
export function uniteOrders([first, ...rest]: readonly Order[]): Order | undefined {
  return (
    first &&
    rest.reduce(
      (a, b) => ({
        groups: a.groups,
        footprints: {
          read: either(a.footprints.read, b.footprints.read),
          wrote: either(a.footprints.wrote, b.footprints.wrote),
          added: either(a.footprints.added, b.footprints.added),
        },
        lowered: a.lowered.map((isLowered, i) => isLowered || b.lowered[i]!),
        visible: either(a.visible, b.visible),
      }),
      first,
    )
  );
}

function either(a: Int32Array, b: Int32Array): Int32Array {
  return a.map((bits, i) => bits | b[i]!);
}

/** A field of integers that a record has. */
interface Field extends Bits {
  readonly type: RangeType;
}

/** Fields of more values are not asked whether they block a move from some value on. */
const MOST_VALUES = 64;

/** The steps of a stubborn set, each with the state it leads to. */
export class StubbornSteps {
  /** Whether a move or a field did what was never observed of it: what was searched so far may be too little. */
  isSurprised = false;
  /** The steps to take, as indices into those of {@link moves}. */
  readonly chosen: number[] = [];
  readonly moves: Moves;
  readonly #words: number;
  readonly #fields: readonly Field[];
  readonly #lowered: boolean[];
  readonly #visible: Int32Array;
  /** The fields that only rise, each with the moves that are blocked for good once it has a value. */
  readonly #blocks: readonly { readonly field: Field; readonly from: readonly MoveSet[] }[];
  /** Bits of sets from which nothing is ever taken. */
  readonly growing: Int32Array;
  /** Moves that do not commute with a move, or can disable it. */
  readonly #rivals: readonly MoveSet[];
  /** Moves that can change whether a move is enabled. */
  readonly #wakers: readonly MoveSet[];
  /** Of each bit that a move needs, the moves that can set it. */
  readonly #suppliers: readonly (readonly MoveSet[])[];
  readonly #enabled: MoveSet;
  /** Moves with a step that shows, or that may be on a cycle. */
  readonly #unfit: MoveSet;
  readonly #blocked: MoveSet;
  readonly #groups: readonly IdGroup[];
  readonly #places: readonly PlaceAt[];
  /** Exchanges of interchangeable ids in `#image`. */
  readonly #exchanges: readonly (() => void)[];
  readonly #image: Int32Array;
  readonly #set: MoveSet;
  readonly #done: MoveSet;

  constructor(instance: Instance, order: Partial<Order> = {}) {
    const { words, root, address } = instance;
    const { groups = [] } = order;
    this.#groups = groups;
    this.#places = placesIn(root, address);
    this.#image = new Int32Array(words);
    this.#exchanges = groups.length > 0 ? new Canonicalizer(instance, this.#image, groups).exchanges : [];
    this.#words = words;
    this.moves = new Moves(instance, order.footprints);
    const { moves } = this.moves;
    this.#fields = this.#places.flatMap(fieldAt);
    this.#lowered = this.#fields.map((_, i) => order.lowered?.[i] ?? false);
    this.#visible = Int32Array.from(order.visible ?? new Int32Array(words));
    const fresh = (): MoveSet => new Int32Array(Math.ceil(moves.length / 32));
    const peek = new Peek(instance);
    this.#blocks = this.#rising.map((field) => {
      const from = Array.from({ length: field.type.size }, fresh);
      for (const move of moves.keys()) {
        const least = this.#blockedFrom(peek, move, field);
        for (let code = least; code < from.length; code++) add(from[code]!, move);
      }
      return { field, from };
    });
    const dependence = new Dependence(this.moves, words);
    this.growing = this.#growingSets(dependence);
    this.#rivals = moves.map((_, move) => dependence.rivals(move));
    this.#wakers = moves.map((_, move) => dependence.wakers(move));
    this.#suppliers = moves.map(({ needs }) => needs.map((need) => dependence.suppliers(need)));
    [this.#enabled, this.#unfit, this.#blocked] = [fresh(), fresh(), fresh()];
    [this.#set, this.#done] = [fresh(), fresh()];
    this.isSurprised = false;
    this.moves.isSurprised = false;
  }

  /** What is known by now. */
  get order(): Order {
    const { footprints } = this.moves;
    return { footprints, groups: this.#groups, lowered: this.#lowered, visible: this.#visible };
  }

  /** Takes note of what properties have looked at. */
  show(visible: Int32Array): void {
    for (const [i, bits] of visible.entries()) {
      if ((bits & ~this.#visible[i]!) !== 0) this.isSurprised = true;
      this.#visible[i]! |= bits;
    }
    // What is seen of one node is seen of all that are interchangeable: with states of which only some stand for the rest,
    // the others might never show.
    if (!this.isSurprised || this.#exchanges.length === 0) return;
    const isSeen = (place: PlaceAt): boolean =>
      this.#bitsOf(place).some((bits, i) => (bits & visible[i]!) !== 0);
    const types = new Set(this.#places.filter(isSeen).map(({ type }) => type));
    for (const { type, address } of this.#places) if (types.has(type)) type.mark(this.#visible, address);
  }

  #bitsOf({ type, address }: PlaceAt): Int32Array {
    const bits = new Int32Array(this.#words);
    type.mark(bits, address);
    return bits;
  }

  /** Tries the moves of all states that the one in hand stands for, as long as there is something new in them. */
  #learnImages(): void {
    const { moves } = this;
    const here = moves.before.slice();
    const open = [here];
    for (let state = open.pop(); state !== undefined; state = open.pop()) {
      for (const exchange of this.#exchanges) {
        this.#image.set(state);
        exchange();
        moves.before.set(this.#image);
        moves.isSurprised = false;
        moves.list();
        if (moves.isSurprised) open.push(moves.before.slice());
      }
    }
    moves.before.set(here);
    moves.list();
  }

  /** Tries all moves in the state in `moves.before`, and chooses. */
  list(): void {
    const { moves } = this;
    moves.list();
    if (moves.isSurprised) {
      this.isSurprised = true;
      this.#learnImages();
      moves.isSurprised = false;
    }
    this.#enabled.fill(0);
    this.#unfit.fill(0);
    for (let step = 0; step < moves.count; step++) {
      this.#watch(step);
      add(this.#enabled, moves.found[step]!);
      if (this.#shows(step) || !this.#progresses(step)) add(this.#unfit, moves.found[step]!);
    }
    this.#findBlocked();
    this.#choose();
  }

  /** Chooses the smallest set that can be had from one step, if its steps neither show nor come back; else all steps. */
  #choose(): void {
    const { moves, chosen } = this;
    let fewest = moves.count;
    let seed = -1;
    for (let step = 0; step < moves.count && fewest > 1; step++) {
      const move = moves.found[step]!;
      if (!this.#close(move)) continue;
      this.#take();
      if (chosen.length >= fewest) continue;
      fewest = chosen.length;
      seed = move;
    }
    if (seed < 0) this.#set.set(this.#enabled);
    else if (fewest > 1) this.#close(seed);
    this.#take();
  }

  /** Takes the steps of the set in hand. */
  #take(): void {
    const { moves, chosen } = this;
    chosen.length = 0;
    for (let step = 0; step < moves.count; step++) if (has(this.#set, moves.found[step]!)) chosen.push(step);
  }

  /** Makes the set in hand the least stubborn one with a move; `false`, and no such set, if it has steps that it may not have. */
  #close(seed: number): boolean {
    const { moves, before } = this.moves;
    const [set, done, enabled] = [this.#set, this.#done, this.#enabled];
    set.fill(0);
    done.fill(0);
    if (has(this.#unfit, seed)) return false;
    add(set, seed);
    for (let isOpen = true; isOpen; ) {
      isOpen = false;
      for (let i = 0; i < set.length; i++) {
        for (let open = set[i]! & ~done[i]!; open !== 0; open = set[i]! & ~done[i]!) {
          isOpen = true;
          const move = (i << 5) + 31 - Math.clz32(open & -open);
          add(done, move);
          const isEnabled = has(enabled, move);
          const { needs, isSeveral } = moves[move]!;
          if (isEnabled && !this.#include(this.#rivals[move]!)) return false;
          if (isEnabled && !isSeveral) continue;
          const missing = needs.findIndex(({ word, shift }) => ((before[word]! >>> shift) & 1) === 0);
          const enablers = missing < 0 ? this.#wakers[move]! : this.#suppliers[move]![missing]!;
          if (!this.#include(enablers)) return false;
        }
      }
    }
    return true;
  }

  /** Adds moves to the set in hand, but for those that are blocked.  @returns whether it may have them */
  #include(moves: MoveSet): boolean {
    let unfit = 0;
    for (let i = 0; i < moves.length; i++) {
      const added = moves[i]! & ~this.#blocked[i]!;
      this.#set[i]! |= added;
      unfit |= added & this.#unfit[i]!;
    }
    return unfit === 0;
  }

  #findBlocked(): void {
    const { before } = this.moves;
    this.#blocked.fill(0);
    for (const { field, from } of this.#blocks) {
      const moves = from[(before[field.word]! >>> field.shift) & field.mask]!;
      for (let i = 0; i < moves.length; i++) this.#blocked[i]! |= moves[i]!;
    }
  }

  /** Looks whether a step lowers a field that was only seen to rise. */
  #watch(step: number): void {
    const { before, after } = this.moves;
    for (let i = 0; i < this.#fields.length; i++) {
      const { word, shift, mask } = this.#fields[i]!;
      const was = before[word]!;
      const is = after[step * this.#words + word]!;
      if (was === is || ((is >>> shift) & mask) >= ((was >>> shift) & mask) || this.#lowered[i]) continue;
      this.#lowered[i] = true;
      this.isSurprised = true;
    }
  }

  /** Whether a step changes what properties look at. */
  #shows(step: number): boolean {
    const { before, after } = this.moves;
    const at = step * this.#words;
    for (let i = 0; i < this.#words; i++) {
      if (((after[at + i]! ^ before[i]!) & this.#visible[i]!) !== 0) return true;
    }
    return false;
  }

  /** Whether a step can be on no cycle: it adds to a set from which nothing is taken, or raises what only rises. */
  #progresses(step: number): boolean {
    const { before, after } = this.moves;
    const at = step * this.#words;
    for (let i = 0; i < this.#words; i++) {
      if (((after[at + i]! ^ before[i]!) & this.growing[i]!) !== 0) return true;
    }
    for (let i = 0; i < this.#blocks.length; i++) {
      const { word, shift, mask } = this.#blocks[i]!.field;
      if (((after[at + word]! >>> shift) & mask) > ((before[word]! >>> shift) & mask)) return true;
    }
    return false;
  }

  /** Fields that no step lowered, nor one of the same type: those of different nodes are alike. */
  get #rising(): Field[] {
    const lowered = new Set(this.#fields.filter((_, i) => this.#lowered[i]).map(({ type }) => type));
    return this.#fields.filter(({ type }) => !lowered.has(type) && type.size > 1 && type.size <= MOST_VALUES);
  }

  /** The least code of a field from which on a move is disabled whatever else is so; none if it is out of reach. */
  #blockedFrom(peek: Peek, move: number, { word, shift, mask, type }: Field): number {
    const { isSeveral, isEnabled } = this.moves.moves[move]!;
    const reads = (this.moves.footprints.read[move * this.#words + word]! >>> shift) & mask;
    let code = type.size;
    if (isSeveral || reads === 0) return code;
    while (code > 0 && peek.isFalse(isEnabled, { word, shift, mask }, code - 1)) code--;
    return code;
  }

  #growingSets(dependence: Dependence): Int32Array {
    const growing = new Int32Array(this.#words);
    const places = this.#places.filter(({ type }) => type instanceof SetPlace && !type.isBag);
    for (const type of new Set(places.map(({ type }) => type))) {
      const mask = new Int32Array(this.#words);
      for (const place of places) if (place.type === type) type.mark(mask, place.address);
      if (dependence.takesNone(mask)) for (const i of mask.keys()) growing[i]! |= mask[i]!;
    }
    return growing;
  }
}

interface PlaceAt {
  readonly type: AnyType;
  readonly address: Address;
}

/** The places of a type, itself or within records and arrays of places. */
function placesIn(type: AnyType, address: Address): PlaceAt[] {
  if (type instanceof RecordPlace)
    return type.fields.flatMap(([name, field]) => placesIn(field as AnyType, part(address, name)));
  if (type instanceof RowsPlace)
    return (address as readonly Address[]).flatMap((row) => placesIn(type.row, row));
  return [{ type, address }];
}

/** The field of integers that a place is, if it is one. */
function fieldAt({ type, address }: PlaceAt): Field[] {
  return type instanceof RangeType && !(type instanceof NodeType)
    ? [{ ...(address as Position), type, mask: 2 ** type.bits - 1 }]
    : [];
}
