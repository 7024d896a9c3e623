/** What a search finds of properties, and which of several findings is told of. */

import { compareStates, type Instance } from "../model/instance.ts";

/** A state or step that a property speaks of, packed. A step also has the state it leads to and its action. */
export interface Finding {
  readonly property: string;
  readonly depth: number;
  readonly state: Int32Array;
  readonly step: { readonly action: number; readonly after: Int32Array } | undefined;
}

/** What the properties have found so far, in a form that can be sent between threads. */
export interface Findings {
  /** The least violation of each violated property. */
  readonly violations: readonly Finding[];
  /** The least first witness of each `sometimes` property, and of each event as `property/event`. */
  readonly witnesses: readonly Finding[];
  /** How many steps showed each event, as `property/event`; less the steps of an outcome's action that are none. */
  readonly events: { readonly [event: string]: number };
}

/** Is told of a finding. */
export type Found = (finding: Omit<Finding, "property">) => void;
/** Told how often more an event was seen, with the step where it may be the first. */
export type Seen = (event: string, times: number, finding?: Omit<Finding, "property">) => void;

/** Keeps a finding if it is the least of its property. */
export function keep(instance: Instance, findings: Map<string, Finding>, finding: Finding): void {
  const known = findings.get(finding.property);
  if (known === undefined || compareFindings(instance, finding, known) < 0)
    findings.set(finding.property, finding);
}

/** The order in which one of several findings is chosen, whichever worker came upon it: depth, action, then states. */
function compareFindings(instance: Instance, a: Finding, b: Finding): number {
  return (
    a.depth - b.depth ||
    (a.step?.action ?? -1) - (b.step?.action ?? -1) ||
    compareStates(instance, a.state, b.state) ||
    (a.step && b.step ? compareStates(instance, a.step.after, b.step.after) : 0)
  );
}

/** The least finding of each property. */
export function leastFindings(instance: Instance, findings: readonly Finding[]): Finding[] {
  const least = new Map<string, Finding>();
  for (const finding of findings) keep(instance, least, finding);
  return [...least.values()];
}
