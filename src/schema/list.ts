/** Lists that are changed in place, and FIFO channels made of them. For short immutable sequences see `sequence`. */

import { Run } from "./run.ts";
import { asDraft } from "./strict.ts";
import {
  type Address,
  type Allocator,
  OutOfRange,
  Place,
  type Position,
  type Scalar,
  type Slot,
} from "./type.ts";
import type { Unit } from "./unit.ts";

/** A list of bounded length. Positions count from 0. */
export interface ListDraft<V> {
  readonly length: number;
  /** @throws OutOfRange past the end. */
  at(position: number): V;
  push(value: V): void;
  /** Removes and returns the first value.  @throws OutOfRange when empty. */
  shift(): V;
  /** Keeps the first `length` values. */
  truncate(length: number): void;
  set(position: number, value: V): void;
  values(): V[];
}

/** A channel that neither loses, duplicates nor reorders; faults that do are actions of the model. */
export type Fifo<V> = Omit<ListDraft<V>, "push"> & { send(message: V): void };

export class ListPlace<V, D> extends Place<readonly V[], D> {
  readonly item: Scalar<V>;
  readonly max: number;
  readonly #length: Run;
  readonly #items: Run;

  constructor(item: Scalar<V>, max: number) {
    super();
    this.item = item;
    this.max = max;
    this.#length = new Run(1, max + 1);
    this.#items = new Run(max, item.size);
  }

  get initial(): readonly V[] {
    return [];
  }

  allocate(space: Allocator): Address {
    return { length: this.#length.allocate(space), items: this.#items.allocate(space) };
  }

  load(words: Int32Array, address: Address): readonly V[] {
    const { length, items } = address as { length: Position; items: Position };
    const count = this.#length.read(words, length, 0);
    return Array.from({ length: count }, (_, i) => this.item.decode(this.#items.read(words, items, i)));
  }

  store(words: Int32Array, address: Address, value: readonly V[], path: string): void {
    const { length, items } = address as { length: Position; items: Position };
    if (value.length > this.max) throw this.#badLength(path, value.length);
    this.#length.write(words, length, 0, value.length);
    for (let i = 0; i < this.max; i++) {
      const code = i < value.length ? this.item.encode(value[i]!, `${path}[${i}]`) : 0;
      this.#items.write(words, items, i, code);
    }
  }

  /** Source that writes the list at `from` in `words` to `to` in `w`, with `image[code]` for each code. */
  replaceSource(words: string, from: Address, to: Address, image: string): string {
    const [old, fresh] = [from, to] as { length: Position; items: Position }[];
    const place = ({ word, shift }: Position): [string, string] => [String(word), String(shift)];
    const code = `i < length ? ${image}[${this.#items.readSource(words, ...place(old!.items), "i")}] : 0`;
    return `{
      const length = ${this.#length.readSource(words, ...place(old!.length), "0")};
      ${this.#length.writeSource(...place(fresh!.length), "0", "length")}
      for (let i = 0; i < ${this.max}; i++) {
        const code = ${code};
        ${this.#items.writeSource(...place(fresh!.items), "i", "code")}
      }
    }`;
  }

  /** Source of statements that add what a table has for each code to `sum`, in their order. */
  sumSource(words: string, { length, items }: { length: Position; items: Position }, table: string): string {
    const code = this.#items.readSource(words, String(items.word), String(items.shift), "i");
    return `for (let i = 0, n = ${this.#length.readSource(words, String(length.word), String(length.shift), "0")}; i < n; i++)
      sum = (Math.imul(sum, 31) + ${table}[${code}]) | 0;`;
  }

  mark(mask: Int32Array, address: Address): void {
    const { length, items } = address as { length: Position; items: Position };
    this.#length.mark(mask, length);
    this.#items.mark(mask, items);
  }

  print(value: readonly V[]): string {
    return `[${value.map((item) => this.item.print(item)).join(", ")}]`;
  }

  /** Source of statements that run `body` with the code of the first item in `words`, if there is one. */
  headSource(words: string, address: Address, body: (code: string) => string): string {
    const { length, items } = address as { length: Position; items: Position };
    const count = this.#length.readSource(words, String(length.word), String(length.shift), "0");
    const first = this.#items.readSource(words, String(items.word), String(items.shift), "0");
    return `if (${count} > 0) { const head = ${first}; ${body("head")} }`;
  }

  accessor(unit: Unit): string {
    const { item, max } = this;
    const length = this.#length.readSource("w", "this.lo", "this.lb", "0");
    const read = (i: string): string => this.#items.readSource("w", "this.o", "this.b", i);
    const write = (i: string, code: string): string => this.#items.writeSource("this.o", "this.b", i, code);
    const resize = (n: string): string => this.#length.writeSource("this.lo", "this.lb", "0", n);
    const touchLength = this.#length.noteSource(unit.touch, "this.lo", "this.lb", "0");
    const touchItem = this.#items.noteSource(unit.touch, "this.o", "this.b", "i");
    const writes = (write: string): string =>
      unit.writes({
        note: (note) =>
          this.#length.noteSource(note, "this.lo", "this.lb", "0") +
          this.#items.noteAllSource(note, "this.o", "this.b"),
        write,
      });
    const type = unit.bind(this, "list");
    const check = `if (!((i | 0) === i && i >= 0 && i < this.length)) ${type}.outside(this.$path, i, this.length);`;
    const encode = unit.encode(item, "code", "value", 'this.$path + ".item"');
    return unit.define(
      this,
      "list",
      (name) => `class ${name}$Class {
        constructor(path, address) {
          this.$path = path;
          this.lo = address.length.word; this.lb = address.length.shift;
          this.o = address.items.word; this.b = address.items.shift;
          Object.preventExtensions(this);
        }
        get length() { ${touchLength} return ${length}; }
        at(i) {
          ${check}
          ${touchItem}
          return ${item.decoderSource(unit, read("i"))};
        }
        values() { const values = []; for (let i = 0, n = this.length; i < n; i++) values.push(this.at(i)); return values; }
        set(i, value) {
          ${writes(`${check} ${encode} ${write("i", "code")}`)}
        }
        push(value) {
          ${writes(`const n = ${length};
          if (n === ${max}) ${type}.full(this.$path);
          ${encode}
          ${write("n", "code")}
          const longer = n + 1; ${resize("longer")}`)}
        }
        shift() {
          ${writes(`const first = this.at(0), n = ${length};
          for (let i = 0; i + 1 < n; i++) { const moved = ${read("(i + 1)")}; ${write("i", "moved")} }
          const last = n - 1; ${write("last", "0")} ${resize("last")}
          return first;`)}
        }
        truncate(length) {
          ${writes(`${type}.checkLength(this.$path, length);
          const n = ${length};
          if (length >= n) return;
          for (let i = length; i < n; i++) { ${write("i", "0")} }
          ${resize("length")}`)}
        }
      }
      ${name}$Class.prototype.send = ${name}$Class.prototype.push;
      Object.setPrototypeOf(${name}$Class.prototype, strict);
      function ${name}(path, address) { return new ${name}$Class(path, address); }`,
    );
  }

  plain(slot: Slot<readonly V[]>, path: string): D {
    const check = (i: number): void => {
      if (!(Number.isInteger(i) && i >= 0 && i < slot.get().length)) this.outside(path, i, slot.get().length);
    };
    const item = (value: V): V => this.item.decode(this.item.encode(value, `${path}.item`));
    const push = (value: V): void => {
      if (slot.get().length === this.max) this.full(path);
      slot.set([...slot.get(), item(value)]);
    };
    const draft: ListDraft<V> & Fifo<V> = {
      get length() {
        return slot.get().length;
      },
      at: (i) => {
        check(i);
        return slot.get()[i]!;
      },
      values: () => [...slot.get()],
      set: (i, value) => {
        check(i);
        slot.set(slot.get().with(i, item(value)));
      },
      push,
      send: push,
      shift: () => {
        check(0);
        const first = slot.get()[0]!;
        slot.set(slot.get().slice(1));
        return first;
      },
      truncate: (length) => {
        this.checkLength(path, length);
        slot.set(slot.get().slice(0, length));
      },
    };
    return asDraft(draft, path) as D;
  }

  /** @throws OutOfRange always: there is no item at `position`. */
  outside(path: string, position: number, length: number): never {
    throw new OutOfRange(`${path} position`, position, length === 0 ? "an empty list" : `0..${length - 1}`);
  }

  /** @throws OutOfRange if no list can have `length`; a longer one than the list has is fine. */
  checkLength(path: string, length: number): void {
    if (!Number.isInteger(length) || length < 0) throw this.#badLength(path, length);
  }

  /** @throws OutOfRange always: the list has its greatest length. */
  full(path: string): never {
    throw this.#badLength(path, this.max + 1);
  }

  #badLength(path: string, length: number): OutOfRange {
    return new OutOfRange(`${path}.length`, length, `0..${this.max}`);
  }
}
