/** The figures as Markdown, and their place in the file that explains them. */

import { cpus, loadavg } from "node:os";
import type { Answer, Case } from "./contenders.ts";
import type { Measurement } from "./measure.ts";
import { median, PAIRS, type Result, ratio, type Series, title } from "./rounds.ts";

/** What else is measured. */
export interface Extras {
  /** The same model searched with its properties and without any. */
  readonly refinement: {
    readonly title: string;
    readonly checked: readonly (Answer & Measurement)[];
    readonly plain: readonly (Answer & Measurement)[];
  };
  readonly help: readonly Measurement[];
  /** By round, a search by one worker, and two of them at once, which share nothing: what more cores can give at most. */
  readonly cores: {
    readonly title: string;
    readonly alone: readonly Measurement[];
    readonly sideBySide: readonly (readonly Measurement[])[];
  };
}

/** Where figures stand in the file: those of `npm run bench`, and those of `npm run reductions`. */
const MARKS = {
  figures: ["<!-- figures: written by npm run bench -->", "<!-- end of figures -->"],
  reductions: ["<!-- reductions: written by npm run reductions -->", "<!-- end of reductions -->"],
} as const;
const MEBIBYTE = 2 ** 20;

export function report(series: readonly Series[], extras: Extras, rounds: number): string {
  return [machine(rounds), figures(series), ratios(series), others(extras)].join("\n\n");
}

/** `text` with what stands between the marks replaced.  @throws Error where the marks are missing. */
export function insert(text: string, figures: string, kind: keyof typeof MARKS = "figures"): string {
  const [first, last] = MARKS[kind];
  const [begin, end] = [text.indexOf(first), text.indexOf(last)];
  if (begin < 0 || end < begin) throw new Error(`there is no place for the figures: ${first} … ${last}`);
  return `${text.slice(0, begin)}${first}\n\n${figures}\n\n${text.slice(end)}`;
}

/** Where and when it was measured. */
export function machine(rounds: number): string {
  const processor = cpus()[0]?.model.trim() ?? "unknown processor";
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, Node ${process.version}, ${cpus().length} × ${processor}; ${count(rounds, "round")}${rounds > 1 ? ", medians" : ""}. \
Load of the machine over the last quarter of an hour: ${loadavg()[2]!.toFixed(1)}.`;
}

function figures(series: readonly Series[]): string {
  const steps = (the: Case): number => series.find((one) => one.the === the)!.results[0]!.transitions;
  const rows = series.map(({ the, contender, results }) => {
    const [middle, first] = [(of: (result: Result) => number) => median(results.map(of)), results[0]!];
    const peaks = results.flatMap(({ peakBytes }) => peakBytes ?? []);
    const peak = peaks.length === 0 ? undefined : median(peaks);
    return [
      ...[title(the), contender, whole(first.states), whole(steps(the))],
      middle(({ cpuSeconds }) => cpuSeconds).toFixed(2),
      middle(({ wallSeconds }) => wallSeconds).toFixed(2),
      middle(({ seconds }) => seconds).toFixed(2),
      peak === undefined ? "" : whole(peak / MEBIBYTE),
      peak === undefined ? "" : whole(peak / first.states),
    ];
  });
  const head = [
    "model",
    "explorer",
    "states",
    "steps",
    "CPU s",
    "wall s",
    "search s",
    "peak MiB",
    "bytes a state",
  ];
  return table(head, rows, 2);
}

function ratios(series: readonly Series[]): string {
  const cases = [...new Set(series.map(({ the }) => the))];
  const rows = PAIRS.flatMap(([above, below]) => {
    const cells = cases.map((the) => {
      const cpu = ratio(series, the, [above, below], ({ cpuSeconds }) => cpuSeconds);
      const wall = ratio(series, the, [above, below], ({ wallSeconds }) => wallSeconds);
      return cpu === undefined || wall === undefined ? "" : `${cpu.toFixed(2)} (${wall.toFixed(2)})`;
    });
    return cells.every((cell) => cell === "") ? [] : [[`${above} / ${below}`, ...cells]];
  });
  return `Ratios of CPU time of the whole process (of wall time), round by round, medians:\n\n${table(
    ["", ...cases.map(title)],
    rows,
    1,
  )}`;
}

function others({ refinement: { title, checked, plain }, help, cores }: Extras): string {
  const perRound = (of: (run: Answer & Measurement) => number): string =>
    median(checked.map((run, round) => of(run) / of(plain[round]!))).toFixed(2);
  const cpu = perRound(({ cpuSeconds }) => cpuSeconds);
  const search = perRound(({ seconds }) => seconds);
  const milliseconds = (of: (one: Measurement) => number): string => (median(help.map(of)) * 1000).toFixed(0);
  const slowdown = median(
    cores.sideBySide.map(
      (both, round) =>
        Math.max(...both.map(({ wallSeconds }) => wallSeconds)) / cores.alone[round]!.wallSeconds,
    ),
  );
  return [
    `* ${title}, ${whole(plain[0]!.states)} states: with all its properties, refinement among them, ${cpu} times the CPU \
time of a search that checks nothing (${search} times the wall time of the search).`,
    `* \`muchado --help\`: ${milliseconds(({ wallSeconds }) => wallSeconds)} ms, \
${milliseconds(({ cpuSeconds }) => cpuSeconds)} ms of CPU.`,
    `* Two processes with one worker each, side by side, both on ${cores.title}, take ${slowdown.toFixed(2)} times the wall time \
of one: two workers that had nothing to share would be ${(2 / slowdown).toFixed(2)} times as fast as one on this machine.`,
  ].join("\n");
}

/** The first `left` columns hold words, the others numbers. */
function table(head: readonly string[], rows: readonly (readonly string[])[], left: number): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i < left ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function count(value: number, what: string): string {
  return `${value} ${what}${value === 1 ? "" : "s"}`;
}
