/** What the reports of a pipeline are made from. */

import type { Outcome } from "../gate/outcome.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import type { Run } from "../verdict/run.ts";
import { configuration } from "./run-text.ts";

export interface PipelineReport {
  readonly outcome: Outcome;
  /** For each run of the outcome, in its order. */
  readonly sources: readonly RunSource[];
  readonly startedAt: Date;
}

/** Where a run's model was written, and its traces in full. */
export interface RunSource {
  /** From the working directory, with `/` between folders; none for a model that is not in a file below it. */
  readonly file: string | undefined;
  /** Where the bodies of its actions and faults are, as far as that is known. */
  readonly actions: { readonly [action: string]: Place };
  /** One for each property that is violated. */
  readonly traces: readonly TraceDocument[];
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** `multi-paxos (nodes=3, ballots=2; faults: crash=1)` */
export function runTitle(run: Pick<Run, "target" | "bounds" | "faults">): string {
  return run.target + configuration(run);
}
