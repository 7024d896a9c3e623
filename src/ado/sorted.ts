/**
 * From ADO-R to ADO-21. A concrete run can win and commit rounds in any order, which ADO-21 cannot follow step by step:
 * there, a later owner preempts an earlier one for good. But listed by round, the same events are a run of ADO-21 that
 * ends with the same log. The authors prove refinement by such a reordering; here it is a second opinion, independent of
 * the guards of ADO-R.
 */

import { type Ado21, type CacheId, commit, EMPTY, invoke, nextOf, pull, push, rootOf } from "./ado-21.ts";
import { type AdoR, type Position, persist, roundAt, showPosition } from "./ado-r.ts";

/** Replays rounds in their order on ADO-21: the state it ends in, or the step that is no step of ADO-21. */
export function replaySorted(rounds: AdoR): Ado21 | string {
  const caches = new Map<string, CacheId>();
  const cacheAt = (position: Position): CacheId => {
    if (position.index > 0) return caches.get(showPosition(position))!;
    return position.round === 0 ? "" : cacheAt(roundAt(rounds, position.round)!.parent);
  };
  let ado = EMPTY;
  for (const { round, owner, parent, methods, committed } of rounds) {
    const refused = (what: string): string => `ADO-21, rounds in order: round ${round} cannot ${what}`;
    const pulled = pull(ado, owner, round, cacheAt(parent));
    if (pulled === undefined) return refused(`pull at ${showPosition(parent)}`);
    ado = pulled;
    for (const [i, method] of methods.entries()) {
      caches.set(showPosition({ round, index: i + 1 }), nextOf(ado, owner)!);
      const invoked = invoke(ado, owner, method);
      if (invoked === undefined) return refused(`invoke method ${i + 1}`);
      ado = invoked;
    }
    if (committed < 0) continue;
    const target = cacheAt({ round, index: committed });
    const pushed = committed === 0 ? pushInherited(ado, target) : push(ado, owner, target);
    if (pushed === undefined) return refused(`push (${round},${committed})`);
    ado = pushed;
  }
  const [log, expected] = [ado.persist.map(({ method }) => method), persist(rounds)];
  if (JSON.stringify(log) !== JSON.stringify(expected)) {
    return `ADO-21, rounds in order, commits ${JSON.stringify(log)} instead of ${JSON.stringify(expected)}`;
  }
  return ado;
}

/** A push of nothing but what the round adopted: no step of the published ADO-21, which commits a method of one's own. */
function pushInherited(ado: Ado21, target: CacheId): Ado21 | undefined {
  if (target === rootOf(ado)) return ado;
  return ado.tree.some(({ id }) => id === target) ? commit(ado, target) : undefined;
}
