/** What the calls of a theorem's clients can lead to. */

import { isOperation, type Operation } from "./code.ts";
import type { CompiledTheorem } from "./compile-theorem.ts";
import { mayEndAtOnce } from "./ownership.ts";

/** A sort of step that a workload can lead to; a `call` is one that takes a step of its own, before its first operation. */
export type StepKind = "call" | "pull" | "pullFails" | "invoke" | "push" | "pushFails";

/** The sorts of steps that the workload leads to. */
export function kindsIn(theorem: CompiledTheorem): StepKind[] {
  const { application, workloads, claim, bounds } = theorem;
  const operations = new Set(operationsIn(theorem).map(({ kind }) => kind));
  const endsAtOnce = workloads.some((steps, i) =>
    steps
      .flat()
      .some((call) => mayEndAtOnce(application.procedures.get(call.procedure)!, call.arguments, i + 1)),
  );
  // Counted failures are faults.
  const withFailure = (kind: "pull" | "push"): StepKind[] =>
    bounds.fails === undefined ? [kind, `${kind}Fails`] : [kind];
  return [
    ...(claim.kind !== "implements" || endsAtOnce ? (["call"] as const) : []),
    ...(operations.has("pull") ? withFailure("pull") : []),
    ...(operations.has("invoke") ? (["invoke"] as const) : []),
    ...(operations.has("push") ? withFailure("push") : []),
  ];
}

/**
 * An action for each sort of step. A program that goes wrong does so as a step of the sort `call`. Where no call takes a step
 * of its own there is no such action, and one that nothing but a mistake takes would make every other run vacuous: so
 * the first of the actions has these steps, too. Where a history is compared, calls take steps of their own only where they
 * end before their first operation. Whether they ever do is not always to be seen from the code, and a run in which none did
 * is none the worse for it.
 */
export function actionsOf<Kind extends string, Action extends object>(
  { claim }: CompiledTheorem,
  kinds: readonly (Kind | "call")[],
  step: (...kinds: (Kind | "call")[]) => Action,
): { [kind: string]: Action } {
  const hasCalls = kinds.includes("call");
  const actionOf = (kind: Kind | "call", i: number): Action => {
    if (i === 0 && !hasCalls) return step("call", kind);
    return kind === "call" ? { ...step(kind), mayBeAbsent: claim.kind === "implements" } : step(kind);
  };
  return Object.fromEntries(kinds.map((kind, i) => [kind, actionOf(kind, i)]));
}

/** Whether the workload may do something with the object of that number. */
export function isUsed(theorem: CompiledTheorem, object: number): boolean {
  return operationsIn(theorem).some(({ object: term }) => term.kind !== "literal" || term.value === object);
}

function operationsIn({ application, workloads }: CompiledTheorem): Operation[] {
  const procedures = new Set(workloads.flat(2).map(({ procedure }) => procedure));
  return [...procedures].flatMap((procedure) =>
    application.procedures.get(procedure)!.instructions.filter(isOperation),
  );
}

/** One of each list, in every way. */
export function product<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((all, list) => all.flatMap((some) => list.map((one) => [...some, one])), [[]]);
}
