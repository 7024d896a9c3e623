/** Where the caches of a tree stand in a drawing: the root at the left, branches below each other. */

import type { CacheTree, DrawnCache } from "../model/property.ts";

export interface PlacedCache {
  readonly cache: DrawnCache;
  /** Steps from the root, which is at column 0 and row 0. */
  readonly column: number;
  readonly row: number;
  /** Where the line to it comes from; `null` where its parent is not in the tree. */
  readonly from: { readonly column: number; readonly row: number } | null;
}

export interface TreeLayout {
  readonly placed: readonly PlacedCache[];
  readonly columns: number;
  readonly rows: number;
}

/** The first child of a cache stands beside it and the others below; later rounds stand below earlier ones. */
export function treeLayout({ caches }: CacheTree): TreeLayout {
  const ids = new Set(caches.map(({ id }) => id));
  const isAstray = ({ id, parent }: DrawnCache): boolean =>
    parent !== null && (parent === id || !ids.has(parent));
  const placed: PlacedCache[] = [];
  let rows = 0;
  const place = (cache: DrawnCache, column: number, row: number, from: PlacedCache["from"]): void => {
    if (placed.some((other) => other.cache.id === cache.id)) return;
    placed.push({ cache, column, row, from });
    placeAll(
      caches.filter(({ id, parent }) => parent === cache.id && id !== cache.id),
      { column, row },
    );
  };
  const placeAll = (children: readonly DrawnCache[], from: { column: number; row: number }): void => {
    for (const [i, child] of children.entries()) {
      const row = i === 0 ? from.row : rows;
      rows = Math.max(rows, row + 1);
      place(child, from.column + 1, row, from);
    }
  };
  rows = 1;
  placeAll(
    caches.filter(({ parent }) => parent === null),
    { column: 0, row: 0 },
  );
  for (const cache of caches.filter(isAstray)) {
    rows++;
    place(cache, 1, rows - 1, null);
  }
  return { placed, columns: 1 + Math.max(0, ...placed.map(({ column }) => column)), rows };
}
