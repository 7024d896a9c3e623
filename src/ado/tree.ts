/** ADO-R as the tree it is read as: elections that stand on positions, methods on their elections, commits from the root. */

import type { CacheTree, DrawnCache } from "../model/property.ts";
import {
  type AdoR,
  exists,
  type Position,
  roundAt,
  showLog,
  showMethod,
  showOwner,
  showPosition,
} from "./ado-r.ts";

/** The caches of some rounds; index 0 of a round is its election. */
export function drawTree(rounds: AdoR, answers: readonly string[] = []): CacheTree {
  const committed = new Set(
    rounds.flatMap(({ round, committed: index }) => committedUpTo(rounds, { round, index })),
  );
  const cache = (
    position: Position,
    parent: Position,
    rest: Pick<DrawnCache, "kind" | "owner" | "label">,
  ): DrawnCache => ({
    id: showPosition(position),
    parent: parent.round === 0 ? null : showPosition(parent),
    round: position.round,
    isCommitted: committed.has(showPosition(position)),
    ...rest,
  });
  const caches = rounds.flatMap(({ round, owner: id, parent, methods }) => {
    const owner = showOwner(id);
    return [
      cache({ round, index: 0 }, parent, { kind: "election", owner, label: "" }),
      ...methods.map((method, i) =>
        cache(
          { round, index: i + 1 },
          { round, index: i },
          { kind: "method", owner, label: showMethod(method) },
        ),
      ),
    ];
  });
  return { caches, log: showLog(rounds), answers };
}

/** What a commit covers: the elections and methods from the root to `position`, as far as they are in the tree. */
function committedUpTo(rounds: AdoR, position: Position): string[] {
  const covered = new Set<string>();
  let at = position;
  while (at.round > 0 && exists(rounds, at) && !covered.has(showPosition(at))) {
    for (let index = at.index; index >= 0; index--) covered.add(showPosition({ round: at.round, index }));
    at = roundAt(rounds, at.round)!.parent;
  }
  return [...covered];
}
