/** What a pipeline's runs come to: the answer of `muchado ci`, as data. */

import { FAULT, gravest, INCONCLUSIVE, VACUOUS } from "../verdict/exit-codes.ts";
import { exitCodeOf, type Run, type Verdict, verdictOf } from "../verdict/run.ts";
import type { GateFailure } from "./gates.ts";
import { fateOf, type TriedMutant } from "./mutants.ts";

export interface Outcome {
  readonly tool: { readonly name: string; readonly version: string };
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly runs: readonly Run[];
  readonly mutants: readonly TriedMutant[];
  /** Gates that failed; runs may hold nevertheless. */
  readonly failures: readonly GateFailure[];
  /** Files of the certificates that were written. */
  readonly certified: readonly string[];
}

/** The exit code of runs, mutants and gates together; the gravest wins. */
export function outcomeCode({
  runs,
  mutants,
  failures,
}: Pick<Outcome, "runs" | "mutants"> & { readonly failures: readonly unknown[] }): number {
  const fates = mutants.flatMap((tried) => tried.runs.map(({ run }) => fateOf(run)));
  const codes = [exitCodeOf(runs)];
  if (fates.includes("failed")) codes.push(FAULT);
  if (failures.length > 0) codes.push(VACUOUS);
  if (fates.includes("inconclusive")) codes.push(INCONCLUSIVE);
  return gravest(codes);
}

/** The verdict of all runs and mutants; mutants that are caught are as they should be. */
export function outcomeVerdict({ runs, mutants }: Pick<Outcome, "runs" | "mutants">): Verdict {
  const verdict = verdictOf(runs);
  const isCut = runsOf({ runs: [], mutants }).some((run) => run.verdict === "inconclusive");
  return verdict === "holds" && isCut ? "inconclusive" : verdict;
}

/** All runs, those of mutants included. */
export function runsOf({ runs, mutants }: Pick<Outcome, "runs" | "mutants">): Run[] {
  return [...runs, ...mutants.flatMap((tried) => tried.runs.map(({ run }) => run))];
}
