/** Interchangeable ids: which sorts of them a state has, and what a value becomes when ids are exchanged. */

import { InternedType } from "./interned.ts";
import { partsOf } from "./parts.ts";
import { RecordValueType, VariantType } from "./record-values.ts";
import type { AnyType, Scalar } from "./type.ts";
import { InterchangeableType, NodeType, OptionType, SequenceType, SubsetType } from "./values.ts";

/** Ids that a schema says are interchangeable (a *scalarset*; Ip & Dill, "Better verification through symmetry", 1996). */
export interface Sort {
  /** Types of one name are one sort, wherever in the state they stand. */
  readonly name: string;
  readonly size: number;
  /** How the id with a code prints. */
  print(code: number): string;
}

/** The sort whose ids the values of a type are, if that is what they are. */
export function sortOf(type: AnyType): Sort | undefined {
  if (type instanceof NodeType) {
    const { prefix, size } = type;
    return { name: `${prefix}1..${prefix}${size}`, size, print: (code) => type.print(code) };
  }
  if (type instanceof InterchangeableType) {
    return { name: type.names.join(", "), size: type.size, print: (code) => type.names[code]! };
  }
  return undefined;
}

/** The sorts with two ids or more that a type is made of, each once, in the order of the state. */
export function sortsOf(type: AnyType): Sort[] {
  const sorts = [sortOf(type), ...partsOf(type).flatMap(sortsOf)].filter((sort) => sort !== undefined);
  return sorts.filter(
    ({ name, size }, i) => size > 1 && sorts.findIndex((other) => other.name === name) === i,
  );
}

export function mentions(type: AnyType, sort: Sort): boolean {
  return sortOf(type)?.name === sort.name || partsOf(type).some((part) => mentions(part, sort));
}

/** `value` with the id of code c replaced by that of code `image[c]`, wherever it stands. */
export function rename(type: Scalar<unknown>, value: unknown, sort: Sort, image: readonly number[]): unknown {
  const renamed = (part: Scalar<unknown>, of: unknown): unknown => rename(part, of, sort, image);
  if (sortOf(type)?.name === sort.name) return type.decode(image[type.encode(value, "")]!);
  if (type instanceof InternedType && mentions(type, sort)) return type.ids!.rename(value, image);
  if (type instanceof OptionType) return value === null ? null : renamed(type.some, value);
  if (type instanceof SequenceType) return (value as unknown[]).map((item) => renamed(type.item, item));
  if (type instanceof SubsetType) return (value as unknown[]).map((element) => renamed(type.of, element));
  if (type instanceof VariantType)
    return renamed(type.variants.get((value as { type: string }).type)!.record, value);
  if (type instanceof RecordValueType) {
    const fields = type.fields.map(([name, field]) => [name, renamed(field, (value as never)[name])]);
    return { ...(type.tag !== undefined && { type: type.tag }), ...Object.fromEntries(fields) };
  }
  return value;
}

/** The codes of all values of a type after renaming, by their codes before. Made once: workers need the same again. */
export function imageOf(type: Scalar<unknown>, sort: Sort, image: readonly number[]): Int32Array {
  const key = `${sort.name}: ${image}`;
  const images = knownImages.get(type) ?? new Map<string, Int32Array>();
  knownImages.set(type, images);
  let codes = images.get(key);
  if (codes === undefined) {
    codes = Int32Array.from({ length: type.size }, (_, code) =>
      type.encode(rename(type, type.decode(code), sort, image), ""),
    );
    images.set(key, codes);
  }
  return codes;
}

const knownImages = new WeakMap<Scalar<unknown>, Map<string, Int32Array>>();

/** The renaming that exchanges two ids. */
export function exchanging({ size }: Sort, a: number, b: number): number[] {
  return Array.from({ length: size }, (_, code) => (code === a ? b : code === b ? a : code));
}
