/** Records: named fields, as a place (`s.leader.ballot = 2`) or, where another type holds them, as a value. */

import { RecordValueType } from "./record-values.ts";
import { asDraft } from "./strict.ts";
import {
  type Address,
  type Allocator,
  type AnyType,
  join,
  noField,
  Place,
  Scalar,
  type Slot,
  show,
  strayField,
} from "./type.ts";
import type { Note, Unit } from "./unit.ts";
import { asScalar, type NodeType } from "./values.ts";

/** Marks a field that a crash loses; see {@link forget}. */
export class Volatile<T extends AnyType> {
  readonly type: T;
  constructor(type: T) {
    this.type = type;
  }
}

export class RecordPlace<V extends object, D> extends Place<V, D> {
  readonly fields: readonly (readonly [string, AnyType])[];
  /** Their names. */
  readonly names: readonly string[];
  /** Whether each field is the state of one node, and has its name. */
  readonly isByNode: boolean;
  /** Whose the fields are, one by one, if these are ids. */
  readonly nodes: NodeType | undefined;
  readonly #volatile: ReadonlySet<string>;
  #value: RecordValueType<V> | undefined;

  constructor(
    fields: { readonly [name: string]: AnyType | Volatile<AnyType> },
    { isByNode = false, nodes }: { isByNode?: boolean; nodes?: NodeType | undefined } = {},
  ) {
    super();
    this.isByNode = isByNode;
    this.nodes = nodes;
    const entries = Object.entries(fields);
    if (nodes && (entries.length !== nodes.size || entries.some(([, type]) => type !== entries[0]![1])))
      throw new RangeError(`the fields of ${nodes.domain} must be as many, and of one type`);
    for (const [name] of entries) {
      if (!/^[a-z_]\w*$/i.test(name) || name in Object.prototype)
        throw new RangeError(`${JSON.stringify(name)} is not a name for a field`);
    }
    this.fields = entries.map(([name, field]) => [name, field instanceof Volatile ? field.type : field]);
    for (const [name, type] of this.fields) {
      if (!(type instanceof Scalar || type instanceof Place))
        throw new TypeError(`field ${name} has no type: write range(0, 9), flag(), set(…)`);
    }
    this.names = entries.map(([name]) => name);
    this.#volatile = new Set(entries.filter(([, field]) => field instanceof Volatile).map(([name]) => name));
  }

  /** Whether some field is lost in a crash, at any depth. */
  get isVolatile(): boolean {
    return (
      this.#volatile.size > 0 ||
      this.fields.some(([, type]) => type instanceof RecordPlace && type.isVolatile)
    );
  }

  /** A record with more fields after these. */
  with(fields: { readonly [name: string]: AnyType }): RecordPlace<V, D> {
    const marked = this.fields.map(([name, type]) => [
      name,
      this.#volatile.has(name) ? new Volatile(type) : type,
    ]);
    return new RecordPlace({ ...Object.fromEntries(marked), ...fields });
  }

  asScalar(): Scalar<V> {
    this.#value ??= new RecordValueType<V>(this.fields.map(([name, type]) => [name, asScalar(type)]));
    return this.#value;
  }

  get initial(): V {
    return Object.fromEntries(this.fields.map(([name, type]) => [name, type.initial])) as V;
  }

  allocate(space: Allocator): Address {
    return Object.fromEntries(this.fields.map(([name, type]) => [name, type.allocate(space)]));
  }

  load(words: Int32Array, address: Address): V {
    return Object.fromEntries(
      this.fields.map(([name, type]) => [name, type.load(words, part(address, name))]),
    ) as V;
  }

  store(words: Int32Array, address: Address, value: V, path: string): void {
    for (const [name, type] of this.fields) {
      type.store(words, part(address, name), value[name as keyof V], join(path, name));
    }
  }

  mark(mask: Int32Array, address: Address): void {
    for (const [name, type] of this.fields) type.mark(mask, part(address, name));
  }

  print(value: V): string {
    return `{${this.fields.map(([name, type]) => `${name}: ${type.print(value[name as keyof V])}`).join(", ")}}`;
  }

  accessor(unit: Unit): string {
    return unit.define(this, "record", (name) => {
      return `class ${name}$Class {
        constructor(path, address) {
          this.$path = path;
          ${this.fields.map(([field, type]) => constructorSource(unit, field, type)).join("\n")}
          ${this.isVolatile ? `this.$eraser = new ${unit.bind(Eraser, "Eraser")}(w, ${unit.bind(this, "type")}, address);` : ""}
          Object.preventExtensions(this);
        }
        ${this.fields.map(([field, type]) => accessorSource(unit, field, type)).join("\n")}
        get $fields() { return ${unit.bind(this.names, "names")}; }
        $assign(value) { ${unit.writes({ prepare: `if (checks.names) ${unit.bind(this, "type")}.checkNames(value, this.$path);`, note: () => "", write: this.fields.map(([field]) => `this.${field} = value.${field};`).join(" ") })} }
        ${this.isVolatile ? `$forget() { ${unit.writes({ note: eraserNote, write: "this.$eraser.erase();" })} }` : ""}
      }
      Object.setPrototypeOf(${name}$Class.prototype, strict);
      function ${name}(path, address) { return new ${name}$Class(path, address); }`;
    });
  }

  plain(slot: Slot<V>, path: string): D {
    const draft = {};
    for (const [name, type] of this.fields) {
      const key = name as keyof V;
      const where = join(path, name);
      const field: Slot<unknown> = {
        get: () => slot.get()[key],
        set: (value) => slot.set({ ...slot.get(), [key]: value }),
      };
      if (type instanceof Scalar) {
        const set = (value: unknown): void => field.set(type.decode(type.encode(value, where)));
        Object.defineProperty(draft, name, { get: field.get, set, enumerable: true });
      } else {
        const part = type.plain(field, where) as object;
        const set = (value: object): void => {
          if (!(type instanceof RecordPlace))
            throw new TypeError(`${where} is changed where it stands, not assigned`);
          type.checkNames(value, where);
          for (const [inner] of type.fields) Reflect.set(part, inner, Reflect.get(value, inner));
        };
        Object.defineProperty(draft, name, { get: () => part, set, enumerable: true });
      }
    }
    if (this.isVolatile)
      Object.defineProperty(draft, "$forget", { value: () => slot.set(this.forgotten(slot.get())) });
    return asDraft(draft, path) as D;
  }

  /** @throws TypeError naming what `value` has and the record does not. */
  checkNames(value: unknown, path: string): void {
    if (typeof value !== "object" || value === null)
      throw new TypeError(`${path}: ${show(value)} is not a record with ${this.names.join(", ")}`);
    const stray = strayField(value, this.names);
    if (stray !== undefined) throw noField(path, stray, "the record", this.names);
  }

  /** `value` with its volatile fields at their initial values. */
  forgotten(value: V): V {
    const kept = this.fields.map(([name, type]) => {
      const field = value[name as keyof V];
      if (this.#volatile.has(name)) return [name, type.initial];
      return [name, type instanceof RecordPlace ? type.forgotten(field as object) : field];
    });
    return Object.fromEntries(kept) as V;
  }

  /** Sets every bit in `mask` that a crash resets. */
  markVolatile(mask: Int32Array, address: Address): void {
    for (const [name, type] of this.fields) {
      if (this.#volatile.has(name)) type.mark(mask, part(address, name));
      else if (type instanceof RecordPlace) type.markVolatile(mask, part(address, name));
    }
  }
}

/** A crash: resets the volatile fields of a record in the state (those marked `volatile`) to their initial values. */
export function forget(record: object): void {
  if (!("$forget" in record))
    throw new TypeError("forget() takes a record of the state with volatile fields");
  (record as { $forget(): void }).$forget();
}

/** Writes the initial values of a record's volatile fields, word by word. */
class Eraser {
  readonly #words: Int32Array;
  /** Bits to be written, by what, in which words. */
  readonly writes: readonly { word: number; keep: number; bits: number }[];

  constructor(words: Int32Array, type: RecordPlace<object, unknown>, address: Address) {
    const mask = new Int32Array(words.length);
    const initial = new Int32Array(words.length);
    type.markVolatile(mask, address);
    type.store(initial, address, type.initial, "");
    this.#words = words;
    this.writes = Array.from(mask, (bits, word) => ({
      word,
      keep: ~bits,
      bits: initial[word]! & bits,
    })).filter(({ keep }) => keep !== -1);
  }

  erase(): void {
    for (const { word, keep, bits } of this.writes) this.#words[word] = (this.#words[word]! & keep) | bits;
  }
}

const eraserNote = (note: Note): string =>
  `for (const { word, keep } of this.$eraser.writes) { ${note("word", "~keep")} }`;

function constructorSource(unit: Unit, field: string, type: AnyType): string {
  if (type instanceof Scalar)
    return `this.o$${field} = address.${field}.word; this.b$${field} = address.${field}.shift;`;
  return `this.$${field} = ${type.accessor(unit)}(join(path, "${field}"), address.${field});`;
}

function accessorSource(unit: Unit, field: string, type: AnyType): string {
  if (type instanceof RecordPlace) {
    return `get ${field}() { return this.$${field}; } set ${field}(value) { this.$${field}.$assign(value); }`;
  }
  if (!(type instanceof Scalar)) {
    return `get ${field}() { return this.$${field}; }
      set ${field}(value) { throw new TypeError(this.$path + ".${field} is changed where it stands, not assigned"); }`;
  }
  const mask = 2 ** type.bits - 1;
  const [word, shift] = [`this.o$${field}`, `this.b$${field}`];
  return `
    get ${field}() {
      ${unit.touch(word, `${mask} << ${shift}`)}
      return ${type.decoderSource(unit, `((w[${word}] >>> ${shift}) & ${mask})`)};
    }
    set ${field}(value) {
      ${unit.writes({
        prepare: unit.encode(type, "code", "value", `join(this.$path, "${field}")`),
        note: (note) => note(word, `${mask} << ${shift}`),
        write: `w[${word}] = (w[${word}] & ~(${mask} << ${shift})) | (code << ${shift});`,
      })}
    }`;
}

export function part(address: Address, name: string): Address {
  return (address as { readonly [part: string]: Address })[name]!;
}
