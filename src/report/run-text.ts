/** Runs as a person reads them: the verdict first, then why, then how to see it again. */

import type { Growing } from "../explore/growing.ts";
import { assignmentsText } from "../model/assignments.ts";
import type { Composed } from "../verdict/compose.ts";
import type { Document } from "../verdict/document.ts";
import { type Coverage, endAt, type Limit, type PropertyResult, type Run } from "../verdict/run.ts";
import { bytes, count, duration, plural, rounded } from "./figures.ts";
import type { Painter } from "./paint.ts";
import { printable, printableLines } from "./printable.ts";
import { shellWord } from "./shell-word.ts";
import { traceLines } from "./trace-text.ts";

export interface TextOptions {
  /** Columns of the terminal; none where lines may be of any length. */
  readonly width: number | undefined;
  readonly paint: Painter;
  /** Whether to tell how often each action, fault and event happened. */
  readonly hasCoverage: boolean;
  /** Where traces are written, by the names of their properties. */
  readonly traceFiles?: ReadonlyMap<string, string>;
}

/**
 * A verdict, or what is to be said in its place: a run that failed has none, a vacuous one should not look as if it held,
 * and a counterexample that was asked for is no bad news.
 */
type Standing = "holds" | "refuted" | "vacuous" | "violated" | "inconclusive" | "failed";

const STANDINGS: { readonly [S in Standing]: "good" | "bad" | "doubtful" } = {
  holds: "good",
  refuted: "good",
  vacuous: "doubtful",
  violated: "bad",
  inconclusive: "doubtful",
  failed: "bad",
};

/** One run: a line with the verdict and the figures, then indented lines. */
export function runText(run: Run, options: TextOptions): string {
  const { paint } = options;
  const standing = standingOf(run);
  const lines = [
    `${paint[STANDINGS[standing]](standing)} ${paint.strong(printable(run.target))}${configuration(run)}: ${figures(run)}`,
    ...standingLines(run, standing, options).map((line) => `  ${line}`),
    ...run.interchangeable.map(
      (names) => `  reduced by symmetry: ${printable(names.join(", "))} are interchangeable`,
    ),
    ...(run.reductions.includes("order")
      ? ["  reduced by partial order: steps that commute are not searched in every order"]
      : []),
    ...violations(run.properties, options),
    ...(run.simulation ? simulationLines(run.simulation, run).map((line) => `  ${line}`) : []),
    ...(options.hasCoverage ? coverageLines(run.coverage) : []),
    paint.faint(`  repeat: ${printable(run.repeat)}`),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * What several runs come to in some `seconds`, and what is not among them, then what follows from them. Nothing for a single
 * run that was finished.
 */
export function summaryText(
  { runs, exitCode, composed = [] }: Document,
  planned: number,
  seconds: number,
): string {
  const missing = planned - runs.length;
  if (planned === 1) return "";
  const standings = runs.map(standingOf);
  const parts = (Object.keys(STANDINGS) as Standing[]).flatMap((standing) => {
    const number = standings.filter((other) => other === standing).length;
    if (number === 0) return [];
    return [`${count(number)} ${standing === "holds" && number > 1 ? "hold" : standing}`];
  });
  const notRun = missing > 0 ? `; interrupted, ${plural(missing, "run")} not begun` : "";
  const total = `${plural(runs.length, "run")} in ${duration(seconds)}: ${parts.join(", ")}${notRun} (exit code ${exitCode})`;
  return ["", total, ...composedLines(composed), ""].join("\n");
}

/** What follows from pairs of runs. */
function composedLines(composed: readonly Composed[]): string[] {
  if (composed.length === 0) return [];
  return [
    "",
    "it follows, with each object on a cluster of its own, for every run within the bounds of both:",
    ...composed.map(({ theorem, bounds, clusterBounds }) => {
      return `  ${printable(theorem)} (${printable(assignmentsText(bounds))}; each cluster: ${printable(assignmentsText(clusterBounds))})`;
    }),
  ];
}

export function standingOf({ verdict, expected, vacuous, failure }: Run): Standing {
  if (failure !== null) return "failed";
  if (verdict === "violated" && expected === "violated") return "refuted";
  return verdict === "holds" && vacuous.length > 0 ? "vacuous" : verdict;
}

/** A run of fewer states is mostly the start of its workers: a rate would say nothing. */
const TELLING_STATES = 10_000;

/** ` (nodes=3, ballots=2; faults: crash=1)` */
export function configuration({ bounds, faults }: Pick<Run, "bounds" | "faults">): string {
  const struck = assignmentsText(faults);
  const parts = [assignmentsText(bounds), struck && `faults: ${struck}`].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${printable(parts.join("; "))})`;
}

function figures({ states, transitions, depth, seconds, bytes: used, workers, simulation }: Run): string {
  if (simulation !== undefined) {
    return [
      `seed ${simulation.seed}`,
      `${plural(simulation.runs, "run")} of at most ${plural(simulation.maxSteps, "step")} (${simulation.strategy})`,
      `${plural(states - simulation.runs, "step")} taken`,
      `${count(transitions)} looked at`,
      `longest run ${depth}`,
      `${duration(seconds)} with ${plural(workers, "worker")}`,
    ].join(", ");
  }
  return [
    plural(states, "state"),
    plural(transitions, "step"),
    `depth ${depth}`,
    `${duration(seconds)} with ${plural(workers, "worker")}`,
    ...(states < TELLING_STATES ? [] : [`${rounded(states / seconds)} states/s`]),
    bytes(used),
  ].join(", ");
}

function standingLines(run: Run, standing: Standing, { traceFiles }: TextOptions): string[] {
  const { failure, theorem, limit, growing = [], vacuous, properties } = run;
  switch (standing) {
    case "failed":
      return failureLines(failure!);
    case "holds":
      return [...theoremLines(theorem, properties), ...witnesses(properties, traceFiles)];
    case "vacuous":
      return [
        "nothing is violated, but this run says less than it seems to:",
        ...vacuous.map((what) => `vacuous: ${printable(what)}`),
      ];
    case "inconclusive":
      return [
        `${cutBy(limit)}: nothing is violated so far, which says nothing of the rest`,
        ...growing.map((field) => `still growing: ${growingText(field)}`),
      ];
    case "refuted":
      return ["violated, as a counterexample should be:"];
    case "violated":
      return [];
  }
}

function theoremLines(theorem: string | null, properties: readonly PropertyResult[]): string[] {
  if (theorem !== null) return [`within these bounds: ${printable(theorem)}`];
  if (properties.length === 0) return ["no property was checked: the states were only counted"];
  const names = properties.filter(({ kind }) => kind !== "sometimes").map(({ name }) => printable(name));
  return names.length === 0 ? [] : [`within these bounds: ${names.join(", ")}`];
}

function witnesses(properties: readonly PropertyResult[], files?: TextOptions["traceFiles"]): string[] {
  const seen = properties.flatMap(({ name, kind, trace }) => {
    if (kind !== "sometimes" || trace === null) return [];
    const file = files?.get(name);
    const where = file === undefined ? "" : `: ${printable(file)}`;
    return [`${printable(name)} (after ${plural(trace.steps.length, "step")}${where})`];
  });
  return seen.length === 0 ? [] : [`witnessed: ${seen.join(", ")}`];
}

/** `clock (5 at depth 5, 10 at depth 10; its range is 0..1000000)`, `log (5 elements at depth 5, 10 at depth 10; at most 500)` */
function growingText({ field, unit, least, most, levels }: Growing): string {
  const sizes = levels
    .filter(({ depth }) => depth > 0)
    .map(
      ({ depth, size }, i) => `${size}${unit !== "number" && i === 0 ? ` ${unit}` : ""} at depth ${depth}`,
    );
  const declared = unit === "number" ? `; its range is ${least}..${most}` : `; at most ${most}`;
  return `${printable(field)} (${sizes.join(", ")}${most === null ? "" : declared})`;
}

/** How a run was cut short, with the option that has a say in it. */
function cutBy(limit: Limit | null): string {
  if (limit === null || limit === "interrupted") return endAt(limit);
  return `${endAt(limit)} (--${limit === "runs" ? limit : `max-${limit === "time" ? "seconds" : limit}`})`;
}

/** What random runs showed besides violations. */
function simulationLines(
  { failingRun, stepsBeforeShrinking, unseen }: NonNullable<Run["simulation"]>,
  { properties }: Run,
): string[] {
  const shrunk =
    stepsBeforeShrinking === null ? "" : `, after ${plural(stepsBeforeShrinking, "step")}, and shrunk`;
  return [
    ...(failingRun === null ? [] : [`found in run ${failingRun}${shrunk}`]),
    ...witnesses(properties),
    ...unseen.map((what) => `not seen: ${printable(what)}`),
  ];
}

function failureLines({ message, step, fields, way }: NonNullable<Run["failure"]>): string[] {
  return [
    "the tool or the model is at fault, so there is no verdict:",
    ...printableLines(message),
    ...(step === null ? [] : [`at the step: ${printable(step)}`]),
    ...(fields === null ? [] : ["in the state:", ...fields.map((field) => `  ${printable(field)}`)]),
    ...(way === null || way.length === 0
      ? []
      : [
          `reached by ${plural(way.length, "step")}:`,
          ...way.map((label, i) => `  ${i + 1}  ${printable(label)}`),
        ]),
  ];
}

function violations(
  properties: readonly PropertyResult[],
  { paint, width, traceFiles }: TextOptions,
): string[] {
  return properties.flatMap(({ name, kind, verdict, why, trace }) => {
    if (verdict !== "violated") return [];
    const [reason, ...more] = printableLines(why ?? "");
    const file = traceFiles?.get(name);
    const broken = kind === "refines" ? reason : undefined;
    return [
      `  ${paint.bad(printable(name))}: ${reason}`,
      ...more.map((line) => `    ${line}`),
      ...(trace === null ? [] : traceLines(trace, { paint, width }, broken).map((line) => `  ${line}`)),
      ...(file === undefined
        ? []
        : [
            paint.faint(`  trace: ${printable(file)}`),
            paint.faint(`  show: muchado show ${printable(shellWord(file))}`),
          ]),
    ];
  });
}

function coverageLines({ actions, faults, events }: Coverage): string[] {
  const table = (title: string, counts: { readonly [name: string]: number }): string[] => {
    const rows = Object.entries(counts).map(([name, number]) => [printable(name), count(number)] as const);
    const width = Math.max(...rows.map(([, number]) => number.length));
    return rows.length === 0
      ? []
      : [`  ${title}:`, ...rows.map(([name, number]) => `    ${number.padStart(width)}  ${name}`)];
  };
  return [
    ...table("steps by action", actions),
    ...table("steps by fault", faults),
    ...table("steps by abstract event", events),
  ];
}
