/** Records and messages as immutable values. */

import { join, noField, OutOfRange, Scalar, strayField } from "./type.ts";
import type { Unit } from "./unit.ts";

/**
 * Values of a record whose fields are all scalars, as frozen objects. Codes are mixed radix, the first field leading.
 * A record with a tag is a message: its values carry the tag as `type`.
 */
export class RecordValueType<V extends object> extends Scalar<V> {
  readonly fields: readonly (readonly [string, Scalar<unknown>])[];
  readonly tag: string | undefined;

  constructor(fields: readonly (readonly [string, Scalar<unknown>])[], tag?: string) {
    super(
      fields.reduce((product, [, type]) => product * type.size, 1),
      `${tag ?? ""}{ ${fields.map(([name, type]) => `${name}: ${type.domain}`).join(", ")} }`,
    );
    this.fields = fields;
    this.tag = tag;
  }

  encode(value: V, path: string): number {
    if (typeof value !== "object" || value === null) throw new OutOfRange(path, value, this.domain);
    let code = 0;
    for (const [name, type] of this.fields) {
      code = code * type.size + type.encode(value[name as keyof V], `${path}.${name}`);
    }
    const wrong = this.misnamed(value, path);
    if (wrong !== undefined) throw wrong;
    return code;
  }

  /**
   * The codes of the fields that `pattern` gives; `undefined` for the others.
   * @throws what {@link encode} does, for a field that it has without a value too
   */
  encodePattern(pattern: Partial<V>, path: string): (number | undefined)[] {
    const codes = this.fields.map(([name, type]) =>
      name in pattern ? type.encode(pattern[name as keyof V], join(path, name)) : undefined,
    );
    const wrong = this.misnamed(pattern, path);
    if (wrong !== undefined) throw wrong;
    return codes;
  }

  /** What is wrong with the names in `value`: one that is no field, or the type of another message. */
  misnamed(value: object, path: string): Error | undefined {
    const { tag } = this;
    const names = this.fields.map(([name]) => name);
    if (tag !== undefined && "type" in value && value.type !== tag)
      return new OutOfRange(join(path, "type"), value.type, tag);
    const stray = strayField(value, names);
    if (stray === undefined) return undefined;
    return noField(path, stray, tag === undefined ? "the record" : `message ${tag}`, names);
  }

  protected make(code: number): V {
    const values: unknown[] = [];
    for (const [, type] of this.fields.toReversed()) {
      values.unshift(type.decode(code % type.size));
      code = Math.floor(code / type.size);
    }
    // Field by field, so that all values have one hidden class; `Object.fromEntries` gives each its own, and slow reads.
    const value: { [name: string]: unknown } = this.tag === undefined ? {} : { type: this.tag };
    for (const [i, [name]] of this.fields.entries()) value[name] = values[i];
    return Object.freeze(value) as V;
  }

  override get inner(): readonly Scalar<unknown>[] {
    return this.fields.map(([, type]) => type);
  }

  print(value: V): string {
    return `${this.tag ?? ""}{${this.fields.map(([name, type]) => `${name}: ${type.print(value[name as keyof V])}`).join(", ")}}`;
  }

  encoderSource(unit: Unit): string {
    const digits = this.fields.map(
      ([name, field], i) => `const digit${i} = ${unit.encoder(field)}(value[${JSON.stringify(name)}]);
        if (digit${i} < 0) return -1;
        code = code * ${field.size} + digit${i};`,
    );
    const ofType =
      this.tag === undefined ? "" : ` + ("type" in value && value.type === ${JSON.stringify(this.tag)})`;
    // All fields are there: with as many names as fields there is no other.
    const isMisnamed = unit.define(
      this.fields,
      "isMisnamed",
      (name) => `function ${name}(value) {
        let names = 0;
        for (const name in value) names++;
        return names !== ${this.fields.length}${ofType} && ${unit.bind(this, "type")}.misnamed(value, "") !== undefined;
      }`,
    );
    return `if (typeof value !== "object" || value === null) return -1;
      let code = 0;
      ${digits.join(" ")}
      if (checks.names && ${isMisnamed}(value)) return -1;
      return code;`;
  }
}

/** One of several tagged records; the tag is the field `type`. */
export class VariantType<V extends { readonly type: string }> extends Scalar<V> {
  readonly variants: ReadonlyMap<string, { readonly record: RecordValueType<V>; readonly base: number }>;

  constructor(records: readonly RecordValueType<V>[]) {
    const variants = new Map<string, { record: RecordValueType<V>; base: number }>();
    let base = 0;
    for (const record of records) {
      variants.set(record.tag!, { record, base });
      base += record.size;
    }
    super(base, records.map((record) => record.domain).join(" | "));
    this.variants = variants;
  }

  encode(value: V, path: string): number {
    const variant = this.variants.get(value?.type);
    if (variant === undefined)
      throw new OutOfRange(`${path}.type`, value?.type, [...this.variants.keys()].join(" | "));
    return variant.base + variant.record.encode(value, path);
  }

  protected make(code: number): V {
    for (const { record, base } of this.variants.values()) {
      if (code < base + record.size) return record.decode(code - base);
    }
    throw new RangeError(`no variant has code ${code}`);
  }

  override get inner(): readonly Scalar<unknown>[] {
    return [...this.variants.values()].map(({ record }) => record as Scalar<unknown>);
  }

  print(value: V): string {
    return this.variants.get(value.type)!.record.print(value);
  }

  encoderSource(unit: Unit): string {
    const cases = [...this.variants].map(
      ([type, { record, base }]) => `if (type === ${JSON.stringify(type)}) {
        const code = ${unit.encoder(record)}(value);
        return code < 0 ? -1 : ${base} + code;
      }`,
    );
    return `const type = value?.type; ${cases.join(" ")} return -1;`;
  }
}
