/** What can be checked by name, as text and as JSON. */

import type { CatalogEntry } from "../model/catalog.ts";
import type { Bound } from "../model/model.ts";
import { jsonText } from "../verdict/json-text.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

/** One line a target, in columns; below each other what they say where they are wider than `width`. */
export function listText(catalog: readonly CatalogEntry[], width = Infinity): string {
  const rows = catalog.map(({ kind, model, mutant }) =>
    [
      model.name,
      mutant === undefined ? kind : `mutant of ${mutant.of}`,
      Object.entries<Bound>(model.bounds)
        .map(([name, bound]) => `${name}=${bound.default} (${bound.min}..${bound.max})`)
        .join(" "),
      model.about,
    ].map(printable),
  );
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  if (lines.every((line) => line.length <= width)) return `${lines.join("\n")}\n`;
  const passages = rows.map(([name, kind, bounds, about]) => [
    ...wrap(`${name} (${kind})`, width),
    ...[about!, bounds!].flatMap((text) => wrap(text, width - INDENT.length)).map((line) => INDENT + line),
  ]);
  return `${passages.map((passage) => passage.join("\n").trimEnd()).join("\n")}\n`;
}

const INDENT = "    ";

/** One JSON document. */
export function listDocument(catalog: readonly CatalogEntry[]): string {
  const targets = catalog.map(({ kind, model, mutant }) => ({
    name: model.name,
    kind,
    bounds: model.bounds,
    about: model.about,
    of: mutant?.of ?? null,
  }));
  return jsonText({ targets });
}
