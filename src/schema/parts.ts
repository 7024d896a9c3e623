/** What a type is made of. */

import { CellsPlace, RowsPlace } from "./array.ts";
import { InternedType } from "./interned.ts";
import { ListPlace } from "./list.ts";
import { RecordPlace } from "./record.ts";
import { SetPlace } from "./set.ts";
import { type AnyType, Scalar } from "./type.ts";

/** The types in a type that are of any of its parts, itself included. */
function typesIn(type: AnyType): AnyType[] {
  return [type, ...partsOf(type).flatMap(typesIn)];
}

/** The types within whose values are numbered as they appear, each once. */
export function internedIn(type: AnyType): InternedType<unknown>[] {
  return [...new Set(typesIn(type).filter((part) => part instanceof InternedType))];
}

export function partsOf(type: AnyType): readonly AnyType[] {
  if (type instanceof RecordPlace)
    return [...(type.nodes ? [type.nodes] : []), ...type.fields.map(([, field]) => field)];
  if (type instanceof CellsPlace) return [type.index, type.item];
  if (type instanceof RowsPlace) return [type.index, type.row];
  if (type instanceof SetPlace || type instanceof ListPlace) return [type.item];
  if (type instanceof InternedType) return type.ids ? [type.ids.of] : [];
  return type instanceof Scalar ? type.inner : [];
}
