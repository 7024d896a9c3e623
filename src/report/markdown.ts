/** The summary of a pipeline in Markdown, for the page of a build. */

import { type Complaint, complaintsOf } from "../gate/complaints.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import type { Run } from "../verdict/run.ts";
import { mermaidText } from "./export-mermaid.ts";
import { count, duration, plural } from "./figures.ts";
import { painter } from "./paint.ts";
import { type PipelineReport, runTitle } from "./pipeline-report.ts";
import { printable } from "./printable.ts";
import { standingOf } from "./run-text.ts";
import { traceLines } from "./trace-text.ts";

export interface MarkdownOptions {
  /** What does not fit in it is left out, and that is said. */
  readonly mostBytes?: number;
}

/** A headline, a table of the runs, and a section for each complaint. */
export function markdownSummary(
  report: PipelineReport,
  { mostBytes = Infinity }: MarkdownOptions = {},
): string {
  const { outcome } = report;
  const complaints = complaintsOf(outcome);
  const head = `## Muchado: ${headline(outcome.exitCode, complaints)}\n\n`;
  const sections = [table(outcome.runs), ...complaints.map((complaint) => section(complaint, report))];
  let text = head;
  let left = 0;
  const note = (): string => `\n${plural(left, "part")} left out: there is no room for more here.\n`;
  for (const part of sections) {
    if (left > 0 || Buffer.byteLength(text + part) + 100 > mostBytes) left++;
    else text += part;
  }
  const whole = left > 0 ? text + note() : text;
  return Buffer.byteLength(whole) <= mostBytes ? whole : "";
}

function headline(exitCode: number, complaints: readonly Complaint[]): string {
  if (exitCode === 0) return "everything is as it should be";
  return `${plural(complaints.length, "complaint")} (exit code ${exitCode})`;
}

function table(runs: readonly Run[]): string {
  if (runs.length === 0) return "";
  const rows = runs.map((run) => [
    `**${standingOf(run)}**`,
    code(runTitle(run)),
    count(run.states),
    count(run.transitions),
    String(run.depth),
    duration(run.seconds),
  ]);
  const lines = [
    ["", "run", "states", "steps", "depth", "time"],
    ["---", "---", "--:", "--:", "--:", "--:"],
    ...rows,
  ];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n\n`;
}

function section(complaint: Complaint, { outcome, sources }: PipelineReport): string {
  const { rule, run: index, property, message } = complaint;
  const source = index === null ? undefined : sources[index];
  const run = index === null ? undefined : outcome.runs[index];
  const title = [rule, ...(run ? [code(runTitle(run))] : []), ...(property === null ? [] : [code(property)])];
  const trace = run?.properties.find(({ name }) => name === property)?.trace;
  const steps = trace ? traceLines(trace, { width: undefined, paint: painter(false) }) : [];
  const parts = [
    `### ${title.join(" ")}`,
    code(message),
    ...diagram(source?.traces.find((document) => document.property.name === property)),
    ...(steps.length > 0 ? [fenced(steps.join("\n"), "text")] : []),
    ...(run ? [fenced(printable(run.repeat), "sh")] : []),
  ];
  return `${parts.join("\n\n")}\n\n`;
}

/** What Mermaid draws unless it is told otherwise. */
const MOST_DIAGRAM_CHARACTERS = 50_000;

/** The counterexample as a picture, where it is not too large to be drawn. */
function diagram(document: TraceDocument | undefined): string[] {
  const text = document && mermaidText(document);
  if (text === undefined) return [];
  return text.length > MOST_DIAGRAM_CHARACTERS
    ? ["The counterexample is too long to be drawn here."]
    : [fenced(text.trimEnd(), "mermaid")];
}

/** Text in which nothing is markup, also in a table. */
function code(text: string): string {
  const plain = printable(text).replaceAll("|", "\\|");
  const ticks = "`".repeat(longestRun(plain) + 1);
  const padding = plain.startsWith("`") || plain.endsWith("`") ? " " : "";
  return ticks + padding + plain + padding + ticks;
}

/** Lines in a block that none of them can end. */
function fenced(text: string, language: string): string {
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}${language}\n${text}\n${ticks}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, ticks) => Math.max(longest, ticks.length), 0);
}
