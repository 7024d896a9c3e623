/** For tests: what a mutant is caught by, as a trace file, and all that can be done with it. */

import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import {
  decodeTrace,
  documentTrace,
  encodeTrace,
  findingsOf,
  instantiate,
  type Mutant,
} from "../src/index.ts";
import { pageHtml } from "../src/page/page-html.ts";
import { itfText } from "../src/report/export-itf.ts";
import { mermaidText } from "../src/report/export-mermaid.ts";
import { svgText } from "../src/report/export-svg.ts";
import { painter } from "../src/report/paint.ts";
import { showText } from "../src/report/show-text.ts";
import { itfSchema, mermaidProblem, xmlProblem } from "../src/report/test-exports.ts";
import { boundsOn, faultsOn, type Replay, replay } from "../src/trace/replay.ts";
import { layOut } from "../src/trace/space-time.ts";
import type { TraceDocument } from "../src/trace/trace-document.ts";
import { catalog } from "./catalog.ts";
import { check } from "./protocols/test-check.ts";

/** The mutants of the catalog that are to be caught. */
export function killable(mutants: readonly Mutant[]): Mutant[] {
  return mutants.filter(({ survives }) => survives === undefined);
}

/** The trace that catches a mutant, written and read again. */
export function traceOf({ model, at }: Mutant): TraceDocument {
  const instance = instantiate(model, at.bounds, at.faults);
  const run = check(model, at);
  const violations = findingsOf(run.properties).filter(({ verdict }) => verdict === "violated");
  if (new Set(violations.map(({ name }) => name)).size < violations.length)
    throw new Error(`${model.name} has several traces of one property`);
  const [finding] = violations;
  if (finding === undefined) throw new Error(`${model.name} is not caught`);
  const origin = { tool: { name: "muchado", version: "0" }, target: model.name, repeat: "" };
  return decodeTrace(encodeTrace(documentTrace(instance, finding, origin), "msgpack"));
}

/** What becomes of a trace on a model. */
export function replayOn(model: Mutant["model"], document: TraceDocument): Replay {
  const bounds = boundsOn(model, document);
  return replay(instantiate(model, bounds, faultsOn(instantiate(model, bounds), document)), document);
}

/** The step at which a trace goes another way than it did; `undefined` if it never does. */
export function divergence({ outcome, step, difference }: Replay): number | undefined {
  return difference?.step ?? (outcome === "diverges" ? step! : undefined);
}

/** The model that a mutant varies. */
export function parentOf({ of }: Mutant, all = catalog): Mutant["model"] {
  return all.find(({ model }) => model.name === of)!.model;
}

const isItf = new Ajv2020({ strict: false }).compile(itfSchema);

/** What is wrong with how a trace is shown and exported; empty if nothing is. */
export function presentationProblems(document: TraceDocument): string[] {
  const { property, trace } = document;
  const problems: string[] = [];
  const claim = (isTrue: boolean, what: string): void => {
    if (!isTrue) problems.push(what);
  };
  for (const width of [undefined, 60, 120]) {
    const options = { width, paint: painter(false), file: "x.trace", only: undefined, from: 0 };
    const text = showText(document, { ...options, isFull: false, to: trace.steps.length });
    claim(text.includes("✗ "), `the broken guard is not marked at width ${width}`);
    claim(width !== undefined || text.includes(property.why!.split("\n")[0]!), "the reason is not told");
    for (const [i, { label }] of trace.steps.entries()) {
      const isShown = text.split("\n").some((line) => line.trim().startsWith(`${i + 1}  `));
      claim(isShown, `step ${i + 1}, ${label}, is not shown at width ${width}`);
    }
  }
  claim(isItf(JSON.parse(itfText(document))), `no ITF: ${JSON.stringify(isItf.errors)}`);
  claim(
    mermaidProblem(mermaidText(document)) === undefined,
    `no Mermaid: ${mermaidProblem(mermaidText(document))}`,
  );
  claim(xmlProblem(svgText(document)) === undefined, `no SVG: ${xmlProblem(svgText(document))}`);
  const parts = { title: "x", script: "", style: "", asksServer: false };
  const [, data = ""] =
    /<script type="application\/json"[^>]*>(.*?)<\/script>/s.exec(pageHtml({ traces: [document] }, parts)) ??
    [];
  claim(
    data !== "" && isDeepStrictEqual(JSON.parse(data), { traces: [document] }),
    "a page does not hold it whole",
  );
  const receipts = trace.steps.flatMap(({ transfers }) =>
    transfers.filter(({ kind }) => kind === "received"),
  );
  const arrows = layOut(document).arrows.filter(({ kind }) => kind === "received");
  claim(arrows.length === receipts.length, `${arrows.length} arrows for ${receipts.length} receipts`);
  return problems;
}
