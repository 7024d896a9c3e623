/** For tests: reports of pipelines in which everything that can be said is said, by a model that wishes them ill. */

import type { Outcome } from "../gate/outcome.ts";
import type { DocumentedStep, TraceDocument } from "../trace/trace-document.ts";
import type { Run } from "../verdict/run.ts";
import { bareRun } from "../verdict/test-run.ts";
import type { PipelineReport } from "./pipeline-report.ts";

/** Text that would end whatever it stands in. */
export const ILL = 'a"b<c>&]]>--{0}[x](y)%0A\n::error::\u001b[2J\u0000\ud800\ufffe`|\u202e, é 🙂';

const steps: DocumentedStep[] = [1, 2, 3].map((number) => ({
  action: "write",
  choice: {},
  label: `write(value: ${ILL})`,
  state: {},
  view: null,
  changes: [ILL],
  events: [],
  fields: [],
  tree: null,
  isFault: false,
  nodes: number === 2 ? [] : [`n${number}`],
  transfers: [],
}));

/** A run of `target` that holds, but for what is said otherwise. */
export function run(differences: Partial<Run> = {}): Run {
  return {
    ...bareRun,
    target: "lamp",
    bounds: { uses: 3 },
    faults: { crash: 1 },
    properties: [{ name: "lit", kind: "always", verdict: "holds", why: null, trace: null }],
    states: 10,
    transitions: 20,
    depth: 5,
    seconds: 1.5,
    bytes: 1000,
    coverage: { actions: { use: 7 }, faults: { crash: 1 }, events: {} },
    repeat: "muchado check lamp",
    ...differences,
  };
}

const plain = steps.map(
  ({ fields: _, tree: __, isFault: ___, nodes: ____, transfers: _____, ...step }) => step,
);
const trace = { first: { state: {}, view: null }, steps: plain };
const violated = run({
  target: ILL,
  verdict: "violated",
  properties: [{ name: ILL, kind: "always", verdict: "violated", why: ILL, trace }],
});
const document: TraceDocument = {
  format: "muchado-trace",
  version: 1,
  tool: { name: "muchado", version: "1.2.3" },
  target: ILL,
  bounds: {},
  faults: {},
  seed: null,
  property: { name: ILL, kind: "always", verdict: "violated", why: ILL },
  repeat: "",
  nodes: ["n1", "n3"],
  shape: { kind: "record", fields: [] },
  trace: { first: { state: {}, view: null, fields: [], tree: null }, steps },
} as unknown as TraceDocument;

const outcome: Outcome = {
  tool: { name: "muchado", version: "1.2.3" },
  verdict: "violated",
  exitCode: 70,
  runs: [
    run(),
    violated,
    run({ verdict: "inconclusive", limit: "time" }),
    run({
      verdict: "inconclusive",
      failure: { message: ILL, step: ILL, state: {}, fields: [ILL], way: [ILL] },
    }),
    run({ verdict: "violated", expected: "violated", properties: violated.properties }),
  ],
  mutants: [
    {
      mutant: { of: "lamp", model: { name: ILL, about: ILL } as never, at: {} },
      runs: [{ at: {}, run: run() }],
    },
  ],
  failures: [
    { gate: "counts", run: 0, message: ILL },
    { gate: "mutants", run: null, message: ILL },
    { gate: "certificate", run: null, message: ILL },
  ],
  certified: [],
};

/** A complaint of each kind. */
export const illReport: PipelineReport = {
  outcome,
  sources: outcome.runs.map((_, i) => ({
    file: i === 1 ? "models/lämp post.ts" : undefined,
    actions: i === 1 ? { write: { file: "models/lämp post.ts", line: 7, column: 3 } } : {},
    traces: i === 1 ? [document] : [],
  })),
  startedAt: new Date(Date.UTC(2026, 1, 3, 4, 5, 6, 7)),
};

/** One run that holds. */
export const fairReport: PipelineReport = {
  outcome: { ...outcome, verdict: "holds", exitCode: 0, runs: [run()], mutants: [], failures: [] },
  sources: [{ file: undefined, actions: {}, traces: [] }],
  startedAt: new Date(0),
};
