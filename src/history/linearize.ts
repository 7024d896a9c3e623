import { type History, requireWellFormed } from "./history.ts";
import { type Part, partsOf } from "./parts.ts";
import { refutationOf } from "./replay.ts";
import { type SearchLimit, type SearchLimits, search } from "./search.ts";
import type { SequentialObject } from "./sequential-object.ts";

/** The answer of `linearize`. Operations are indices into the history. */
export type Linearizability = (
  | {
      readonly kind: "linearizable";
      /** Every complete operation and those pending ones that took effect, in an order that explains all
       *  results. */
      readonly linearization: readonly number[];
    }
  | {
      readonly kind: "not-linearizable";
      /** A part of the object whose operations alone cannot be linearized. */
      readonly part: Part;
      /** All returns of the part before this position can be linearized. */
      readonly furthest: number;
    }
  | {
      readonly kind: "unknown";
      readonly limit: SearchLimit;
    }
) & {
  /** How many configurations were explored. */
  readonly configurations: number;
};

/** Limits that hardly any history needs. To reach them takes seconds on a register, a minute on an object
 *  of large states; a caller in a hurry gives `keepGoing`. */
export const defaultLimits: SearchLimits = {
  maxConfigurations: 4_000_000,
  maxBytes: 2 ** 30,
  keepGoing: () => true,
};

/** Whether `history` is linearizable with respect to `object`: each operation seems to take effect at one
 *  moment between its call and its return (Herlihy & Wing 1990). A call without return is pending: it may
 *  or may not have taken effect. Parts are checked one by one, the small ones first; what they leave of
 *  the limits is for the others. @throws RangeError if a client has two operations in flight, or a call is
 *  none of the object's */
export function linearize<State>(
  history: History,
  object: SequentialObject<State>,
  limits: Partial<SearchLimits> = {},
): Linearizability {
  requireWellFormed(history);
  const { maxConfigurations, maxBytes, keepGoing } = { ...defaultLimits, ...limits };
  const parts = partsOf(history, object).sort((a, b) => a.operations.length - b.operations.length);
  const orders: (readonly number[])[] = [];
  let configurations = 0;
  let cutBy: SearchLimit | undefined;
  for (const [index, part] of parts.entries()) {
    const share = Math.ceil((maxConfigurations - configurations) / (parts.length - index));
    const operations = part.operations.map((operation) => history[operation]!);
    const outcome = search(operations, object, { maxConfigurations: share, maxBytes, keepGoing });
    configurations += outcome.configurations;
    switch (outcome.kind) {
      case "found":
        orders.push(outcome.order.map((operation) => part.operations[operation]!));
        break;
      case "none":
        return { kind: "not-linearizable", part, furthest: outcome.furthest, configurations };
      case "cut":
        if (outcome.limit === "deadline") return { kind: "unknown", limit: "deadline", configurations };
        cutBy ??= outcome.limit;
    }
  }
  if (cutBy !== undefined) return { kind: "unknown", limit: cutBy, configurations };
  const linearization = mergedInRealTime(history, orders);
  const refutation = refutationOf(linearization, history, object);
  if (refutation !== undefined) {
    throw new Error(
      `the linearization found is none: ${refutation}; usually apply changed its argument, or key is equal for different states`,
    );
  }
  return { kind: "linearizable", linearization, configurations };
}

/** One order from those of the parts: each operation takes effect as early as it can after those before it
 *  in its part. */
function mergedInRealTime(history: History, orders: readonly (readonly number[])[]): number[] {
  const moments: { operation: number; moment: number }[] = [];
  for (const order of orders) {
    let moment = Number.NEGATIVE_INFINITY;
    for (const operation of order) {
      moment = Math.max(moment, history[operation]!.invoked);
      moments.push({ operation, moment });
    }
  }
  return moments.sort((a, b) => a.moment - b.moment).map(({ operation }) => operation);
}
