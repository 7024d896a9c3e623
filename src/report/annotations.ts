/** GitHub's workflow commands: lines in a log that become annotations of a pull request. */

import { type Complaint, complaintsOf, levelOf } from "../gate/complaints.ts";
import { plural } from "./figures.ts";
import { type PipelineReport, type Place, runTitle } from "./pipeline-report.ts";
import { printable } from "./printable.ts";

/** More of one level in a step are not shown. */
const MOST_OF_A_LEVEL = 10;
const MOST_CHARACTERS = 4000;

type Level = "error" | "warning";

/** A line for each complaint; the last one says how many more there are. */
export function annotations(report: PipelineReport): string {
  const complaints = complaintsOf(report.outcome);
  return (["error", "warning"] as const)
    .flatMap((level) => {
      const ofLevel = complaints.filter((complaint) => levelOf(complaint.rule) === level);
      const isTooMany = ofLevel.length > MOST_OF_A_LEVEL;
      const shown = isTooMany ? ofLevel.slice(0, MOST_OF_A_LEVEL - 1) : ofLevel;
      const rest = ofLevel.length - shown.length;
      return [
        ...shown.map((complaint) => annotation(complaint, report)),
        ...(isTooMany
          ? [command(level, {}, `${plural(rest, "more complaint")}: the summary and the log have all`)]
          : []),
      ];
    })
    .join("");
}

function annotation(complaint: Complaint, { outcome, sources }: PipelineReport): string {
  const { rule, run, property, message } = complaint;
  const about = run === null ? "" : runTitle(outcome.runs[run]!);
  const source = run === null ? undefined : sources[run];
  const trace =
    run === null ? null : outcome.runs[run]!.properties.find(({ name }) => name === property)?.trace;
  const last = trace?.steps.at(-1);
  const place: Partial<Place> =
    (last && source?.actions[last.action]) ?? (source?.file ? { file: source.file } : {});
  const steps = trace?.steps.map(({ label }, i) => `${i + 1}  ${label}`) ?? [];
  const repeat = run === null ? [] : [`repeat: ${outcome.runs[run]!.repeat}`];
  const text = [property === null ? message : `${property}: ${message}`, ...steps, ...repeat];
  const { file, line, column } = place;
  return command(
    levelOf(rule),
    {
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line: String(line) }),
      ...(column !== undefined && { col: String(column) }),
      title: about === "" ? `Muchado: ${rule}` : `${rule}: ${about}`,
    },
    text.join("\n"),
  );
}

function command(level: Level, properties: { readonly [name: string]: string }, text: string): string {
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  const lines = text.split("\n").map(printable).join("\n").slice(0, MOST_CHARACTERS);
  return `::${level}${pairs.length > 0 ? ` ${pairs.join(",")}` : ""}::${escapeText(lines)}\n`;
}

function escapeText(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeText(printable(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
