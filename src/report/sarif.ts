/** SARIF 2.1.0: a result for each complaint, and for a counterexample a code flow with one thread flow for each node. */

import { type Complaint, complaintsOf, levelOf, RULES, type Rule } from "../gate/complaints.ts";
import type { DocumentedStep } from "../trace/trace-document.ts";
import { FAULT } from "../verdict/exit-codes.ts";
import { jsonText } from "../verdict/json-text.ts";
import type { Run } from "../verdict/run.ts";
import { type PipelineReport, type Place, type RunSource, runTitle } from "./pipeline-report.ts";
import { printable, printableLines } from "./printable.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const RULE_NAMES = Object.keys(RULES) as Rule[];

/** One document with one run. */
export function sarifLog(report: PipelineReport): string {
  const { outcome, startedAt } = report;
  const { tool, exitCode } = outcome;
  const complaints = complaintsOf(outcome);
  const notifications = complaints
    .filter(({ rule }) => rule === "failure")
    .map((complaint) => ({ level: "error", message: { text: statement(complaint, outcome.runs) } }));
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, rules: RULE_NAMES.map(describeRule) } },
        invocations: [
          {
            executionSuccessful: exitCode !== FAULT,
            exitCode,
            startTimeUtc: startedAt.toISOString(),
            toolExecutionNotifications: notifications,
          },
        ],
        columnKind: "utf16CodeUnits",
        results: complaints.map((complaint) => describeComplaint(complaint, report)),
      },
    ],
  };
  return jsonText(log);
}

function describeRule(rule: Rule): object {
  return {
    id: rule,
    shortDescription: { text: RULES[rule] },
    defaultConfiguration: { level: levelOf(rule) },
  };
}

function describeComplaint(complaint: Complaint, { outcome, sources }: PipelineReport): object {
  const { rule, property } = complaint;
  const run = complaint.run === null ? undefined : outcome.runs[complaint.run];
  const source = complaint.run === null ? undefined : sources[complaint.run];
  const steps = source?.traces.find((trace) => trace.property.name === property)?.trace.steps;
  const last = steps?.at(-1);
  const place = last && source?.actions[last.action];
  const locations = place ? [locationOf(place)] : source?.file ? [locationOf({ file: source.file })] : [];
  return {
    ruleId: rule,
    ruleIndex: RULE_NAMES.indexOf(rule),
    level: levelOf(rule),
    message: { text: statement(complaint, outcome.runs) },
    ...(locations.length > 0 && { locations }),
    ...(steps && steps.length > 0 && { codeFlows: [codeFlow(steps, source)] }),
    partialFingerprints: {
      "muchado/v1": printable([rule, run ? runTitle(run) : "", property ?? ""].join("|")),
    },
  };
}

function statement({ run, property, message }: Complaint, runs: readonly Run[]): string {
  const about = [run === null ? undefined : runTitle(runs[run]!), property ?? undefined];
  return messageText([...about.filter((part) => part !== undefined), message].join(": "));
}

/** Steps of no node in particular. */
const ENVIRONMENT = "environment";

function codeFlow(steps: readonly DocumentedStep[], source: RunSource | undefined): object {
  const nodeOf = ({ nodes }: DocumentedStep): string => nodes[0] ?? ENVIRONMENT;
  const nodes = [...new Set(steps.map(nodeOf))].sort();
  return {
    threadFlows: nodes.map((node) => ({
      id: printable(node),
      locations: steps.flatMap((step, i) =>
        nodeOf(step) === node ? [flowLocation(step, i + 1, i === steps.length - 1, source)] : [],
      ),
    })),
  };
}

function flowLocation(
  step: DocumentedStep,
  order: number,
  isLast: boolean,
  source: RunSource | undefined,
): object {
  const { action, label, changes, events } = step;
  const place = source?.actions[action];
  const text = messageText([label, ...changes, ...events].join("\n"));
  return {
    location: {
      ...(place && locationOf(place)),
      logicalLocations: [{ name: printable(action), kind: "function" }],
      message: { text },
    },
    executionOrder: order,
    importance: isLast ? "essential" : "important",
  };
}

function locationOf({ file, line, column }: Partial<Place> & { file: string }): { physicalLocation: object } {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" },
      ...(line !== undefined && { region: { startLine: line, startColumn: column } }),
    },
  };
}

/** Text of a message, in which braces and links have a meaning. */
function messageText(text: string): string {
  return printableLines(text).join("\n").replaceAll(/[{}]/g, "$&$&").replaceAll("](", "]\\(");
}
