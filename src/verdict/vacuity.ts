/** What a complete run should have shown and did not. */

import type { Exploration } from "../explore/explore.ts";
import type { Instance } from "../model/instance.ts";
import { eventName } from "../model/property.ts";
import type { Coverage, PropertyResult } from "./run.ts";

/** How it is said that something is missing, by what it is. */
export const missing = {
  action: (name: string) => `action ${name} never happened`,
  fault: (name: string) => `fault ${name} never happened`,
  event: (name: string) => `event ${name} was never seen`,
  witness: (name: string) => `${name} was never witnessed`,
};

export function findVacuity(
  instance: Instance,
  { coverage, events: seen }: { readonly coverage: Coverage; readonly events: Exploration["events"] },
  results: readonly PropertyResult[],
): string[] {
  const absent = instance.transitions.flatMap(({ name, mayBeAbsent }) => (mayBeAbsent ? [name] : []));
  const never = (kind: "action" | "fault", counts: { readonly [name: string]: number }): string[] =>
    Object.entries(counts)
      .filter(([name, count]) => count === 0 && !absent.includes(name))
      .map(([name]) => missing[kind](name));
  const unseen = instance.properties.flatMap(([name, property]) => {
    if (property.kind !== "refines" || !results.some((result) => result.name === name)) return [];
    const { events, witnesses = [] } = property.specification;
    return events
      .filter((event) => !witnesses.includes(event))
      .filter((event) => !seen[eventName(name, event)])
      .map(missing.event);
  });
  const unwitnessed = results.flatMap(({ name, verdict }) =>
    verdict === "vacuous" ? [missing.witness(name)] : [],
  );
  const hasNoCounterexample =
    instance.model.expected === "violated" && results.every(({ verdict }) => verdict !== "violated");
  return [
    ...(hasNoCounterexample ? ["a counterexample is expected, and there is none"] : []),
    ...never("action", coverage.actions),
    ...never("fault", coverage.faults),
    ...unseen,
    ...unwitnessed,
  ];
}
