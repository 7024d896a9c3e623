/** `muchado mutants`: whether the checker would notice, tried on models with one known defect each. */

import { didYouMean } from "../language/suggestion.ts";
import type { CatalogEntry } from "../model/catalog.ts";
import { fateOf, matrixDocument, matrixText, surprises, type TriedMutant } from "../report/kill-matrix.ts";
import { painter } from "../report/paint.ts";
import { checkOptions } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import { watchForInterrupts } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { carryOut } from "./one-run.ts";
import { planRun } from "./plan.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { hasColor, print, watchReader } from "./streams.ts";
import { FAULT, INTERRUPTED, UsageError } from "./usage-error.ts";

/** @returns the exit code: 3 if a mutant is not caught as its model says.  @throws UsageError */
export async function mutants(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const interrupts = watchForInterrupts();
  watchReader(() => interrupts.abort("interrupted"));
  const options = checkOptions(typed);
  const display = new ProgressDisplay(process.stderr, options.isQuiet);
  const tried: TriedMutant[] = [];
  for (const { model, reference, mutant } of chosen(await loadCatalog(), options.targets)) {
    const runs = [];
    for (const at of [mutant!.at, ...(mutant!.survivesAt ?? [])]) {
      if (interrupts.signal.aborted) break;
      const plan = planRun({ name: model.name, model, reference, pinned: at }, options);
      display.begin(plan.target);
      const watch = { signal: interrupts.signal, onProgress: display.show.bind(display) };
      runs.push({ at, run: await carryOut(plan, options, watch) });
      display.end();
    }
    if (interrupts.signal.aborted) break;
    tried.push({ mutant: mutant!, runs });
    if (!options.isJson) print(matrixText(tried.at(-1)!, painter(hasColor(options.isPlain))));
  }
  if (options.isJson) print(matrixDocument(tried));
  else print(summary(tried));
  return interrupts.signal.aborted ? INTERRUPTED : exitCode(tried);
}

function chosen(catalog: readonly CatalogEntry[], names: readonly string[]): CatalogEntry[] {
  const all = catalog.filter(({ mutant }) => mutant !== undefined);
  const known = all.flatMap(({ model, mutant }) => [model.name, mutant!.of]);
  for (const name of names) {
    if (known.includes(name)) continue;
    const suggestion = didYouMean(name, known) ?? "`muchado list` shows the names";
    throw new UsageError(
      `no mutant and no model with mutants is called ${JSON.stringify(name)}; ${suggestion}`,
    );
  }
  return all.filter(
    ({ model, mutant }) => names.length === 0 || names.includes(model.name) || names.includes(mutant!.of),
  );
}

function summary(tried: readonly TriedMutant[]): string {
  const killed = tried.filter(({ runs }) => fateOf(runs[0]!.run) === "killed").length;
  const unexpected = tried.flatMap(surprises);
  const rest = unexpected.length === 0 ? "all as expected" : `${unexpected.length} unexpected`;
  return `\n${tried.length} mutants: ${killed} killed, ${tried.length - killed} not; ${rest}\n`;
}

function exitCode(tried: readonly TriedMutant[]): number {
  const fates = tried.flatMap(({ runs }) => runs.map(({ run }) => fateOf(run)));
  if (fates.includes("failed")) return FAULT;
  const isSurprised = tried.some((mutant) => surprises(mutant).length > 0);
  const isCut = fates.includes("inconclusive");
  return isCut ? 2 : isSurprised ? 3 : 0;
}
