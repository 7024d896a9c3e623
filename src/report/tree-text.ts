/** The tree of an abstract object as lines: what stands on what, what is committed, who owns the latest round. */

import type { CacheTree, DrawnCache } from "../model/property.ts";

export function treeLines({ caches, log, answers }: CacheTree): string[] {
  const ids = new Set(caches.map(({ id }) => id));
  const isRoot = ({ id, parent }: DrawnCache): boolean =>
    parent === null || parent === id || !ids.has(parent);
  const latest = caches.filter(({ kind }) => kind === "election").at(-1);
  return [
    ...branches(caches, caches.filter(isRoot), new Set()),
    ...(latest === undefined ? [] : [`latest: round ${latest.round}, of ${latest.owner}`]),
    `committed: [${log.join(", ")}]`,
    ...(answers.length === 0 ? [] : [`answered OK: ${answers.join(", ")}`]),
  ];
}

/** Some caches and what stands on them, each on a line; `above` are those that they stand on. */
function branches(
  all: readonly DrawnCache[],
  siblings: readonly DrawnCache[],
  above: ReadonlySet<string>,
): string[] {
  return siblings.flatMap((cache, i) => {
    const isLast = i === siblings.length - 1;
    const below = new Set([...above, cache.id]);
    const children = all.filter(({ id, parent }) => parent === cache.id && !below.has(id));
    return [
      `${isLast ? "└" : "├"} ${cacheText(cache)}`,
      ...branches(all, children, below).map((line) => `${isLast ? " " : "│"} ${line}`),
    ];
  });
}

/** A cache that stands on nothing there is has no place in the tree: it says what it should stand on. */
function cacheText({ kind, label, round, owner, parent, isCommitted }: DrawnCache): string {
  const what = kind === "election" ? `round ${round} of ${owner} on ${parent ?? "the empty log"}` : label;
  return isCommitted ? `${what} ✓` : what;
}
