/** A value as printed fields: what a table of a state shows. */

import { CellsPlace, elementPath, RowsPlace } from "./array.ts";
import { RecordPlace } from "./record.ts";
import { SetPlace } from "./set.ts";
import { type AnyType, join } from "./type.ts";

/** A part that is printed in one piece, or a set or network with each element by itself. */
export type PrintedField =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly elements: readonly string[] };

/** The parts of a value in the order of its type, by the paths that {@link diff} names them by. */
export function printedFields(type: AnyType, value: unknown, path = ""): PrintedField[] {
  if (type instanceof RecordPlace) {
    return type.fields.flatMap(([name, field]) =>
      printedFields(field, (value as { [field: string]: unknown })[name], join(path, name)),
    );
  }
  if (type instanceof RowsPlace || type instanceof CellsPlace) {
    const element = type instanceof RowsPlace ? type.row : type.item;
    return (value as unknown[]).flatMap((part, i) =>
      printedFields(element, part, elementPath(path, type.index, i)),
    );
  }
  if (type instanceof SetPlace) {
    return [{ path, elements: (value as unknown[]).map((element) => type.item.print(element)) }];
  }
  return [{ path, text: type.print(value) }];
}

/** `path: value` */
export function fieldLine(field: PrintedField): string {
  return `${field.path}: ${"text" in field ? field.text : `{${field.elements.join(", ")}}`}`;
}

/** Those of the fields of `after` that differ from those of `before`; both are of one type. */
export function changedFields(type: AnyType, before: unknown, after: unknown): PrintedField[] {
  const was = printedFields(type, before).map((field) => JSON.stringify(field));
  return printedFields(type, after).filter((field, i) => JSON.stringify(field) !== was[i]);
}
