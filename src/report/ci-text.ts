/** What a pipeline's gates say, as a person reads it, and what it all comes to. */

import type { GateFailure } from "../gate/gates.ts";
import type { Outcome } from "../gate/outcome.ts";
import { plural } from "./figures.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";
import { summaryText } from "./run-text.ts";

/** The failures of gates, one line each. */
export function gateText(failures: readonly GateFailure[], paint: Painter): string {
  return failures
    .map(({ gate, message }) => `  ${paint.bad("gate")} ${gate}: ${printable(message)}\n`)
    .join("");
}

/** The last lines: how many runs, mutants and gates, what they took, and the exit code. */
export function outcomeText(outcome: Outcome, seconds: number, paint: Painter): string {
  const { runs, mutants, failures, certified, exitCode } = outcome;
  const general = gateText(
    failures.filter(({ run }) => run === null),
    paint,
  );
  const parts = [
    ...(mutants.length > 0 ? [plural(mutants.length, "mutant")] : []),
    failures.length > 0 ? `${plural(failures.length, "gate")} failed` : "no gate failed",
    ...(certified.length > 0 ? [`${plural(certified.length, "certificate")} written`] : []),
  ];
  return `${summaryText(outcome, runs.length, seconds)}${general}${parts.join(", ")}: exit code ${exitCode}\n`;
}
