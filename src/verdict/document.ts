/** The JSON document that answers a command: all runs, and what they come to together. */

import type { Composed } from "./compose.ts";
import type { Run, Verdict } from "./run.ts";

export interface Document {
  readonly tool: { readonly name: string; readonly version: string };
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly runs: readonly Run[];
  /** What follows from some of the runs together, if anything does. */
  readonly composed?: readonly Composed[];
}
