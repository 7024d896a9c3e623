import type { History, Operation } from "./history.ts";
import { searchOrder } from "./search.ts";
import type { SequentialObject } from "./sequential-object.ts";

/** The operations of a history on a part of the object that shares nothing with the rest. */
export interface Part {
  /** The instance, if the history has several, and what the object calls the part. Empty if there is one
   *  part. */
  readonly name: string;
  /** Indices into the history, in the order that a search wants. */
  readonly operations: readonly number[];
}

/** A history is linearizable exactly if each of its parts is: instances because linearizability is local
 *  (Herlihy & Wing 1990), parts of one instance by P-compositionality (Horn & Kroening 2015). */
export function partsOf(history: History, object: SequentialObject<unknown>): Part[] {
  const parts = new Map<string, number[]>();
  for (const [index, operation] of history.entries()) {
    const name = partName(operation, object);
    const part = parts.get(name);
    if (part === undefined) parts.set(name, [index]);
    else part.push(index);
  }
  return Array.from(parts, ([name, operations]) => ({
    name,
    operations: operations.sort((a, b) => searchOrder(history[a]!, history[b]!)),
  }));
}

function partName(operation: Operation, object: SequentialObject<unknown>): string {
  const names = [operation.instance, object.partition?.(operation)];
  return names.filter((name) => name !== undefined).join(" ");
}
