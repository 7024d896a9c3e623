/**
 * ADO-R, the atomic distributed object by rounds: the abstract machine that protocols are checked against step by step.
 *
 * A round has one owner, adopts a position as its parent, appends methods and commits a prefix of them. The two guards do
 * not depend on the order in which rounds come about, so late elections and late commits are steps of it too. With one
 * method a round they are those of LiDO (Qiu et al., PLDI 2024, Fig. 6); positions within a round are this project's
 * generalisation. All values are plain and immutable; what methods are is left to the protocol.
 */

/** Method `index` of `round`, counted from 1; index 0 is what the round adopted, round 0 the empty log. */
export interface Position {
  readonly round: number;
  readonly index: number;
}

const ROOT: Position = { round: 0, index: 0 };

/** A method that was invoked, as JSON: what it means is for who looks. */
export type Method =
  | string
  | number
  | boolean
  | null
  | readonly Method[]
  | { readonly [field: string]: Method };

/** What one owner did: it continued somewhere, invoked methods, and committed the first of them. Rounds and owners are whole numbers; rounds count from 1, owners from 0. */
export interface Round {
  readonly round: number;
  readonly owner: number;
  /** Where the owner continued. */
  readonly parent: Position;
  readonly methods: readonly Method[];
  /** How many of the methods are committed; −1 if not even what was adopted is known to be. */
  readonly committed: number;
}

/** The rounds that exist, in ascending order. */
export type AdoR = readonly Round[];

/** A pull that won a round, a method invoked there, or a push of the methods up to `index` of a round (0: of what it adopted). */
export type AdoEvent =
  | { readonly kind: "pull"; readonly round: number; readonly owner: number; readonly parent: Position }
  | { readonly kind: "invoke"; readonly round: number; readonly method: Method }
  | { readonly kind: "push"; readonly round: number; readonly index: number };

/** Variants of the ADO. */
export interface AdoROptions {
  /** The least index a push commits: 1 if a round can only commit methods of its own; by default 0, also just what it adopted. */
  readonly leastPush?: 0 | 1;
}

export function comparePositions(a: Position, b: Position): number {
  return a.round - b.round || a.index - b.index;
}

export function showPosition({ round, index }: Position): string {
  return `(${round},${index})`;
}

export function roundAt(rounds: AdoR, round: number): Round | undefined {
  return rounds.find((candidate) => candidate.round === round);
}

/** Whether a position stands in the tree. */
export function exists(rounds: AdoR, { round, index }: Position): boolean {
  if (round === 0) return index === 0;
  const owner = roundAt(rounds, round);
  return owner !== undefined && index >= 0 && index <= owner.methods.length;
}

/** The positions of the methods from the root to `position`, in order.  @throws RangeError for one that is not there. */
export function branchPositions(rounds: AdoR, position: Position): Position[] {
  const path: Position[] = [];
  for (let at = position; at.round > 0; ) {
    if (!exists(rounds, at)) throw new RangeError(`${showPosition(at)} is not in the tree`);
    for (let index = at.index; index >= 1; index--) path.push({ round: at.round, index });
    at = roundAt(rounds, at.round)!.parent;
  }
  return path.reverse();
}

/** The methods from the root to `position`, in order. */
export function branch(rounds: AdoR, position: Position): Method[] {
  return branchPositions(rounds, position).map(
    ({ round, index }) => roundAt(rounds, round)!.methods[index - 1]!,
  );
}

/** The latest committed position. */
export function best(rounds: AdoR): Position {
  const committed = rounds.filter((round) => round.committed >= 0);
  const last = committed.at(-1);
  return last === undefined ? ROOT : { round: last.round, index: last.committed };
}

/** The committed methods, in order. */
export function persist(rounds: AdoR): Method[] {
  return branch(rounds, best(rounds));
}

/** Why an event is not allowed, with the values that break the guard; `undefined` if it is. */
export function refusal(rounds: AdoR, event: AdoEvent, { leastPush = 0 }: AdoROptions): string | undefined {
  switch (event.kind) {
    case "pull": {
      const { round, parent } = event;
      if (roundAt(rounds, round)) return `PullPre: round ${round} has an owner already`;
      if (parent.round >= round)
        return `PullPre: parent ${showPosition(parent)} is not of an earlier round than ${round}`;
      if (!exists(rounds, parent)) return `PullPre: parent ${showPosition(parent)} is not in the tree`;
      const passed = rounds.find((earlier) => {
        const commit = { round: earlier.round, index: earlier.committed };
        return earlier.round < round && earlier.committed >= 0 && comparePositions(parent, commit) < 0;
      });
      if (passed === undefined) return undefined;
      return `PullPre: parent ${showPosition(parent)} < committed (${passed.round},${passed.committed})`;
    }
    case "invoke":
      return roundAt(rounds, event.round) ? undefined : `InvokePre: round ${event.round} has no owner`;
    case "push": {
      const { round, index } = event;
      const pushed = roundAt(rounds, round);
      if (pushed === undefined) return `PushPre: round ${round} has no owner`;
      if (index < leastPush || index <= pushed.committed || index > pushed.methods.length) {
        const range = `${Math.max(leastPush, pushed.committed + 1)}..${pushed.methods.length}`;
        return `PushPre: (${round},${index}) is outside ${range}, the methods of the round that are not committed`;
      }
      const skipped = rounds.find(
        (later) => later.round > round && comparePositions(later.parent, { round, index }) < 0,
      );
      if (skipped === undefined) return undefined;
      return `PushPre: later owner of round ${skipped.round} adopted ${showPosition(skipped.parent)} < (${round},${index})`;
    }
  }
}

/** The rounds after an event that is allowed. */
export function apply(rounds: AdoR, event: AdoEvent): AdoR {
  if (event.kind === "pull") {
    const { round, owner, parent } = event;
    const added: Round = { round, owner, parent, methods: [], committed: -1 };
    return [...rounds, added].sort((a, b) => a.round - b.round);
  }
  return rounds.map((round) => {
    if (round.round !== event.round) return round;
    return event.kind === "push"
      ? { ...round, committed: event.index }
      : { ...round, methods: [...round.methods, event.method] };
  });
}

/** The events that lead from some rounds to others, in an order that makes sense of them, or why none can. */
export function eventsBetween(before: AdoR, after: AdoR): readonly AdoEvent[] | string {
  const pulls: AdoEvent[] = [];
  const invokes: AdoEvent[] = [];
  const pushes: AdoEvent[] = [];
  for (const was of before) {
    if (!roundAt(after, was.round)) return `round ${was.round} vanished`;
  }
  for (const { round, owner, parent, methods, committed } of after) {
    const was = roundAt(before, round);
    if (was === undefined) pulls.push({ kind: "pull", round, owner, parent });
    else if (was.owner !== owner) return `the owner of round ${round} changed`;
    else if (comparePositions(was.parent, parent) !== 0) return `the parent of round ${round} changed`;
    const known = was?.methods ?? [];
    if (JSON.stringify(methods.slice(0, known.length)) !== JSON.stringify(known)) {
      return `a method of round ${round} was replaced or removed`;
    }
    for (const method of methods.slice(known.length)) invokes.push({ kind: "invoke", round, method });
    if (committed < (was?.committed ?? -1)) return `a commit of round ${round} was undone`;
    if (committed > (was?.committed ?? -1)) pushes.push({ kind: "push", round, index: committed });
  }
  return [...pulls, ...invokes, ...pushes];
}

/** `round 2 of n1 after (1,1): set x, set y | committed 1` */
export function showRound({ round, owner, parent, methods, committed }: Round): string {
  const shown = methods.map(showMethod);
  const commit = committed < 0 ? "" : ` | committed ${committed}`;
  return `round ${round} of ${showOwner(owner)} after ${showPosition(parent)}: [${shown.join(", ")}]${commit}`;
}

/** The committed methods, or what of them is not in the tree. */
export function showLog(rounds: AdoR): string[] {
  try {
    return persist(rounds).map(showMethod);
  } catch (error) {
    if (error instanceof RangeError) return [error.message];
    throw error;
  }
}

export const showMethod = (method: Method): string =>
  typeof method === "string" ? method : JSON.stringify(method);

export const showOwner = (owner: number): string => `n${owner + 1}`;
