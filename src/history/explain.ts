import type { History, Operation } from "./history.ts";
import { defaultLimits, type Linearizability } from "./linearize.ts";
import { type SearchLimits, type SearchOutcome, search, searchOrder } from "./search.ts";
import type { SequentialObject } from "./sequential-object.ts";
import type { Value } from "./value.ts";

/** Why a history is not linearizable. Operations are indices into the history. */
export interface Explanation {
  /** Position of a return: the events of the part up to and with it cannot be linearized. */
  readonly position: number;
  /** The operation that returns there. */
  readonly returning: number;
  /** Whether the events before that return can be linearized; otherwise a limit ended the search for a
   *  shorter prefix. */
  readonly isShortest: boolean;
  /** The part's operations called up to there, by invocation; those that return later count as pending. */
  readonly operations: readonly number[];
  /** Partial linearizations that got furthest, with different states, the longest first. */
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  /** In order, each operation with the result it has here. */
  readonly steps: readonly { readonly operation: number; readonly result: Value }[];
  /** The state after them. */
  readonly state: string;
  /** The operation that should be next, since it returned before any other that is left was called. */
  readonly stuck: number;
  /** What it would return in that state; something else was recorded. */
  readonly answer: Value;
}

/** Explains why `history` is not linearizable. Each of a logarithmic number of searches may use all of the
 *  limits. */
export function explain<State>(
  history: History,
  object: SequentialObject<State>,
  verdict: Extract<Linearizability, { kind: "not-linearizable" }>,
  options: Partial<SearchLimits> & { readonly maxAttempts?: number } = {},
): Explanation {
  const limits = { ...defaultLimits, ...options };
  const part = verdict.part.operations;
  const { position, isShortest } = shortestBadPrefix(history, part, verdict.furthest, (operations) =>
    search(operations, object, limits),
  );
  const prefix = prefixOf(history, part, position);
  const deadEnds = new FurthestDeadEnds<State>();
  search(prefix.operations, object, limits, (at, order, state) => deadEnds.note(at, order, state));
  const stuck = prefix.operations.findIndex((operation) => returnOf(operation) === deadEnds.position);
  return {
    position,
    isShortest,
    returning: part.find((index) => returnOf(history[index]!) === position)!,
    operations: prefix.indices.toSorted((a, b) => history[a]!.invoked - history[b]!.invoked),
    attempts: deadEnds
      .longest(options.maxAttempts ?? 3)
      .map((order) => attempt(prefix, object, order, stuck)),
  };
}

/** Binary search among the returns, near the front first: the first one that stopped the search of the whole
 *  history is most often the culprit. */
function shortestBadPrefix(
  history: History,
  part: readonly number[],
  furthest: number,
  searchPrefix: (operations: readonly Operation[]) => SearchOutcome,
): { position: number; isShortest: boolean } {
  const returns = part.map((index) => returnOf(history[index]!)).filter((position) => position !== undefined);
  returns.sort((a, b) => a - b);
  let good = returns.indexOf(furthest) - 1;
  let bad = returns.length - 1;
  let isShortest = true;
  for (let stride = 1; good + 1 < bad; ) {
    const probe = good + Math.min(stride, (bad - good) >>> 1);
    const outcome = searchPrefix(prefixOf(history, part, returns[probe]!).operations);
    if (outcome.kind === "none") {
      bad = probe;
    } else {
      good = probe;
      isShortest = outcome.kind === "found";
      stride *= 2;
    }
  }
  return { position: returns[bad]!, isShortest };
}

interface Prefix {
  /** Indices into the history, in the order that a search wants. */
  readonly indices: readonly number[];
  /** The operations as they stand at the end of the prefix. */
  readonly operations: readonly Operation[];
}

function prefixOf(history: History, part: readonly number[], position: number): Prefix {
  const called = part
    .filter((index) => history[index]!.invoked <= position)
    .map((index) => ({ index, operation: asOf(position, history[index]!) }))
    .sort((a, b) => searchOrder(a.operation, b.operation));
  return { indices: called.map(({ index }) => index), operations: called.map(({ operation }) => operation) };
}

/** What was known of `operation` at `position`. */
function asOf(position: number, operation: Operation): Operation {
  if (operation.kind === "pending" || operation.returned <= position) return operation;
  const { client, method, args, invoked } = operation;
  return { kind: "pending", client, method, args, invoked };
}

function returnOf(operation: Operation): number | undefined {
  return operation.kind === "complete" ? operation.returned : undefined;
}

/** How many states are kept to choose attempts from. */
const maxKept = 100;

/** For each state the longest of the partial linearizations that end in it and got furthest. */
class FurthestDeadEnds<State> {
  position = Number.NEGATIVE_INFINITY;
  readonly #orders = new Map<State, readonly number[]>();

  note(position: number, order: Int32Array, state: State): void {
    if (position > this.position) this.#orders.clear();
    this.position = position;
    const known = this.#orders.get(state);
    if (known === undefined ? this.#orders.size < maxKept : known.length < order.length) {
      this.#orders.set(state, Array.from(order));
    }
  }

  longest(count: number): (readonly number[])[] {
    return [...this.#orders.values()].sort((a, b) => b.length - a.length).slice(0, count);
  }
}

function attempt<State>(
  { indices, operations }: Prefix,
  object: SequentialObject<State>,
  order: readonly number[],
  stuck: number,
): Attempt {
  let state = object.initial;
  const steps = order.map((index) => {
    const { method, args } = operations[index]!;
    const [after, result] = object.apply(state, method, args);
    state = after;
    return { operation: indices[index]!, result };
  });
  const { method, args } = operations[stuck]!;
  return {
    steps,
    state: object.describe?.(state) ?? String(object.key(state)),
    stuck: indices[stuck]!,
    answer: object.apply(state, method, args)[1],
  };
}
