/** What a type is made of, as plain data: enough to read its values without the model. */

import { CellsPlace, RowsPlace } from "./array.ts";
import { ListPlace } from "./list.ts";
import { RecordPlace } from "./record.ts";
import { RecordValueType, VariantType } from "./record-values.ts";
import { SetPlace } from "./set.ts";
import type { AnyType } from "./type.ts";
import {
  EnumerationType,
  FlagType,
  NodeType,
  OptionType,
  RangeType,
  SequenceType,
  SubsetType,
} from "./values.ts";

/** How the plain data of a state are to be read, as JSON that a program without the model understands. */
export type Shape =
  | { readonly kind: "integer" | "name" | "flag" | "any" }
  /** A number from 0; the node prints as the prefix and the number after it. */
  | { readonly kind: "node"; readonly prefix: string }
  /** `null` or a value. */
  | { readonly kind: "option"; readonly of: Shape }
  | { readonly kind: "sequence" | "set" | "bag"; readonly of: Shape }
  /** An array with one element for each index, which are printed here. */
  | { readonly kind: "array"; readonly indices: readonly string[]; readonly of: Shape }
  /** With a tag it is a message, and `type` is the tag. */
  | {
      readonly kind: "record";
      readonly tag: string | null;
      readonly fields: { readonly [field: string]: Shape };
    }
  /** One of several messages. */
  | { readonly kind: "variant"; readonly of: readonly Shape[] };

export function shapeOf(type: AnyType): Shape {
  if (type instanceof NodeType) return { kind: "node", prefix: type.prefix };
  if (type instanceof RangeType) return { kind: "integer" };
  if (type instanceof EnumerationType) return { kind: "name" };
  if (type instanceof FlagType) return { kind: "flag" };
  if (type instanceof OptionType) return { kind: "option", of: shapeOf(type.some) };
  if (type instanceof SequenceType || type instanceof ListPlace)
    return { kind: "sequence", of: shapeOf(type.item) };
  if (type instanceof SubsetType) return { kind: "set", of: shapeOf(type.of) };
  if (type instanceof SetPlace) return { kind: type.isBag ? "bag" : "set", of: shapeOf(type.item) };
  if (type instanceof CellsPlace) return arrayOf(type.index, type.item);
  if (type instanceof RowsPlace) return arrayOf(type.index, type.row);
  if (type instanceof RecordPlace) return recordOf(null, type.fields);
  if (type instanceof RecordValueType) return recordOf(type.tag ?? null, type.fields);
  if (type instanceof VariantType) {
    return { kind: "variant", of: [...type.variants.values()].map(({ record }) => shapeOf(record)) };
  }
  return { kind: "any" };
}

function arrayOf(index: RangeType, element: AnyType): Shape {
  return { kind: "array", indices: index.values().map((i) => index.print(i)), of: shapeOf(element) };
}

function recordOf(tag: string | null, fields: readonly (readonly [string, AnyType])[]): Shape {
  return {
    kind: "record",
    tag,
    fields: Object.fromEntries(fields.map(([name, field]) => [name, shapeOf(field)])),
  };
}
