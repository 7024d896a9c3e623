/** Which mutants are caught, at which bounds, by what: as text and as JSON. */

import { fateOf, showBounds, surprises, type TriedMutant } from "../gate/mutants.ts";
import { jsonText } from "../verdict/json-text.ts";
import type { Run } from "../verdict/run.ts";
import { count } from "./figures.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";

/** The property that a run violates, and the length of the shortest way there. */
function caught({ properties }: Run): { by: string; why: string | null; length: number } | undefined {
  const violated = properties.filter(({ verdict }) => verdict === "violated");
  const [first] = violated.sort((a, b) => (a.trace?.steps.length ?? 0) - (b.trace?.steps.length ?? 0));
  return first && { by: first.name, why: first.why, length: first.trace?.steps.length ?? 0 };
}

/** A few lines a mutant. */
export function matrixText(tried: TriedMutant, paint: Painter): string {
  const { mutant, runs } = tried;
  const lines = runs.map(({ at, run }) => {
    const found = caught(run);
    const how = found === undefined ? "" : ` by ${found.by} in ${found.length} steps: ${found.why}`;
    return `  ${fateOf(run)} at ${showBounds(at)}${how} (${count(run.states)} states)`;
  });
  const wrong = surprises(tried).map((surprise) => paint.bad(printable(`  UNEXPECTED: ${surprise}`)));
  const survives = mutant.survives === undefined ? [] : [`  expected to survive: ${mutant.survives}`];
  const title = `${mutant.model.name}: ${mutant.model.about}`;
  return `${[...[title, ...lines, ...survives].map(printable), ...wrong].join("\n")}\n`;
}

/** One JSON document. */
export function matrixDocument(tried: readonly TriedMutant[]): string {
  return jsonText({ mutants: matrixRows(tried) });
}

/** What JSON says of each mutant. */
export function matrixRows(tried: readonly TriedMutant[]): object[] {
  return tried.map(({ mutant, runs }) => {
    const found = caught(runs[0]!.run);
    return {
      name: mutant.model.name,
      of: mutant.of,
      leastBound: { bounds: runs[0]!.run.bounds, faults: runs[0]!.run.faults },
      caughtBy: found?.by ?? null,
      why: found?.why ?? null,
      length: found?.length ?? null,
      expected: mutant.survives === undefined ? "killed" : "survives",
      verdict: fateOf(runs[0]!.run),
      runs: runs.map(({ run }) => ({
        bounds: run.bounds,
        faults: run.faults,
        verdict: fateOf(run),
        states: run.states,
        seconds: run.seconds,
      })),
    };
  });
}
