/** Messages as a diagram shows them: one line from each sending to each receipt. */

import type { DocumentedStep } from "../trace/trace-document.ts";

/** An end of a message: the step, counted from 1, and the node, if there is one. */
export interface MessageEnd {
  readonly step: number;
  readonly node: string | null;
}

/**
 * A message on its way. One that is received several times is `delivered` once for each receipt; one that never is ends
 * nowhere. Where a fault drops or copies it, it ends `lost` or `duplicated` at that step.
 */
export interface Delivery {
  readonly kind: "delivered" | "lost" | "duplicated" | "pending";
  readonly message: string;
  /** `null` where it was there from the start. */
  readonly from: MessageEnd | null;
  readonly to: MessageEnd | null;
}

const kinds = { received: "delivered", lost: "lost", duplicated: "duplicated" } as const;

/** All messages of a trace, in the order of their ends; those that are pending come last. */
export function deliveriesOf(steps: readonly Pick<DocumentedStep, "transfers">[]): Delivery[] {
  const sent = new Map<number, { readonly message: string; readonly from: MessageEnd }>();
  const pending = new Set<number>();
  const deliveries: Delivery[] = [];
  for (const [i, { transfers }] of steps.entries()) {
    for (const { kind, message, id, node } of transfers) {
      const end = { step: i + 1, node };
      if (kind === "sent") {
        sent.set(id, { message, from: end });
        pending.add(id);
        continue;
      }
      deliveries.push({ kind: kinds[kind], message, from: sent.get(id)?.from ?? null, to: end });
      if (kind !== "duplicated") pending.delete(id);
    }
  }
  const left = [...pending].map((id): Delivery => ({ kind: "pending", ...sent.get(id)!, to: null }));
  return [...deliveries, ...left];
}
