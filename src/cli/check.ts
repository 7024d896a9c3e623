/** `muchado check`: every state that the targets can reach within their bounds, and what is to be said of it. */

import { painter } from "../report/paint.ts";
import { runText, summaryText } from "../report/run-text.ts";
import { documentTrace, findingsOf } from "../trace/document-trace.ts";
import { type Document, documentText } from "../verdict/document.ts";
import { exitCodeOf, type Run, verdictOf } from "../verdict/run.ts";
import { checkOptions } from "./check-options.ts";
import { planCheckpoints } from "./checkpoints.ts";
import type { Typed } from "./command-line.ts";
import { watchForInterrupts } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { carryOut } from "./one-run.ts";
import { OutFolder } from "./out-folder.ts";
import { PageFile } from "./page-file.ts";
import { planRuns } from "./plan.ts";
import { ProgressDisplay } from "./progress-display.ts";
import { releaseMemory } from "./release-memory.ts";
import { hasColor, print, terminalWidth, watchReader } from "./streams.ts";
import { readTool } from "./tool.ts";
import { INTERRUPTED } from "./usage-error.ts";

/** @returns the exit code.  @throws UsageError */
export async function check(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const interrupts = watchForInterrupts();
  watchReader(() => interrupts.abort("interrupted"));
  const options = checkOptions(typed);
  const plans = await planRuns(options, loadCatalog);
  const checkpoints = await planCheckpoints(plans, options);
  const out = options.out === undefined ? undefined : new OutFolder(options.out);
  const page = options.html === undefined ? undefined : new PageFile(options.html);
  const display = new ProgressDisplay(process.stderr, options.isQuiet);
  const tool = readTool();
  const document = (runs: readonly Run[], isInterrupted: boolean): Document => ({
    tool,
    verdict: isInterrupted && verdictOf(runs) === "holds" ? "inconclusive" : verdictOf(runs),
    exitCode: isInterrupted ? INTERRUPTED : exitCodeOf(runs, options),
    runs,
  });

  const runs: Run[] = [];
  for (const [i, plan] of plans.entries()) {
    display.begin(plan.target);
    const watch = { signal: interrupts.signal, onProgress: display.show.bind(display) };
    const run = await carryOut(plan, options, watch, checkpoints[i]);
    display.end();
    await releaseMemory();
    runs.push(run);
    out?.writeRun(document([run], run.limit === "interrupted"));
    const origin = { tool, target: run.target, repeat: run.repeat };
    const findings = out === undefined && page === undefined ? [] : findingsOf(run.properties);
    const traceFiles = new Map<string, string>();
    for (const finding of findings) {
      const trace = documentTrace(plan.instance, finding, origin);
      page?.add(trace);
      if (out) traceFiles.set(finding.name, out.writeTrace(trace, options.traceEncoding));
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
    if (interrupts.signal.aborted) break;
  }
  await page?.write();
  const isCut = runs.length < plans.length || runs.at(-1)?.limit === "interrupted";
  const answer = document(runs, interrupts.signal.aborted && isCut);
  print(options.isJson ? documentText(answer) : summaryText(answer, plans.length));
  return answer.exitCode;
}
