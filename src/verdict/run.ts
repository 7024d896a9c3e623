/** The answer of a run, as data. Everything that prints, prints this. */

import type { Growing } from "../explore/growing.ts";
import type { Property } from "../model/property.ts";
import { FAULT, gravest, INCONCLUSIVE, VACUOUS, VIOLATED } from "./exit-codes.ts";

/** What makes a search smaller: `symmetry` takes states that differ in interchangeable ids only for one. */
export const REDUCTIONS = ["symmetry", "order"] as const;
export type Reduction = (typeof REDUCTIONS)[number];

/** Within its bounds the model does as the property says; it does not; or the run was cut before that was known. */
export type Verdict = "holds" | "violated" | "inconclusive";

/** What cut a run short. */
export type Limit = "states" | "depth" | "time" | "memory" | "interrupted" | "runs";

/** How a run ended that was cut short. */
export function endAt(limit: Limit | null): string {
  switch (limit) {
    case "interrupted":
      return "interrupted";
    case "runs":
      return "all runs were done";
    case null:
      return "not finished";
    default:
      return `stopped at the limit of ${limit}`;
  }
}

export interface PropertyResult {
  readonly name: string;
  readonly kind: Property<unknown>["kind"];
  /** A `sometimes` property that a complete run never witnessed is `vacuous`. */
  readonly verdict: Verdict | "vacuous";
  /** What is wrong, in a sentence; `null` where nothing is. */
  readonly why: string | null;
  /** A way to the violation, or to the witness of a `sometimes` property: a shortest one, but for `order` and simulations. */
  readonly trace: Trace | null;
}

/** A way through the state space. States are plain data; printed forms stand beside them. */
export interface Trace {
  readonly first: FirstState;
  readonly steps: readonly TraceStep[];
}

export interface TraceState {
  readonly state: object;
  /** The abstract state, line by line, where the property has one. */
  readonly view: readonly string[] | null;
}

export interface FirstState extends TraceState {
  /** What it is told by: fields that are not as initially, or not the same in all first states, each as `path: value`. */
  readonly chosen?: readonly string[];
}

export interface TraceStep extends TraceState {
  readonly action: string;
  readonly choice: { readonly [parameter: string]: unknown };
  /** `promise(message: prepare{ballot: 1}, at: n2)` */
  readonly label: string;
  /** Fields that changed, each as `path: before → after`. */
  readonly changes: readonly string[];
  /** Abstract events that explain the step; empty for a stutter. */
  readonly events: readonly string[];
}

/** The tool or the model failed: an exception in an action or property, a body that broke its contract. */
export interface Failure {
  readonly message: string;
  readonly step: string | null;
  readonly state: object | null;
  /** The state's fields as a person reads them, each as `field: value`. */
  readonly fields: readonly string[] | null;
  /** The steps of a shortest way to the state, where one is known. */
  readonly way: readonly string[] | null;
}

/** A failure of which nothing more is known. */
export const bareFailure = (message: string): Failure => ({
  message,
  step: null,
  state: null,
  fields: null,
  way: null,
});

export interface Coverage {
  /** Steps by action. */
  readonly actions: { readonly [action: string]: number };
  /** Steps by fault. */
  readonly faults: { readonly [fault: string]: number };
  /** Steps by abstract event. */
  readonly events: { readonly [event: string]: number };
}

/** What there is to say of random runs. */
export interface SimulationFigures {
  readonly seed: number;
  readonly strategy: string;
  /** The most steps of a run. */
  readonly maxSteps: number;
  /** Runs that were finished. */
  readonly runs: number;
  /** The number of the run that failed, for `--path`. */
  readonly failingRun: number | null;
  /** How long the trace was when it was found. */
  readonly stepsBeforeShrinking: number | null;
  /** Actions, faults, events and witnesses that never came up. */
  readonly unseen: readonly string[];
}

/** What a search, or random runs, of one model came to: what `--json` prints for it. */
export interface Run {
  readonly target: string;
  readonly theorem: string | null;
  readonly bounds: { readonly [name: string]: number };
  readonly faults: { readonly [name: string]: number };
  readonly workers: number;
  /** What made the search smaller. */
  readonly reductions: readonly Reduction[];
  /** The ids that were taken for interchangeable, by group. */
  readonly interchangeable: readonly (readonly string[])[];
  /** Whether states were compared whole; if not, the probability that two were taken for one. */
  readonly exact: boolean;
  readonly collisionProbability: number;
  readonly verdict: Verdict;
  /** What the model is there to show: a counterexample is expected to be violated, and fails if it is not. */
  readonly expected: "holds" | "violated";
  readonly limit: Limit | null;
  /** Of an inconclusive run: fields that seem to make the states more and more. Absent where there are none. */
  readonly growing?: readonly Growing[];
  /** What never happened in a complete run that should have: the verdict then says less than it seems to. */
  readonly vacuous: readonly string[];
  readonly failure: Failure | null;
  readonly properties: readonly PropertyResult[];
  /** Distinct states; of a simulation, those that were visited, many of them several times. */
  readonly states: number;
  readonly transitions: number;
  /** Steps of the longest shortest path; of a simulation, of the longest run. */
  readonly depth: number;
  /** Wall time from the start of the threads on; of a run that was gone on with, since then. */
  readonly seconds: number;
  /** What states and table occupied; the heaps of the engine come on top. */
  readonly bytes: number;
  readonly coverage: Coverage;
  /** Only where the run is a simulation. */
  readonly simulation?: SimulationFigures;
  /** The command that repeats the run. */
  readonly repeat: string;
}

/** The exit code of some runs together; the gravest wins. */
export function exitCodeOf(
  runs: readonly Run[],
  { inconclusive = "fail" }: { inconclusive?: "fail" | "warn" } = {},
): number {
  return gravest([
    ...(runs.some(({ failure }) => failure !== null) ? [FAULT] : []),
    ...(runs.some(isViolation) ? [VIOLATED] : []),
    ...(runs.some(({ vacuous }) => vacuous.length > 0) ? [VACUOUS] : []),
    ...(runs.some(({ verdict }) => verdict === "inconclusive") && inconclusive === "fail"
      ? [INCONCLUSIVE]
      : []),
  ]);
}

/** The verdict of some runs together, where a counterexample that is violated is as it should be. */
export function verdictOf(runs: readonly Run[]): Verdict {
  if (runs.some(isViolation)) return "violated";
  return runs.some(({ verdict }) => verdict === "inconclusive") ? "inconclusive" : "holds";
}

function isViolation({ verdict, expected }: Run): boolean {
  return verdict === "violated" && expected === "holds";
}
