/** Fields of a state put into tables: what all nodes have stands side by side. */

import { entry } from "../schema/entry.ts";

/** A table with a column for each index: the cell of a row and a column is the field at `paths[column]`. */
export interface FieldTable {
  readonly columns: readonly string[];
  readonly rows: readonly FieldRow[];
}

export interface FieldRow {
  /** The array that the row is of; rows of one array follow each other. */
  readonly group: string;
  /** What is below the index: empty for an array of plain values. */
  readonly label: string;
  readonly paths: readonly (string | undefined)[];
}

export interface Tables {
  /** One for each set of indices: `n1`, `n2`, `n3`. */
  readonly arrays: readonly FieldTable[];
  /** The paths of the fields that are not in an array. */
  readonly single: readonly string[];
}

/** Arranges paths such as `nodes[n1].accepted.ballot`, in their order. */
export function fieldTables(paths: readonly string[]): Tables {
  const arrays = new Map<string, Map<string, Map<string, string>>>();
  const single: string[] = [];
  for (const path of paths) {
    const [, array, index, label] = /^([^[]+)\[([^\]]*)\]\.?(.*)$/s.exec(path) ?? [];
    if (array === undefined || index === undefined || label === undefined) {
      single.push(path);
      continue;
    }
    const columns = entry(arrays, array, () => new Map<string, Map<string, string>>());
    entry(columns, index, () => new Map<string, string>()).set(label, path);
  }
  const tables = new Map<string, { columns: string[]; rows: FieldRow[] }>();
  for (const [group, byIndex] of arrays) {
    const columns = [...byIndex.keys()];
    const labels = new Set([...byIndex.values()].flatMap((fields) => [...fields.keys()]));
    const table = entry(tables, JSON.stringify(columns), () => ({ columns, rows: [] as FieldRow[] }));
    for (const label of labels) {
      table.rows.push({ group, label, paths: columns.map((column) => byIndex.get(column)!.get(label)) });
    }
  }
  return { arrays: [...tables.values()], single };
}
