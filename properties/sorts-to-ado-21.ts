/**
 * The rounds of every state, listed in their order, are a run of ADO-21, the ADO as it was published, with the same log at
 * its end. A second opinion on {@link ./refines-ado.ts}: it shares no guard with it.
 */

import { type AdoView, replaySorted, type Specification } from "../src/index.ts";

export const sortsToAdo21: Specification<AdoView> = {
  initial: () => undefined,
  invariant({ rounds }) {
    const outcome = replaySorted(rounds);
    return typeof outcome === "string" ? outcome : undefined;
  },
  explain: () => ({ events: [] }),
  events: [],
  print({ rounds }) {
    const outcome = replaySorted(rounds);
    if (typeof outcome === "string") return [outcome];
    const show = (caches: readonly { method: unknown }[]): string =>
      caches.map(({ method }) => String(method)).join(", ");
    return [`log: [${show(outcome.persist)}]`, `tree: [${show(outcome.tree)}]`];
  },
};
