/** `muchado ci`: a suite of runs with gates, for a pipeline that trusts both its green and its red. */

import { setTimeout as wait } from "node:timers/promises";
import { type Certificate, certify } from "../gate/certificate.ts";
import { type GateFailure, pass } from "../gate/gates.ts";
import { surprises, type TriedMutant } from "../gate/mutants.ts";
import { type Outcome, outcomeCode, outcomeVerdict, runsOf } from "../gate/outcome.ts";
import { gateText, outcomeText } from "../report/ci-text.ts";
import { matrixText } from "../report/kill-matrix.ts";
import { painter } from "../report/paint.ts";
import type { RunSource } from "../report/pipeline-report.ts";
import { runText } from "../report/run-text.ts";
import { documentTrace, findingsOf } from "../trace/document-trace.ts";
import { FAULT, INTERRUPTED } from "../verdict/exit-codes.ts";
import type { Run } from "../verdict/run.ts";
import { type CiOptions, ciOptions } from "./ci-options.ts";
import type { Typed } from "./command-line.ts";
import { preparing, watchForInterrupts } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { modelDigest } from "./model-digest.ts";
import { noAnswer } from "./no-answer.ts";
import { pipeline } from "./pipeline.ts";
import type { PlannedRun } from "./plan.ts";
import { fileOf, placesOfActions } from "./source-places.ts";
import { hasColor, print, terminalWidth } from "./streams.ts";
import { planSuite, type Suite } from "./suite.ts";
import { readTool } from "./tool.ts";

/** How much later an interrupt may be heard of here than elsewhere. */
const INTERRUPT_MILLISECONDS = 100;

/** @returns the exit code.  @throws UsageError */
export async function ci(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const startedAt = new Date();
  const { options, suite } = await preparing(async () => {
    const options = await ciOptions(typed);
    return { options, suite: await planSuite(options.file, loadCatalog) };
  });
  const interrupts = watchForInterrupts();
  const { outcome, sources } = await carryOutSuite(suite, options, interrupts.signal);
  try {
    options.reporters.write({ outcome, sources, startedAt });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return noAnswer(FAULT, `a report cannot be written: ${why}`);
  }
  return outcome.exitCode;
}

async function carryOutSuite(
  suite: Suite,
  options: CiOptions,
  signal: AbortSignal,
): Promise<{ readonly outcome: Outcome; readonly sources: readonly RunSource[] }> {
  const { file, reporters, workers, isQuiet, isPlain } = options;
  const start = performance.now();
  const planned = [
    ...suite.runs,
    ...suite.mutants.flatMap(({ plans, budget }) => plans.map(({ plan }) => ({ plan, budget }))),
  ];
  const answers = pipeline(planned, { workers, isQuiet, signal, budget: file.config.budget ?? {} });
  const next = async (): Promise<Run> => (await answers.next()).value!;
  const paint = painter(hasColor(isPlain));
  const say = (text: string): void => {
    if (reporters.isText) print(text);
  };
  const tool = readTool();
  const runs: Run[] = [];
  const mutants: TriedMutant[] = [];
  const failures: GateFailure[] = [];
  const known: Certificate[] = [];
  const certified: string[] = [];
  const sources: RunSource[] = [];
  for (const { plan, demands, certifiedAs } of suite.runs) {
    const { run, failures: found } = pass(await next(), demands);
    const own = found.map((failure): GateFailure => ({ ...failure, run: runs.length }));
    const digest = await digestOf(plan, signal);
    const certificate =
      digest === undefined ? undefined : certify(run, { target: certifiedAs, digest, tool });
    if (certificate !== undefined) known.push(certificate);
    if (certificate !== undefined && run.verdict === "holds") {
      const { written, message } = settle(certificate, options, own.length === 0);
      if (written !== undefined) certified.push(written);
      if (message !== undefined) own.push({ gate: "certificate", run: runs.length, message });
    }
    runs.push(run);
    failures.push(...own);
    sources.push(sourceOf(plan, run, tool));
    say(runText(run, { width: terminalWidth(), paint, hasCoverage: false }) + gateText(own, paint));
  }
  for (const { mutant, plans } of suite.mutants) {
    const runsAt = [];
    for (const { at } of plans) runsAt.push({ at, run: await next() });
    const tried: TriedMutant = { mutant, runs: runsAt };
    mutants.push(tried);
    failures.push(
      ...surprises(tried).map((message): GateFailure => ({ gate: "mutants", run: null, message })),
    );
    say(matrixText(tried, paint));
  }
  const orphans = signal.aborted ? [] : (options.certificates?.leftOver(known) ?? []);
  failures.push(...orphans.map((message): GateFailure => ({ gate: "certificate", run: null, message })));

  const parts = { runs, mutants, failures };
  const isInterrupted = runsOf(parts).some(({ limit }) => limit === "interrupted");
  const exitCode = isInterrupted ? INTERRUPTED : outcomeCode(parts);
  const outcome: Outcome = { tool, verdict: outcomeVerdict(parts), exitCode, ...parts, certified };
  say(outcomeText(outcome, (performance.now() - start) / 1000, paint));
  return { outcome, sources };
}

/** The digest of a run's model; none after an interrupt, which ends the program that bundles a model's code as well. */
async function digestOf({ origin }: PlannedRun, signal: AbortSignal): Promise<string | undefined> {
  try {
    return signal.aborted ? undefined : `sha256:${await modelDigest(origin)}`;
  } catch (error) {
    // It may have ended before this one hears of the interrupt.
    await wait(INTERRUPT_MILLISECONDS);
    if (signal.aborted) return undefined;
    throw error;
  }
}

/** Holds a run that holds against the certificate that is kept of it, or writes that if the run passes the other gates. */
function settle(
  certificate: Certificate,
  { certificates, isCertifying }: CiOptions,
  passes: boolean,
): { readonly written?: string; readonly message?: string } {
  const objection = certificates?.objection(certificate);
  if (certificates === undefined || objection === undefined) return {};
  if (isCertifying && passes) {
    try {
      return { written: certificates.write(certificate) };
    } catch (error) {
      return { message: `${objection}; it cannot be written (${(error as Error).message})` };
    }
  }
  const remedy = "`muchado ci --certify` writes it";
  return { message: `${objection}; ${remedy}${passes ? "" : " once the run passes the other gates"}` };
}

/** Where a run's model stands, and its counterexamples, if there is something to point at. */
function sourceOf(plan: PlannedRun, run: Run, tool: Outcome["tool"]): RunSource {
  const violations = findingsOf(run.properties).filter(({ verdict }) => verdict === "violated");
  const origin = { tool, target: run.target, repeat: run.repeat };
  return {
    file: fileOf(plan),
    actions: violations.length > 0 ? placesOfActions(plan.instance) : {},
    traces: violations.map((finding) => documentTrace(plan.instance, finding, origin)),
  };
}
