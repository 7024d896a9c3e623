/** What a pipeline asks of runs beyond that nothing is violated. */

import type { Run } from "../verdict/run.ts";
import { missing } from "../verdict/vacuity.ts";
import type { Counts } from "./config.ts";

export type Gate = "vacuity" | "coverage" | "counts" | "certificate" | "mutants";

export interface GateFailure {
  readonly gate: Gate;
  /** Which of the runs it is about, from 0; `null` where it is about none of them. */
  readonly run: number | null;
  readonly message: string;
}

/** What a run has to show. */
export interface Demands {
  readonly counts?: Counts;
  /** The least number of each action, fault and event. */
  readonly floor?: number;
  /** Those of some by name, instead. */
  readonly coverage?: { readonly [name: string]: number };
  /** What cannot occur, and is not missed. */
  readonly absent?: readonly string[];
}

/** A run without the vacuity that is accepted, and what it fails to show; a run that was cut or failed shows nothing. */
export function pass(
  run: Run,
  demands: Demands,
): { readonly run: Run; readonly failures: Omit<GateFailure, "run">[] } {
  const vacuous = run.vacuous.filter((sentence) => !isAccepted(sentence, demands.absent ?? []));
  const isComplete = run.verdict === "holds";
  return {
    run: { ...run, vacuous },
    failures: [
      ...vacuous.map((message) => ({ gate: "vacuity", message }) as const),
      ...(isComplete
        ? [...presences(run, demands), ...shortfalls(run, demands), ...drifts(run, demands)]
        : []),
    ],
  };
}

function isAccepted(sentence: string, absent: readonly string[]): boolean {
  return absent.some((name) => Object.values(missing).some((say) => say(name) === sentence));
}

function presences({ coverage, properties }: Run, { absent = [] }: Demands): Omit<GateFailure, "run">[] {
  const seen: { readonly [name: string]: number } = {
    ...coverage.events,
    ...coverage.faults,
    ...coverage.actions,
  };
  const isWitnessed = (name: string): boolean =>
    properties.some(
      (result) => result.name === name && result.kind === "sometimes" && result.verdict === "holds",
    );
  return absent
    .filter((name) => (seen[name] ?? 0) > 0 || isWitnessed(name))
    .map((name) => ({ gate: "vacuity", message: `${name} is said to be absent, and occurred` }));
}

function shortfalls(
  { coverage: { actions, faults, events } }: Run,
  demands: Demands,
): Omit<GateFailure, "run">[] {
  const { floor = 0, coverage = {}, absent = [] } = demands;
  const seen = new Map(Object.entries({ ...events, ...faults, ...actions }));
  for (const name of Object.keys(coverage)) if (!seen.has(name)) seen.set(name, 0);
  return [...seen].flatMap(([name, count]) => {
    const least = Object.hasOwn(coverage, name) ? coverage[name]! : absent.includes(name) ? 0 : floor;
    if (count >= least) return [];
    return [
      { gate: "coverage" as const, message: `${name} happened ${count} times, at least ${least} expected` },
    ];
  });
}

function drifts(run: Run, { counts = {} }: Demands): Omit<GateFailure, "run">[] {
  return (["states", "transitions", "depth"] as const).flatMap((figure) => {
    const expected = counts[figure];
    if (expected === undefined || expected === run[figure]) return [];
    return [{ gate: "counts" as const, message: `${figure}: ${run[figure]}, expected ${expected}` }];
  });
}
