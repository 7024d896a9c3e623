/** Fixed arrays, indexed by nodes, a range, or 0 … n−1. */

import { Run } from "./run.ts";
import { asDraft } from "./strict.ts";
import {
  type Address,
  type Allocator,
  assigned,
  OutOfRange,
  Place,
  type Position,
  type Scalar,
  type Slot,
} from "./type.ts";
import type { Unit } from "./unit.ts";
import type { RangeType } from "./values.ts";

/** The draft of an array of values: `s.votes.get(n)`, `s.votes.set(n, "yes")`. */
export interface Cells<V> {
  get(index: number): V;
  set(index: number, value: V): void;
  /** All elements, in the order of their indices. */
  values(): V[];
}

/** An array of values, packed one after another. */
export class CellsPlace<V> extends Place<readonly V[], Cells<V>> {
  readonly index: RangeType;
  readonly item: Scalar<V>;
  readonly #run: Run;

  constructor(index: RangeType, item: Scalar<V>) {
    super();
    this.index = index;
    this.item = item;
    this.#run = new Run(index.size, item.size);
  }

  get initial(): readonly V[] {
    return Array.from({ length: this.index.size }, () => this.item.initial);
  }

  allocate(space: Allocator): Address {
    return this.#run.allocate(space);
  }

  /** Where the i-th element stands. */
  positionOf(address: Address, i: number): Position {
    return this.#run.at(address as Position, i);
  }

  load(words: Int32Array, address: Address): readonly V[] {
    return Array.from({ length: this.index.size }, (_, i) =>
      this.item.decode(this.#run.read(words, address, i)),
    );
  }

  store(words: Int32Array, address: Address, value: readonly V[], path: string): void {
    for (const [i, item] of value.entries()) {
      this.#run.write(words, address, i, this.item.encode(item, elementPath(path, this.index, i)));
    }
  }

  mark(mask: Int32Array, address: Address): void {
    this.#run.mark(mask, address);
  }

  /** Sets the bits of the i-th element in `mask`. */
  markElement(mask: Int32Array, address: Address, i: number): void {
    this.#run.markAt(mask, address, i);
  }

  print(value: readonly V[]): string {
    return printElements(this.index, value, this.item);
  }

  accessor(unit: Unit): string {
    const position = unit.encode(this.index, "i", "index", 'this.$path + ".index"');
    const path = `${unit.bind(elementPath, "elementPath")}(this.$path, ${unit.bind(this.index, "index")}, i)`;
    const run = this.#run;
    return unit.define(this, "cells", (name) => {
      const read = run.readSource("w", "this.o", "this.b", "i");
      return `class ${name}$Class {
        constructor(path, { word, shift }) {
          this.$path = path; this.o = word; this.b = shift;
          Object.preventExtensions(this);
        }
        get(index) {
          ${position}
          ${run.noteSource(unit.touch, "this.o", "this.b", "i")}
          return ${this.item.decoderSource(unit, read)};
        }
        set(index, value) {
          ${unit.writes({
            prepare: `${position} ${unit.encode(this.item, "code", "value", path)}`,
            note: (note) => run.noteSource(note, "this.o", "this.b", "i"),
            write: run.writeSource("this.o", "this.b", "i", "code"),
          })}
        }
        values() {
          const values = [];
          for (let i = 0; i < ${this.index.size}; i++) {
            ${run.noteSource(unit.touch, "this.o", "this.b", "i")}
            values.push(${this.item.decoderSource(unit, read)});
          }
          return values;
        }
      }
      Object.setPrototypeOf(${name}$Class.prototype, strict);
      function ${name}(path, address) { return new ${name}$Class(path, address); }`;
    });
  }

  plain(slot: Slot<readonly V[]>, path: string): Cells<V> {
    const draft: Cells<V> = {
      get: (index: number) => slot.get()[this.index.encode(index, `${path}.index`)]!,
      set: (index: number, value: V) => {
        const i = this.index.encode(index, `${path}.index`);
        const code = this.item.encode(value, elementPath(path, this.index, i));
        slot.set(slot.get().with(i, this.item.decode(code)));
      },
      values: () => [...slot.get()],
    };
    return asDraft(draft, path);
  }
}

/** An array of places: an ordinary array of their drafts, whose indices are the values of the index type. */
export class RowsPlace<V, D> extends Place<readonly V[], readonly D[]> {
  readonly index: RangeType;
  readonly row: Place<V, D>;

  constructor(index: RangeType, row: Place<V, D>) {
    super();
    if (index.low < 0) {
      throw new RangeError(
        `an array of records, sets or lists cannot be indexed by ${index.domain}: begin at 0 or above`,
      );
    }
    this.index = index;
    this.row = row;
  }

  get initial(): readonly V[] {
    return Array.from({ length: this.index.size }, () => this.row.initial);
  }

  allocate(space: Allocator): Address {
    return Array.from({ length: this.index.size }, () => this.row.allocate(space));
  }

  load(words: Int32Array, address: Address): readonly V[] {
    return (address as readonly Address[]).map((row) => this.row.load(words, row));
  }

  store(words: Int32Array, address: Address, value: readonly V[], path: string): void {
    for (const [i, row] of (address as readonly Address[]).entries()) {
      this.row.store(words, row, value[i]!, elementPath(path, this.index, i));
    }
  }

  mark(mask: Int32Array, address: Address): void {
    for (const row of address as readonly Address[]) this.row.mark(mask, row);
  }

  /** Sets the bits of the i-th element in `mask`. */
  markElement(mask: Int32Array, address: Address, i: number): void {
    this.row.mark(mask, (address as readonly Address[])[i]!);
  }

  print(value: readonly V[]): string {
    return printElements(this.index, value, this.row);
  }

  accessor(unit: Unit): string {
    const row = this.row.accessor(unit);
    const place = unit.bind(elementPath, "elementPath");
    const index = unit.bind(this.index, "index");
    return unit.define(
      this,
      "rows",
      (name) => `function ${name}(path, address) {
        const rows = [${new Array(this.index.low).fill("undefined")}];
        for (let i = 0; i < address.length; i++) rows.push(${row}(${place}(path, ${index}, i), address[i]));
        return ${unit.bind(unit.guard, "guard")}(path, rows);
      }`,
    );
  }

  plain(slot: Slot<readonly V[]>, path: string): readonly D[] {
    const rows = this.index.values().map((_, i) => {
      const row = { get: () => slot.get()[i]!, set: (value: V) => slot.set(slot.get().with(i, value)) };
      return this.row.plain(row, elementPath(path, this.index, i));
    });
    const shifted: (D | undefined)[] = [...new Array(this.index.low).fill(undefined), ...rows];
    return new Proxy(Object.freeze(shifted), {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (value === undefined && typeof key === "string" && NO_NAME.test(key))
          strayRead.last = new OutOfRange(
            `${path}.index`,
            key === "null" ? null : Number(key),
            this.index.domain,
          );
        return value;
      },
      set: () => {
        throw assigned(path);
      },
    }) as readonly D[];
  }
}

/** What stands for no name of an array where it is asked for: a number, or what came of having none. */
const NO_NAME = /^(-?\d.*|NaN|null|undefined)$/;

/**
 * The last read of plain data at an index that an array of places does not have. As in any array, that is `undefined` and no
 * error; but if something throws because of it, this is why.
 */
export const strayRead: { last: OutOfRange | undefined } = { last: undefined };

/** The path of the i-th element: `acceptors[n2]`. */
export function elementPath(path: string, index: RangeType, i: number): string {
  return `${path}[${index.print(index.decode(i))}]`;
}

function printElements<V>(index: RangeType, value: readonly V[], type: { print(item: V): string }): string {
  return `[${value.map((item, i) => `${index.print(index.decode(i))}: ${type.print(item)}`).join(", ")}]`;
}
