/** A worker thread that judges one history, so that the main one can be interrupted. */

import { parentPort, workerData } from "node:worker_threads";
import { parseHistory } from "../history/history-file.ts";
import { CONFIGURATIONS_BETWEEN_QUESTIONS } from "../history/search.ts";
import { HistoryFileError } from "../history/text-cursor.ts";
import { type HistoryJudgement, judgeHistory } from "../verdict/judge-history.ts";
import { loadSpecification, type SpecificationSource } from "./specification-source.ts";
import { ProgramError, UsageError } from "./usage-error.ts";

export interface HistoryTask {
  readonly file: string;
  readonly text: string;
  readonly specification: SpecificationSource;
  readonly maxConfigurations: number;
  readonly maxBytes: number;
  readonly maxSeconds: number;
  /** At 0, not 0 once the search is to stop; at 1, how many configurations it has explored. */
  readonly shared: Int32Array;
}

/** What comes of a task: a judgement, a mistake in one of the files, or what the specification or the tool ran into. */
export type HistoryReply =
  | { readonly kind: "judged"; readonly judgement: HistoryJudgement }
  | { readonly kind: "usage" | "program" | "failed"; readonly message: string };

async function work({
  file,
  text,
  specification: source,
  shared,
  maxSeconds,
  ...limits
}: HistoryTask): Promise<HistoryReply> {
  const deadline = performance.now() + maxSeconds * 1000;
  try {
    const specification = await loadSpecification(source);
    const recorded = parseHistory(text, { file, recording: specification.recording });
    const keepGoing = (): boolean => {
      Atomics.add(shared, 1, CONFIGURATIONS_BETWEEN_QUESTIONS);
      return performance.now() < deadline && Atomics.load(shared, 0) === 0;
    };
    return { kind: "judged", judgement: judgeHistory(recorded, specification, { ...limits, keepGoing }) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof ProgramError) return { kind: "program", message };
    if (error instanceof UsageError || error instanceof HistoryFileError) return { kind: "usage", message };
    return { kind: "failed", message };
  }
}

parentPort!.postMessage(await work(workerData as HistoryTask));
