/** What workers of a run found, and what it comes to together. */

import { type Instance, propertiesNamed } from "../model/instance.ts";
import { eventName } from "../model/property.ts";
import type { Fault } from "./fault.ts";
import { type Findings, leastFindings } from "./finding.ts";
import { type Order, uniteOrders } from "./stubborn.ts";

type Events = Findings["events"];

/** What one worker found; it can be sent between threads. */
export interface SearchReport {
  /** Steps by transition, in the order of the instance's. */
  readonly fired: readonly number[];
  readonly findings: Findings;
  readonly fault: Fault | undefined;
  /** What is known by now of how steps depend on each other, if the search was reduced by that. */
  readonly order: Order | undefined;
  /** What a search that goes on from here starts with. */
  readonly settled: {
    readonly fired: readonly number[];
    readonly events: Events;
    /** Blocks of the level in hand that were begun and whose steps and events are not counted in `fired` and `events`. */
    readonly unsettled: readonly number[];
  };
}

/** All that the workers found together, each property's findings reduced to the least. */
export function unite(instance: Instance, reports: readonly SearchReport[]): SearchReport {
  const faults = reports.flatMap(({ fault }) => fault ?? []);
  const all = (kind: "violations" | "witnesses") =>
    leastFindings(
      instance,
      reports.flatMap(({ findings }) => findings[kind]),
    );
  return {
    fired: addCounts(
      instance,
      reports.map(({ fired }) => fired),
    ),
    findings: {
      violations: all("violations"),
      witnesses: all("witnesses"),
      events: addEvents(reports.map(({ findings }) => findings.events)),
    },
    fault: faults.sort((a, b) => a.depth - b.depth)[0],
    order: uniteOrders(reports.flatMap(({ order }) => order ?? [])),
    settled: {
      fired: addCounts(
        instance,
        reports.map(({ settled }) => settled.fired),
      ),
      events: addEvents(reports.map(({ settled }) => settled.events)),
      unsettled: reports.flatMap(({ settled }) => settled.unsettled),
    },
  };
}

function addCounts({ transitions }: Instance, counts: readonly (readonly number[])[]): number[] {
  return transitions.map((_, i) => counts.reduce((sum, each) => sum + each[i]!, 0));
}

/** How often events were seen, those included that are the outcomes of actions. */
export function withOutcomes(
  instance: Instance,
  asked: readonly string[],
  { fired, events }: Pick<SearchReport, "fired"> & { readonly events: Events },
): Events {
  const outcomes = propertiesNamed(instance, asked).flatMap(([name, property]): Events[] => {
    if (property.kind !== "refines") return [];
    return Object.entries(property.specification.outcomes ?? {}).map(([action, event]) => {
      const index = instance.transitions.findIndex((transition) => transition.name === action);
      return { [eventName(name, event)]: fired[index] ?? 0 };
    });
  });
  return addEvents([events, ...outcomes]);
}

/** Counts of events, added up. */
export function addEvents(counts: readonly Events[]): Events {
  const sum: { [event: string]: number } = {};
  for (const [event, count] of counts.flatMap((each) => Object.entries(each)))
    sum[event] = (sum[event] ?? 0) + count;
  return sum;
}
