/** How often each action, fault and abstract event happened. */

import type { Instance } from "../model/instance.ts";
import type { Coverage } from "./run.ts";

interface Seen {
  /** Steps by transition, in the order of the instance's. */
  readonly fired: readonly number[];
  readonly events: { readonly [event: string]: number };
}

export function cover(instance: Instance, { fired, events }: Seen): Coverage {
  const counts = instance.transitions.map(({ name, budget }, i) => ({ name, budget, count: fired[i]! }));
  const pick = (isFault: boolean): { [name: string]: number } =>
    Object.fromEntries(
      counts
        .filter(({ budget }) => (budget !== undefined) === isFault)
        .map(({ name, count }) => [name, count]),
    );
  const outcomes: { [event: string]: number } = {};
  for (const [, property] of instance.properties) {
    if (property.kind !== "refines") continue;
    for (const [action, event] of Object.entries(property.specification.outcomes ?? {})) {
      const count = counts.find(({ name }) => name === action)?.count ?? 0;
      outcomes[event] = (outcomes[event] ?? 0) + count;
    }
  }
  // Which worker saw an event first must not show.
  const named = instance.properties.flatMap(([, property]) =>
    property.kind === "refines" ? property.specification.events : [],
  );
  const counted: { readonly [event: string]: number } = { ...events, ...outcomes };
  const inOrder = new Set([...named.filter((event) => event in counted), ...Object.keys(counted).sort()]);
  return {
    actions: pick(false),
    faults: pick(true),
    events: Object.fromEntries([...inOrder].map((event) => [event, counted[event]!])),
  };
}
