/** JUnit XML: a suite for each run, a case for each property, and one for each thing that is asked of a run beside that. */

import type { GateFailure } from "../gate/gates.ts";
import { fateOf, surprises, type TriedMutant } from "../gate/mutants.ts";
import { endAt, type PropertyResult, type Run } from "../verdict/run.ts";
import { painter } from "./paint.ts";
import { type PipelineReport, runTitle } from "./pipeline-report.ts";
import { runText } from "./run-text.ts";
import { type Element, element, xmlDocument } from "./xml.ts";

/** How a case ended: nothing where it passed. */
type End = { readonly kind: "skipped" | "error" | "failure"; readonly type: string; readonly text: string };

interface Case {
  readonly name: string;
  readonly classname: string;
  readonly seconds: number;
  readonly end: End | undefined;
}

interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
  readonly seconds: number;
  readonly properties: { readonly [name: string]: string | number };
  /** What is printed of the run. */
  readonly output: string | undefined;
}

/** One document that the schema of Jenkins' JUnit reader accepts. */
export function junitXml({ outcome, startedAt }: PipelineReport): string {
  const { runs, mutants, failures } = outcome;
  const suites = [
    ...runs.map((run, i) =>
      suiteOfRun(
        run,
        failures.filter((failure) => failure.run === i),
      ),
    ),
    ...(mutants.length > 0 ? [suiteOfMutants(mutants)] : []),
    ...suiteOfGates(failures.filter(({ run, gate }) => run === null && gate !== "mutants")),
  ];
  const all = suites.flatMap(({ cases }) => cases);
  const totals = {
    name: "muchado",
    tests: all.length,
    failures: numberOf(all, "failure"),
    errors: numberOf(all, "error"),
    time: seconds(suites.reduce((sum, suite) => sum + suite.seconds, 0)),
  };
  const timestamp = startedAt.toISOString().slice(0, 19);
  return xmlDocument(element("testsuites", totals, ...suites.map((suite, i) => print(suite, i, timestamp))));
}

function suiteOfRun(run: Run, failures: readonly GateFailure[]): Suite {
  const name = runTitle(run);
  const { target, bounds, faults, states, transitions, depth, workers } = run;
  const asked = run.properties.map((property): Case => {
    return { name: property.name, classname: target, seconds: 0, end: endOf(property, run) };
  });
  const gates = [...new Set(failures.map(({ gate }) => gate))].map((gate): Case => {
    const text = failures.filter((failure) => failure.gate === gate).map(({ message }) => message);
    const end: End = { kind: "failure", type: gate, text: text.join("\n") };
    return { name: `gate: ${gate}`, classname: target, seconds: 0, end };
  });
  return {
    name,
    cases: [
      {
        name: "the search was not cut short",
        classname: target,
        seconds: run.seconds,
        end: endOfSearch(run),
      },
      ...asked,
      ...gates,
    ],
    seconds: run.seconds,
    properties: {
      ...prefixed("bound", bounds),
      ...prefixed("fault", faults),
      states,
      transitions,
      depth,
      workers,
      repeat: run.repeat,
    },
    output: runText(run, { width: undefined, paint: painter(false), hasCoverage: false }),
  };
}

function prefixed(prefix: string, values: { readonly [name: string]: number }): { [name: string]: number } {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix} ${name}`, value]));
}

/** A search that ends at a counterexample has done what it is for. */
function endOfSearch({ failure, verdict, limit }: Run): End | undefined {
  if (failure !== null) {
    const text = failure.step === null ? failure.message : `${failure.message}\nat the step ${failure.step}`;
    return { kind: "error", type: "failure", text };
  }
  if (verdict !== "inconclusive") return undefined;
  return { kind: "skipped", type: "inconclusive", text: `inconclusive: ${endAt(limit)}` };
}

function endOf({ verdict, why, trace }: PropertyResult, { expected }: Run): End | undefined {
  switch (verdict) {
    case "holds":
      return undefined;
    case "violated": {
      if (expected === "violated") return undefined;
      const steps = trace?.steps.map(({ label }, i) => `${i + 1}  ${label}`) ?? [];
      const text = [why ?? "the property does not hold", ...steps].join("\n");
      return { kind: "failure", type: "violated", text };
    }
    case "inconclusive":
      return {
        kind: "skipped",
        type: "inconclusive",
        text: "inconclusive: the search ended before it was known",
      };
    case "vacuous":
      return { kind: "skipped", type: "vacuous", text: why ?? "never witnessed" };
  }
}

function suiteOfMutants(mutants: readonly TriedMutant[]): Suite {
  const cases = mutants.map((tried): Case => {
    const { mutant, runs } = tried;
    const seconds = runs.reduce((sum, { run }) => sum + run.seconds, 0);
    return {
      name: mutant.model.name,
      classname: `mutants of ${mutant.of}`,
      seconds,
      end: endOfMutant(tried),
    };
  });
  const all = cases.reduce((sum, one) => sum + one.seconds, 0);
  return { name: "mutants", cases, seconds: all, properties: {}, output: undefined };
}

function endOfMutant(tried: TriedMutant): End | undefined {
  const fates = tried.runs.map(({ run }) => fateOf(run));
  const text = surprises(tried).join("\n");
  if (fates.includes("failed")) {
    const failures = tried.runs.flatMap(({ run }) => run.failure?.message ?? []);
    return { kind: "error", type: "failure", text: failures.join("\n") };
  }
  if (fates.includes("inconclusive")) {
    const text = "inconclusive: a search ended before it was known whether the mutant is caught";
    return { kind: "skipped", type: "inconclusive", text };
  }
  return text === "" ? undefined : { kind: "failure", type: "mutants", text };
}

function suiteOfGates(failures: readonly GateFailure[]): Suite[] {
  if (failures.length === 0) return [];
  const cases = failures.map(({ gate, message }): Case => {
    const end: End = { kind: "failure", type: gate, text: message };
    return { name: `gate: ${gate}`, classname: "muchado ci", seconds: 0, end };
  });
  return [{ name: "gates", cases, seconds: 0, properties: {}, output: undefined }];
}

function print(
  { name, cases, seconds: time, properties, output }: Suite,
  id: number,
  timestamp: string,
): Element {
  const counts = {
    tests: cases.length,
    failures: numberOf(cases, "failure"),
    errors: numberOf(cases, "error"),
    skipped: numberOf(cases, "skipped"),
  };
  const pairs = Object.entries(properties).map(([key, value]) => element("property", { name: key, value }));
  return element(
    "testsuite",
    { name, ...counts, time: seconds(time), timestamp, id },
    ...(pairs.length > 0 ? [element("properties", {}, ...pairs)] : []),
    ...cases.map(printCase),
    ...(output === undefined ? [] : [element("system-out", {}, output)]),
  );
}

function printCase({ name, classname, seconds: time, end }: Case): Element {
  const attributes = { name, classname, time: seconds(time) };
  if (end === undefined) return element("testcase", attributes);
  const { kind, type, text } = end;
  const [message = ""] = text.split("\n");
  const details = kind === "skipped" ? {} : { type, message };
  return element("testcase", attributes, element(kind, details, text));
}

function numberOf(cases: readonly Case[], kind: End["kind"]): number {
  return cases.filter(({ end }) => end?.kind === kind).length;
}

const seconds = (value: number): string => value.toFixed(3);
