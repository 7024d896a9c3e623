/** A draft of a plain state that tells what a body reads of it. */

import type { Instance } from "../model/instance.ts";
import { draftOf } from "../model/plain.ts";
import { CellsPlace, elementPath, RowsPlace } from "../schema/array.ts";
import { type ListDraft, ListPlace } from "../schema/list.ts";
import { RecordPlace } from "../schema/record.ts";
import { type SetDraft, SetPlace } from "../schema/set.ts";
import { type AnyType, join, Scalar } from "../schema/type.ts";

export interface Watcher {
  /** A part of the state was read: its path, and its value as printed. */
  read?(path: string, value: string): void;
  /** An element of a set was looked up, and found: not just counted or asked for. */
  found?(set: AnyType, element: unknown): void;
}

/** A draft of `slot.state`, as {@link draftOf} gives one; writes are not told. */
export function watchedDraft(instance: Instance, slot: { state: object }, watcher: Watcher): unknown {
  return watch(instance.root, draftOf(instance, slot), { path: "", watcher });
}

interface Place {
  readonly path: string;
  readonly watcher: Watcher;
}

function watch(type: AnyType, draft: unknown, place: Place): unknown {
  if (type instanceof RecordPlace) return watchRecord(type, draft as object, place);
  if (type instanceof RowsPlace) return watchRows(type, draft as readonly unknown[], place);
  if (type instanceof CellsPlace) return watchCells(type, draft as Cells, place);
  if (type instanceof SetPlace) return watchSet(type, draft as SetDraft<unknown>, place);
  if (type instanceof ListPlace) return watchList(type, draft as ListDraft<unknown>, place);
  return draft;
}

function watchRecord(type: RecordPlace<object, unknown>, draft: object, { path, watcher }: Place): unknown {
  const fields = new Map(type.fields);
  return new Proxy(draft, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      const field = typeof name === "string" ? fields.get(name) : undefined;
      if (field === undefined) return value;
      const inner = join(path, name as string);
      if (!(field instanceof Scalar)) return watch(field, value, { path: inner, watcher });
      watcher.read?.(inner, field.print(value));
      return value;
    },
  });
}

function watchRows(
  { index, row }: RowsPlace<unknown, unknown>,
  draft: readonly unknown[],
  { path, watcher }: Place,
): unknown {
  const rows = index
    .values()
    .map((value, i) => watch(row, draft[value], { path: elementPath(path, index, i), watcher }));
  return Object.freeze([...new Array(index.low).fill(undefined), ...rows]);
}

type Cells = {
  get(index: number): unknown;
  set(index: number, value: unknown): void;
  values(): unknown[];
};

function watchCells({ index, item }: CellsPlace<unknown>, draft: Cells, { path, watcher }: Place): Cells {
  const tell = (value: unknown, i: number): unknown => {
    watcher.read?.(elementPath(path, index, i), item.print(value));
    return value;
  };
  return {
    get: (at) => tell(draft.get(at), index.encode(at, path)),
    set: (at, value) => draft.set(at, value),
    values: () => draft.values().map(tell),
  };
}

function watchSet(
  type: SetPlace<unknown, SetDraft<unknown>>,
  draft: SetDraft<unknown>,
  { path, watcher }: Place,
): unknown {
  const tellAll = (): void => watcher.read?.(path, type.print(draft.values()));
  const tell = (element: unknown): unknown => {
    if (element === undefined) return element;
    watcher.found?.(type, element);
    watcher.read?.(path, type.item.print(element));
    return element;
  };
  const asked: { readonly [method in keyof SetDraft<unknown>]?: (argument: never) => unknown } = {
    match: (fields) => {
      const element = draft.match(fields);
      if (element === undefined) tellAll();
      return tell(element);
    },
    find: (test) => {
      const element = draft.find(test);
      if (element === undefined) tellAll();
      return tell(element);
    },
  };
  const looking = ["size", "has", "some", "every", "count", "values"];
  return new Proxy(draft, {
    get(target, name) {
      if (Object.hasOwn(asked, name)) return asked[name as keyof typeof asked];
      if (looking.includes(name as string)) tellAll();
      return Reflect.get(target, name);
    },
  });
}

function watchList(
  type: ListPlace<unknown, unknown>,
  draft: ListDraft<unknown>,
  { path, watcher }: Place,
): unknown {
  return new Proxy(draft, {
    get(target, name) {
      if (["length", "at", "values"].includes(name as string))
        watcher.read?.(path, type.print(draft.values()));
      return Reflect.get(target, name);
    },
  });
}
