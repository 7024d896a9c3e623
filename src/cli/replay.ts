/** `muchado replay`: a trace file against a model as it is now. */

import { existsSync } from "node:fs";
import type { Instance } from "../model/instance.ts";
import { ActionError } from "../model/plain.ts";
import { painter } from "../report/paint.ts";
import { printableLines } from "../report/printable.ts";
import { replayText } from "../report/replay-text.ts";
import { propertyNamed } from "../trace/document-trace.ts";
import { boundsOn, faultsOn, type Replay, replay as run } from "../trace/replay.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { FAULT, VACUOUS, VIOLATED } from "../verdict/exit-codes.ts";
import { jsonText } from "../verdict/json-text.ts";
import type { Typed } from "./command-line.ts";
import type { LoadCatalog } from "./main.ts";
import { noAnswer } from "./no-answer.ts";
import { build } from "./plan.ts";
import { hasColor, print } from "./streams.ts";
import { findTargets, modelFileOf } from "./targets.ts";
import { readTool } from "./tool.ts";
import { readTraceFile } from "./trace-file.ts";
import { UsageError } from "./usage-error.ts";

/** The exit code of a trace that cannot be followed, or that no longer shows what it was to be a witness of. */
const DIVERGED = VACUOUS;

/** @returns the exit code: 1 if the trace still fails, 0 if it no longer does.  @throws UsageError */
export async function replay(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const { document } = readTraceFile(typed);
  const target = typed.value("target") ?? targetOf(document);
  const instance = await open(target, document, loadCatalog);
  let answer: Replay;
  try {
    answer = run(instance, document);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    return noAnswer(FAULT, `the model is at fault: ${printableLines(error.message).join("\n")}`);
  }
  const exitCode = exitCodeOf(answer, document);
  if (typed.has("json")) {
    const { property, bounds, faults } = document;
    const { name, verdict } = property;
    const told = {
      tool: readTool(),
      target,
      bounds,
      faults,
      property: { name, verdict },
      ...answer,
      exitCode,
    };
    print(jsonText(told));
  } else {
    print(replayText(answer, document, { target, paint: painter(hasColor(typed.has("no-color"))) }));
  }
  return exitCode;
}

/** What the trace is of, as it was named when it was found.  @throws UsageError for a file that is not there any more */
function targetOf({ target }: TraceDocument): string {
  const file = modelFileOf(target);
  if (file === undefined || existsSync(file)) return target;
  throw new UsageError(`there is no ${file}, which the trace is of: say where it is with --target`);
}

async function open(name: string, document: TraceDocument, loadCatalog: LoadCatalog): Promise<Instance> {
  const [target, ...more] = await findTargets(name, loadCatalog);
  if (more.length > 0) {
    throw new UsageError(
      `${name}: it has several models; say which with --target, for instance ${target!.name}`,
    );
  }
  const { property } = document;
  const bounds = boundsOn(target!.model, document);
  const instance = build(target!, {
    bounds,
    faults: faultsOn(build(target!, { bounds, faults: {} }), document),
  });
  if (propertyNamed(instance, property.name) === undefined) {
    const known = instance.properties.map(([known]) => known).join(", ") || "none";
    throw new UsageError(
      `${name} has no property ${JSON.stringify(property.name)}; its properties: ${known}`,
    );
  }
  return instance;
}

function exitCodeOf({ outcome }: Replay, { property }: TraceDocument): number {
  if (outcome === "diverges") return DIVERGED;
  const isWitness = property.verdict === "holds";
  if (outcome === "fails") return isWitness ? 0 : VIOLATED;
  return isWitness ? DIVERGED : 0;
}
