/** What can be checked by name, as text and as JSON. */

import type { CatalogEntry } from "../model/catalog.ts";
import type { Bound } from "../model/model.ts";
import { printable } from "./printable.ts";

/** One line a target, in columns. */
export function listText(catalog: readonly CatalogEntry[]): string {
  const rows = catalog.map(({ kind, model, mutant }) => [
    model.name,
    mutant === undefined ? kind : `mutant of ${mutant.of}`,
    Object.entries<Bound>(model.bounds)
      .map(([name, bound]) => `${name}=${bound.default} (${bound.min}..${bound.max})`)
      .join(" "),
    model.about,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, i) => printable(cell).padEnd(widths[i] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** One JSON document. */
export function listDocument(catalog: readonly CatalogEntry[]): string {
  const targets = catalog.map(({ kind, model, mutant }) => ({
    name: model.name,
    kind,
    bounds: model.bounds,
    about: model.about,
    of: mutant?.of ?? null,
  }));
  return `${JSON.stringify({ targets }, null, 2)}\n`;
}
