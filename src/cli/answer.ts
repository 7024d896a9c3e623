/** What a command answers: its runs in their order, then what they come to. */

import { painter } from "../report/paint.ts";
import { runText, summaryText } from "../report/run-text.ts";
import { documentTrace, findingsOf } from "../trace/document-trace.ts";
import { composedTheorems, partOf } from "../verdict/compose.ts";
import type { Document } from "../verdict/document.ts";
import { FAULT, INTERRUPTED } from "../verdict/exit-codes.ts";
import { jsonText } from "../verdict/json-text.ts";
import { exitCodeOf, type Run, verdictOf } from "../verdict/run.ts";
import type { CheckOptions } from "./check-options.ts";
import { withPlace } from "./failure-place.ts";
import { preparing, watchForInterrupts } from "./interrupts.ts";
import { noAnswer } from "./no-answer.ts";
import { notBegun } from "./one-run.ts";
import { OutFolder } from "./out-folder.ts";
import { PageFile } from "./page-file.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { type Job, sideBySide } from "./side-by-side.ts";
import { hasColor, print, terminalWidth } from "./streams.ts";
import { readTool } from "./tool.ts";

/** Does all jobs, each printed when it and those before it are done.  @returns the exit code.  @throws UsageError */
export async function answer(
  options: CheckOptions,
  planJobs: () => Promise<readonly Job[]>,
): Promise<number> {
  const jobs = await preparing(planJobs);
  const start = performance.now();
  const interrupts = watchForInterrupts();
  const page = options.html === undefined ? undefined : new PageFile(options.html);
  // Makes a folder, so it comes last of what can be refused.
  const out = options.out === undefined ? undefined : new OutFolder(options.out);
  const display = new ProgressDisplay(process.stderr, options.isQuiet);
  const tool = readTool();
  const document = (runs: readonly Run[], isInterrupted: boolean): Document => ({
    tool,
    verdict: isInterrupted && verdictOf(runs) === "holds" ? "inconclusive" : verdictOf(runs),
    exitCode: isInterrupted ? INTERRUPTED : exitCodeOf(runs, options),
    runs,
  });

  let unwritten: string | undefined;
  /** A file that cannot be written takes nothing from the answer. */
  const attempt = async <T>(write: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await write();
    } catch (error) {
      unwritten ??= (error as Error).message;
      return undefined;
    }
  };

  const { workers, isSequential, limits } = options;
  const { signal } = interrupts;
  const runs: Run[] = [];
  for await (const bare of sideBySide(jobs, {
    ...{ workers, isSequential, signal, display },
    maxBytes: limits.maxBytes,
  })) {
    const { plan } = jobs[runs.length]!;
    const run = withPlace(bare, plan);
    runs.push(run);
    page?.addRun(run);
    await attempt(() => out?.writeRun(document([run], run.limit === "interrupted")));
    const findings = out === undefined && page === undefined ? [] : findingsOf(run.properties);
    const { target, repeat, simulation } = run;
    const origin = { tool, target, repeat, ...(simulation !== undefined && { seed: simulation.seed }) };
    const traceFiles = new Map<string, string>();
    for (const finding of findings) {
      const trace = documentTrace(plan.instance, finding, origin);
      page?.add(trace);
      const file = await attempt(() => out?.writeTrace(trace, options.traceEncoding));
      if (file !== undefined) traceFiles.set(finding.name, file);
    }
    if (!options.isJson) {
      print(
        runText(run, {
          width: terminalWidth(),
          paint: painter(hasColor(options.isPlain)),
          hasCoverage: options.hasCoverage,
          traceFiles,
        }),
      );
    }
  }
  const unbegun = jobs.slice(runs.length).map(({ plan }) => notBegun(plan, "interrupted", workers));
  await attempt(() => page?.write());
  const isCut = unbegun.length > 0 || runs.some(({ limit }) => limit === "interrupted");
  const seconds = (performance.now() - start) / 1000;
  const composed = composedTheorems(runs.map((run, i) => partOf(jobs[i]!.plan.instance, run)));
  const whole: Document = {
    ...document([...runs, ...unbegun], signal.aborted && isCut),
    ...(composed.length > 0 && { composed }),
    ...(unwritten !== undefined && { exitCode: FAULT }),
  };
  print(options.isJson ? jsonText(whole) : summaryText({ ...whole, runs }, jobs.length, seconds));
  return unwritten === undefined ? whole.exitCode : noAnswer(FAULT, `a file cannot be written: ${unwritten}`);
}
