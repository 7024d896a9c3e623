/** `muchado mutants`: whether the checker would notice, tried on models with one known defect each. */

import { extname } from "node:path";
import { type Fate, fateOf, surprises, type TriedMutant } from "../gate/mutants.ts";
import { outcomeCode } from "../gate/outcome.ts";
import type { CatalogEntry, Mutant, PinnedRun } from "../model/catalog.ts";
import { plural } from "../report/figures.ts";
import { matrixDocument, matrixText } from "../report/kill-matrix.ts";
import { painter } from "../report/paint.ts";
import { didYouMean } from "../schema/suggestion.ts";
import { INTERRUPTED } from "../verdict/exit-codes.ts";
import { checkOptions } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import { watchForInterrupts } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { carryOut } from "./one-run.ts";
import { type PlannedRun, planRun, type RunOptions } from "./plan.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { type Job, sideBySide } from "./side-by-side.ts";
import { hasColor, print } from "./streams.ts";
import { type Target, targetOf } from "./targets.ts";
import { UsageError } from "./usage-error.ts";

/** @returns the exit code: 3 if a mutant is not caught as its model says.  @throws UsageError */
export async function mutants(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const interrupts = watchForInterrupts();
  const options = checkOptions(typed);
  const chosen = chosenMutants(await loadCatalog(), options.targets);
  const planned = chosen.map((entry) => planPlaces(targetOf(entry), entry.mutant!, options));
  const jobs = planned
    .flatMap(({ plans }) => plans)
    .map(({ plan }): Job => ({ plan, carryOut: (turn) => carryOut(plan, options, turn) }));
  const { workers, isSequential, limits } = options;
  const answers = sideBySide(jobs, {
    ...{ workers, isSequential, maxBytes: limits.maxBytes, signal: interrupts.signal },
    display: new ProgressDisplay(process.stderr, options.isQuiet),
  });
  const tried: TriedMutant[] = [];
  for (const { mutant, plans } of planned) {
    const runs = [];
    for (const { at } of plans) {
      const { value: run } = await answers.next();
      if (run !== undefined) runs.push({ at, run });
    }
    if (interrupts.signal.aborted) break;
    tried.push({ mutant, runs });
    if (!options.isJson) print(matrixText(tried.at(-1)!, painter(hasColor(options.isPlain))));
  }
  if (options.isJson) print(matrixDocument(tried));
  else print(summary(tried, planned.length));
  return interrupts.signal.aborted
    ? INTERRUPTED
    : outcomeCode({ runs: [], mutants: tried, failures: tried.flatMap(surprises) });
}

/** A mutant and its runs: first where it should be caught, then where it should not. */
export interface PlannedMutant {
  readonly mutant: Mutant;
  readonly plans: readonly { readonly at: PinnedRun; readonly plan: PlannedRun }[];
}

/** @throws UsageError */
export function planPlaces(target: Target, mutant: Mutant, options: RunOptions): PlannedMutant {
  const { at: caughtAt, survivesAt = [] } = mutant;
  const plans = [caughtAt, ...survivesAt].map((at) => ({
    at,
    plan: planRun({ ...target, pinned: at }, options),
  }));
  return { mutant, plans };
}

/** The mutants of the catalog that `names` mean, by their own or their parent's; all without a name.  @throws UsageError */
export function chosenMutants(catalog: readonly CatalogEntry[], names: readonly string[]): CatalogEntry[] {
  const all = catalog.filter(({ mutant }) => mutant !== undefined);
  const known = all.flatMap(({ model, mutant }) => [model.name, mutant!.of]);
  for (const name of names) {
    if (known.includes(name)) continue;
    const suggestion =
      didYouMean(name, known) ??
      (extname(name) === ""
        ? "`muchado list` shows the names"
        : 'those that come with Muchado are tried; a mutant of your own is a model with `expected: "violated"`, for `check` and `ci`');
    throw new UsageError(
      `no mutant and no model with mutants is called ${JSON.stringify(name)}; ${suggestion}`,
    );
  }
  return all.filter(
    ({ model, mutant }) => names.length === 0 || names.includes(model.name) || names.includes(mutant!.of),
  );
}

const DECIDED: readonly Fate[] = ["killed", "survives"];

function summary(tried: readonly TriedMutant[], planned: number): string {
  const killed = tried.filter(({ runs }) => fateOf(runs[0]!.run) === "killed").length;
  const unexpected = tried.flatMap(surprises);
  const open = tried.filter(({ runs }) => runs.some(({ run }) => !DECIDED.includes(fateOf(run)))).length;
  const rest =
    unexpected.length > 0
      ? `${unexpected.length} unexpected`
      : open > 0
        ? `${open} without an answer`
        : "all as expected";
  const end = tried.length < planned ? `interrupted, ${planned - tried.length} not tried` : rest;
  return `\n${plural(tried.length, "mutant")}: ${killed} killed, ${tried.length - killed} not; ${end}\n`;
}
