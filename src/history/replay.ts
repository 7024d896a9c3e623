import type { History } from "./history.ts";
import { partsOf } from "./parts.ts";
import type { SequentialObject } from "./sequential-object.ts";
import { canonicalText } from "./value.ts";

/** Why `order`, indices of operations, is no linearization of `history`, in a sentence; `undefined` if it
 *  is one. By the definition and independent of how it was found: the right operations, in real-time
 *  order, run on `object`. */
export function refutationOf(
  order: readonly number[],
  history: History,
  object: SequentialObject<unknown>,
): string | undefined {
  return wrongOperations(order, history) ?? wrongOrder(order, history) ?? wrongResult(order, history, object);
}

function wrongOperations(order: readonly number[], history: History): string | undefined {
  const present = new Set(order);
  if (present.size < order.length) return "an operation takes effect twice";
  const lacking = history.findIndex(
    (operation, index) => operation.kind === "complete" && !present.has(index),
  );
  return lacking < 0 ? undefined : `operation ${lacking} returned but never takes effect`;
}

function wrongOrder(order: readonly number[], history: History): string | undefined {
  let latest = order[0];
  for (const index of order) {
    const operation = history[index]!;
    if (operation.kind === "complete" && operation.returned < history[latest!]!.invoked) {
      return `operation ${index} returned before operation ${latest} was called, but takes effect after it`;
    }
    if (operation.invoked > history[latest!]!.invoked) latest = index;
  }
  return undefined;
}

function wrongResult(
  order: readonly number[],
  history: History,
  object: SequentialObject<unknown>,
): string | undefined {
  const place = new Map(order.map((operation, index) => [operation, index]));
  for (const part of partsOf(history, object)) {
    let state = object.initial;
    const taken = part.operations.filter((operation) => place.has(operation));
    for (const index of taken.sort((a, b) => place.get(a)! - place.get(b)!)) {
      const operation = history[index]!;
      const [after, result] = object.apply(state, operation.method, operation.args);
      if (operation.kind === "complete" && canonicalText(result) !== canonicalText(operation.result)) {
        return `operation ${index} returned ${canonicalText(operation.result)}, but would return ${canonicalText(result)}`;
      }
      state = after;
    }
  }
  return undefined;
}
