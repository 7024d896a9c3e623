/** What changed between two values of a type, field by field. */

import { CellsPlace, elementPath, RowsPlace } from "./array.ts";
import { RecordPlace } from "./record.ts";
import { SetPlace } from "./set.ts";
import type { AnyType } from "./type.ts";

/** One line a changed part: `acceptors[n1].promised: 0 → 1`, `sent.promise: + promise{from: n1, ballot: 1}`. */
export function diff(type: AnyType, before: unknown, after: unknown, path = ""): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (type instanceof RecordPlace) {
    return type.fields.flatMap(([name, field]) => {
      const [was, is] = [before, after].map((value) => (value as { [field: string]: unknown })[name]);
      return diff(field, was, is, path === "" ? name : `${path}.${name}`);
    });
  }
  if (type instanceof RowsPlace || type instanceof CellsPlace) {
    const element = type instanceof RowsPlace ? type.row : type.item;
    const [was, is] = [before, after] as [unknown[], unknown[]];
    return was.flatMap((value, i) => diff(element, value, is[i], elementPath(path, type.index, i)));
  }
  if (type instanceof SetPlace) {
    const [was, is] = [before, after].map((elements) =>
      (elements as unknown[]).map((element) => type.item.print(element)),
    );
    const gone = without(was!, is!).map((element) => `${path}: − ${element}`);
    return [...gone, ...without(is!, was!).map((element) => `${path}: + ${element}`)];
  }
  return [`${path}: ${type.print(before)} → ${type.print(after)}`];
}

/** `elements` less one copy for each of `others`. */
function without(elements: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return elements.filter((element) => {
    const at = left.indexOf(element);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
