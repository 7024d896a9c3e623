/** How often each action, fault and abstract event happened. */

import type { Instance } from "../model/instance.ts";
import { eventIn } from "../model/property.ts";
import type { Coverage } from "./run.ts";

interface Seen {
  /** Steps by transition, in the order of the instance's. */
  readonly fired: readonly number[];
  /** By their names as `property/event`. */
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
  // An event is told from another refinement's of the same name by its property.
  const names = Object.keys(events);
  const isShared = (name: string): boolean =>
    names.some((other) => other !== name && eventIn(other) === eventIn(name));
  const counted = Object.fromEntries(
    Object.entries(events).map(([name, count]) => [isShared(name) ? name : eventIn(name), count]),
  );
  // Which worker saw an event first must not show.
  const named = instance.properties.flatMap(([name, property]) =>
    property.kind === "refines"
      ? property.specification.events.flatMap((event) => [event, `${name}/${event}`])
      : [],
  );
  const inOrder = new Set([...named.filter((event) => event in counted), ...Object.keys(counted).sort()]);
  return {
    actions: pick(false),
    faults: pick(true),
    events: Object.fromEntries([...inOrder].map((event) => [event, counted[event]!])),
  };
}
