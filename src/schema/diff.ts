/** What changed between two values of a type, part by part, down to the parts of immutable values. */

import { CellsPlace, elementPath, RowsPlace } from "./array.ts";
import { InternedType } from "./interned.ts";
import { ListPlace } from "./list.ts";
import { RecordPlace } from "./record.ts";
import { RecordValueType, VariantType } from "./record-values.ts";
import { SetPlace } from "./set.ts";
import { type AnyType, join } from "./type.ts";
import { OptionType, SequenceType, SubsetType } from "./values.ts";
import { without } from "./without.ts";

/**
 * One line a changed part: `acceptors[n1].promised: 0 → 1`, `sent.promise: + promise{from: n1, ballot: 1}`,
 * `log[0].ballot: 1 → 2`. Each begins with the path of a field, goes on to a part of it perhaps, and ends in what changed.
 */
export function diff(type: AnyType, before: unknown, after: unknown, path = ""): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const whole = [`${path}: ${type.print(before)} → ${type.print(after)}`];
  if (type instanceof RecordPlace || type instanceof RecordValueType)
    return diffFields(type.fields, before, after, path);
  if (type instanceof RowsPlace || type instanceof CellsPlace) {
    const element: AnyType = type instanceof RowsPlace ? type.row : type.item;
    const [was, is] = [before, after] as [unknown[], unknown[]];
    return was.flatMap((value, i) => diff(element, value, is[i], elementPath(path, type.index, i)));
  }
  if (type instanceof SetPlace || type instanceof SubsetType) {
    const item: AnyType = type instanceof SetPlace ? type.item : type.of;
    const [was, is] = [before, after].map((elements) =>
      (elements as unknown[]).map((element) => item.print(element)),
    );
    return moved(path, without(was!, is!), without(is!, was!));
  }
  if (type instanceof ListPlace || type instanceof SequenceType)
    return diffItems(type.item, before as unknown[], after as unknown[], path) ?? whole;
  if (type instanceof OptionType && before !== null && after !== null)
    return diff(type.some, before, after, path);
  if (type instanceof InternedType) {
    const [was, is] = [before, after].map((value) => type.print(value).split(PART));
    // Of a value that is printed in short, what changed may not be there to be seen.
    if (was!.join(PART) === is!.join(PART)) return [];
    return diffTexts(was!, is!, path) ?? whole;
  }
  if (type instanceof VariantType) {
    const [was, is] = [before, after].map((value) => (value as { readonly type: string }).type);
    if (was === is) return diff(type.variants.get(is!)!.record, before, after, path);
  }
  return whole;
}

function diffFields(
  fields: readonly (readonly [string, AnyType])[],
  before: unknown,
  after: unknown,
  path: string,
): string[] {
  return fields.flatMap(([name, field]) => {
    const [was, is] = [before, after].map((value) => (value as { [field: string]: unknown })[name]);
    return diff(field, was, is, join(path, name));
  });
}

/** Items that left at the front and came at the end, or that changed where they are; neither says it of other changes. */
function diffItems(
  item: AnyType,
  was: readonly unknown[],
  is: readonly unknown[],
  path: string,
): string[] | undefined {
  const [before, after] = [was, is].map((items) => items.map((value) => item.print(value)));
  for (let gone = 0; gone <= was.length; gone++) {
    const kept = before!.slice(gone);
    if (kept.length === 0 && gone > 0 && is.length > 0) break;
    if (kept.every((text, i) => text === after![i]))
      return moved(path, before!.slice(0, gone), after!.slice(kept.length));
  }
  if (was.length !== is.length) return undefined;
  return was.flatMap((value, i) => diff(item, value, is[i], `${path}[${i}]`));
}

/** What divides the parts of a value whose type is not known, as printed. */
const PART = "; ";

/** The printed parts that are others; nothing where none is the same. */
function diffTexts(was: readonly string[], is: readonly string[], path: string): string[] | undefined {
  const [gone, come] = [without(was, is), without(is, was)].map((parts) => parts.join(PART));
  if (gone === "" && come === "") return undefined;
  if (gone === "") return [`${path}: + ${come}`];
  if (come === "") return [`${path}: − ${gone}`];
  return [`${path}: ${gone} → ${come}`];
}

function moved(path: string, gone: readonly string[], come: readonly string[]): string[] {
  return [...gone.map((text) => `${path}: − ${text}`), ...come.map((text) => `${path}: + ${text}`)];
}
