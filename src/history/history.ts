import type { Value } from "./value.ts";

/** What the clients of a system saw, in any order; the positions of the events tell what happened before
 *  what. */
export type History = readonly Operation[];

/** One call of a method by a client. A pending one may or may not have taken effect; nobody saw its
 *  result. */
export type Operation = CompleteOperation | PendingOperation;

export interface CompleteOperation extends Invocation {
  readonly kind: "complete";
  /** Position of the return. */
  readonly returned: number;
  readonly result: Value;
}

export interface PendingOperation extends Invocation {
  readonly kind: "pending";
  /** Position at which the client stopped waiting, after which it may call again; absent if it still
   *  waits. */
  readonly abandoned?: number;
}

interface Invocation {
  readonly client: string;
  /** Which of several independent objects is called; absent if the history is about one. */
  readonly instance?: string;
  readonly method: string;
  readonly args: readonly Value[];
  /** Position of the invocation in the total order of all events of the history. */
  readonly invoked: number;
}

/** Position after which the client of `operation` may call again. */
export function endOf(operation: Operation): number {
  return operation.kind === "complete"
    ? operation.returned
    : (operation.abandoned ?? Number.POSITIVE_INFINITY);
}

/** @throws RangeError if two events share a position, an operation ends before it begins, or a client has two
 *  operations in flight. */
export function requireWellFormed(history: History): void {
  requireDistinctPositions(history);
  const latest = new Map<string, Operation>();
  for (const operation of history.toSorted((a, b) => a.invoked - b.invoked)) {
    const { client, invoked } = operation;
    if (endOf(operation) < invoked) {
      throw new RangeError(
        `client ${client} has a return at ${endOf(operation)} before its call at ${invoked}`,
      );
    }
    const previous = latest.get(client);
    if (previous !== undefined && endOf(previous) > invoked) {
      throw new RangeError(
        `client ${client} has two operations in flight: it called ${operation.method} at ${invoked}, ` +
          `while ${previous.method}, called at ${previous.invoked}, had not returned`,
      );
    }
    latest.set(client, operation);
  }
}

function requireDistinctPositions(history: History): void {
  const clientAt = new Map<number, string>();
  for (const operation of history) {
    const end = endOf(operation);
    for (const position of end === Number.POSITIVE_INFINITY
      ? [operation.invoked]
      : [operation.invoked, end]) {
      const other = clientAt.get(position);
      if (other !== undefined) {
        throw new RangeError(
          `clients ${other} and ${operation.client} both have an event at position ${position}`,
        );
      }
      clientAt.set(position, operation.client);
    }
  }
}
