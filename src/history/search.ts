import { Automaton, ILLEGAL } from "./automaton.ts";
import { EventList, FIRST, RETURN } from "./event-list.ts";
import type { Operation } from "./history.ts";
import { LinearizedSet } from "./linearized-set.ts";
import type { SequentialObject } from "./sequential-object.ts";
import { VisitedConfigurations } from "./visited-configurations.ts";

/** How often it is asked whether to go on. */
export const CONFIGURATIONS_BETWEEN_QUESTIONS = 256;

/** What a search may spend. */
export interface SearchLimits {
  /** Sets of linearized operations, each with the state they lead to. */
  readonly maxConfigurations: number;
  /** Memory for configurations and states, by an estimate. */
  readonly maxBytes: number;
  /** Asked every few hundred configurations; `false` ends the search. */
  readonly keepGoing: () => boolean;
}

export type SearchLimit = "configurations" | "bytes" | "deadline";

/** `found`: a linearization, as indices of operations in order. `none`: there is none. `cut`: a limit was
 *  reached. */
export type SearchOutcome = (
  | { readonly kind: "found"; readonly order: readonly number[] }
  | { readonly kind: "none" }
  | { readonly kind: "cut"; readonly limit: SearchLimit }
) & {
  readonly configurations: number;
  /** Position of the furthest return that stopped a partial linearization; all before it can be
   *  linearized. */
  readonly furthest: number;
};

/** Told of each partial linearization that gets at least as far as those before it: the position of the
 *  return that stops it, its operations in order (a view of the search's own array), and the state it ends
 *  in. */
export type DeadEndObserver<State> = (position: number, order: Int32Array, state: State) => void;

/** Looks for a linearization of `operations` that `object` allows; they stand as `searchOrder` puts them.
 *  Wing & Gong (1993) with Lowe's memo (2017); exponential in the worst case. */
export function search<State>(
  operations: readonly Operation[],
  object: SequentialObject<State>,
  limits: SearchLimits,
  observer?: DeadEndObserver<State>,
): SearchOutcome {
  return new Search(operations, object, limits, observer).run();
}

/** Complete operations before pending ones, each by invocation. */
export function searchOrder(a: Operation, b: Operation): number {
  if (a.kind !== b.kind) return a.kind === "complete" ? -1 : 1;
  return a.invoked - b.invoked;
}

/** Depth first: a partial linearization is extended by an operation called before the first return it
 *  lacks. Read-only operations are taken as soon as they are legal and for good: that can spoil nothing.
 *  Then come the other complete operations in turn, and last the pending ones: of equal pending ones the
 *  first called, since it can take the place of any other, and none whose effect the next operation undoes. */
class Search<State> {
  readonly #limits: SearchLimits;
  readonly #observer: DeadEndObserver<State> | undefined;
  readonly #automaton: Automaton<State>;
  readonly #events: EventList;
  readonly #linearized: LinearizedSet;
  readonly #visited = new VisitedConfigurations();
  readonly #completeCount: number;
  readonly #isReadOnly: Uint8Array;
  readonly #previousTwin: Int32Array;

  // The partial linearization, and for each of its operations what was the case before it was taken.
  readonly #order: Int32Array;
  readonly #stateBefore: Int32Array;
  readonly #wallBefore: Int32Array;
  #depth = 0;
  #state = Automaton.initial;
  /** How many complete operations are not linearized. */
  #missing: number;
  /** The entry of the next operation to try. */
  #entry = 0;
  /** The first return that is lacking, once the complete operations called before it were tried; till
   *  then, the end. */
  #wall = 0;
  #furthest = Number.NEGATIVE_INFINITY;

  constructor(
    operations: readonly Operation[],
    object: SequentialObject<State>,
    limits: SearchLimits,
    observer: DeadEndObserver<State> | undefined,
  ) {
    const count = operations.length;
    this.#limits = limits;
    this.#observer = observer;
    this.#automaton = new Automaton(object, operations);
    this.#events = new EventList(operations);
    this.#completeCount = operations.filter((operation) => operation.kind === "complete").length;
    this.#linearized = new LinearizedSet(this.#completeCount, count - this.#completeCount);
    this.#isReadOnly = Uint8Array.from(operations, (operation) =>
      Number(object.isReadOnly?.(operation) ?? false),
    );
    this.#previousTwin = previousTwins(this.#automaton, this.#completeCount, count);
    this.#order = new Int32Array(count);
    this.#stateBefore = new Int32Array(count);
    this.#wallBefore = new Int32Array(count);
    this.#missing = this.#completeCount;
  }

  run(): SearchOutcome {
    const { next, operationAt, firstPending } = this.#events;
    this.#takeReads();
    while (this.#missing > 0) {
      const operation = operationAt[this.#entry]!;
      if (this.#entry >= this.#wall) {
        if (!this.#takeBack()) return this.#outcome({ kind: "none" });
      } else if (operation === RETURN) {
        this.#noteDeadEnd();
        this.#wall = this.#entry;
        this.#entry = next[firstPending]!;
        continue;
      } else {
        const after = this.#automaton.step(this.#state, operation);
        if (after !== ILLEGAL && this.#isUseful(operation, after) && !this.#isSpared(operation, after)) {
          this.#linearized.add(operation);
          if (this.#visited.add(this.#linearized, after)) {
            this.#take(operation, after);
            this.#takeReads();
            const limit = this.#limitReached();
            if (limit !== undefined) return this.#outcome({ kind: "cut", limit });
            continue;
          }
          this.#linearized.delete(operation);
        }
      }
      this.#entry = next[this.#entry]!;
    }
    return this.#outcome({ kind: "found", order: Array.from(this.#order.subarray(0, this.#depth)) });
  }

  #take(operation: number, after: number): void {
    this.#order[this.#depth] = operation;
    this.#stateBefore[this.#depth] = this.#state;
    this.#wallBefore[this.#depth] = this.#wall;
    this.#depth++;
    if (operation < this.#completeCount) this.#missing--;
    this.#events.takeOut(operation);
    this.#state = after;
  }

  #takeReads(): void {
    const { next, operationAt, end } = this.#events;
    this.#wall = end;
    let entry = next[FIRST]!;
    for (let operation = operationAt[entry]!; operation !== RETURN; operation = operationAt[entry]!) {
      if (this.#isReadOnly[operation] === 1 && this.#isLegalRead(operation)) {
        this.#linearized.add(operation);
        this.#take(operation, this.#state);
      }
      entry = next[entry]!;
    }
    this.#entry = next[FIRST]!;
  }

  #isLegalRead(operation: number): boolean {
    const after = this.#automaton.step(this.#state, operation);
    if (after === ILLEGAL || after === this.#state) return after === this.#state;
    throw new Error(
      "an operation that isReadOnly calls read-only changed the state; usually apply writes there, or key tells equal states apart",
    );
  }

  /** Undoes the last operation that was a choice, and the reads since. Says whether there was one. */
  #takeBack(): boolean {
    let operation: number;
    do {
      if (this.#depth === 0) return false;
      operation = this.#order[--this.#depth]!;
      this.#events.putBack(operation);
      this.#linearized.delete(operation);
      if (operation < this.#completeCount) this.#missing++;
    } while (this.#isReadOnly[operation] === 1);
    this.#state = this.#stateBefore[this.#depth]!;
    this.#wall = this.#wallBefore[this.#depth]!;
    this.#entry = this.#events.callOf[operation]!;
    return true;
  }

  /** A pending operation that changes nothing need not be linearized, nor one whose equal is still to be
   *  had. */
  #isUseful(operation: number, after: number): boolean {
    if (operation < this.#completeCount) return true;
    const twin = this.#previousTwin[operation]!;
    return after !== this.#state && (twin === NO_TWIN || this.#linearized.has(twin));
  }

  /** Whether `operation` leads to the same state without the pending operation that was taken last. Where that
   *  one is not taken, which is tried too, all that follows is possible as well, and more is left. */
  #isSpared(operation: number, after: number): boolean {
    const last = this.#depth - 1;
    if (last < 0 || this.#order[last]! < this.#completeCount) return false;
    return this.#automaton.step(this.#stateBefore[last]!, operation) === after;
  }

  #noteDeadEnd(): void {
    const position = this.#events.positionAt[this.#entry]!;
    if (position < this.#furthest) return;
    this.#furthest = position;
    this.#observer?.(position, this.#order.subarray(0, this.#depth), this.#automaton.stateAt(this.#state));
  }

  #limitReached(): SearchLimit | undefined {
    const { size } = this.#visited;
    if (this.#missing === 0) return undefined;
    if (size >= this.#limits.maxConfigurations) return "configurations";
    if (size % CONFIGURATIONS_BETWEEN_QUESTIONS !== 0) return undefined;
    if (this.#visited.bytes + this.#automaton.bytes > this.#limits.maxBytes) return "bytes";
    return this.#limits.keepGoing() ? undefined : "deadline";
  }

  #outcome<Answer>(answer: Answer): Answer & { configurations: number; furthest: number } {
    return { ...answer, configurations: this.#visited.size, furthest: this.#furthest };
  }
}

const NO_TWIN = -1;

/** For each pending operation the one called last before it with the same method and arguments. */
function previousTwins(automaton: Automaton<unknown>, firstPending: number, count: number): Int32Array {
  const twins = new Int32Array(count).fill(NO_TWIN);
  const latest = new Map<number, number>();
  for (let operation = firstPending; operation < count; operation++) {
    twins[operation] = latest.get(automaton.classOf(operation)) ?? NO_TWIN;
    latest.set(automaton.classOf(operation), operation);
  }
  return twins;
}
