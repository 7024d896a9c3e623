/** The answer of a pipeline as one JSON document, which `ci.schema.json` describes. */

import type { Outcome } from "../gate/outcome.ts";
import { jsonText } from "../verdict/json-text.ts";
import { matrixRows } from "./kill-matrix.ts";

export function outcomeDocument({ tool, verdict, exitCode, runs, mutants, ...rest }: Outcome): string {
  const { failures: gates, certified } = rest;
  const document = { tool, verdict, exitCode, runs, mutants: matrixRows(mutants), gates, certified };
  return jsonText(document);
}
