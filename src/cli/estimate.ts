/** `muchado estimate`: what a check will cost, before it is paid for. */

import { modelTask } from "../explore/model-task.ts";
import { type EstimatedCheck, estimateDocument, estimateText } from "../report/estimate-text.ts";
import { FAULT, INTERRUPTED } from "../verdict/exit-codes.ts";
import { checkOptions } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import type { EstimateReply, EstimateTask } from "./estimate-worker.ts";
import { preparing, watchForInterrupts } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { noAnswer } from "./no-answer.ts";
import { planRuns } from "./plan.ts";
import { print, remark } from "./streams.ts";
import { askThread } from "./thread.ts";
import { readTool } from "./tool.ts";
import { UsageError } from "./usage-error.ts";

/** How long it may take where nothing is said. */
const MAX_SECONDS = 20;

/** @returns the exit code.  @throws UsageError */
export async function estimate(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const options = checkOptions(typed);
  // Of the check, not of the estimate.
  const limits = { ...options.limits, typed: [] };
  if (options.targets.length === 0) throw new UsageError("estimate needs a target, as `check` takes them");
  const plans = await preparing(() => planRuns({ ...options, limits }, loadCatalog));
  const { signal } = watchForInterrupts();
  const { reductions } = options;
  const maxSeconds = options.limits.maxSeconds ?? MAX_SECONDS;
  const checks: EstimatedCheck[] = [];
  for (const { instance, reference, target, properties, repeat } of plans) {
    if (!options.isQuiet) remark(`${target}: exploring smaller bounds for at most about ${maxSeconds} s`);
    const task = { ...modelTask(instance, reference), properties, reductions, maxSeconds };
    const reply = await carriedOut(task, signal);
    if (reply === undefined) break;
    if (reply.kind === "faulty") return noAnswer(FAULT, `${target}: the model is at fault: ${reply.message}`);
    checks.push({ target, bounds: instance.bounds, faults: instance.budgets, repeat, ...reply.cost });
  }
  if (signal.aborted && checks.length === 0)
    return noAnswer(INTERRUPTED, "interrupted before there was an answer");
  print(options.isJson ? estimateDocument(readTool(), checks) : checks.map(estimateText).join(""));
  return signal.aborted ? INTERRUPTED : 0;
}

/** Runs the task in a thread of its own; nothing comes of it after an interrupt. */
async function carriedOut(task: EstimateTask, signal: AbortSignal): Promise<EstimateReply | undefined> {
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const reply = askThread<EstimateReply>(new URL("./estimate-worker.js", import.meta.url), task, (code) => ({
    kind: "faulty",
    message: `it ended its thread with exit code ${code}`,
  }));
  return Promise.race([reply, interrupted]);
}
