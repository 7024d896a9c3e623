/** What is to be said of a recorded history, as a person reads it: the verdict first, then why. */

import { canonicalText, type Value } from "../history/value.ts";
import type { HistoryAttempt, HistoryExplanation, JudgedOperation } from "../verdict/judge-history.ts";
import { count, duration, plural } from "./figures.ts";
import { diagramLines } from "./history-diagram.ts";
import type { HistoryAnswer } from "./history-document.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";

export interface HistoryTextOptions {
  /** Columns of the terminal; none where lines may be of any length. */
  readonly width: number | undefined;
  readonly paint: Painter;
}

const DEFAULT_WIDTH = 80;
const LEAST_WIDTH = 40;
/** How many of the last steps of an order are told. */
const TOLD_STEPS = 8;
const LONGEST_STATE = 160;

const STANDINGS = {
  linearizable: "good",
  "not-linearizable": "bad",
  unknown: "doubtful",
} as const;

/** A line with the verdict and the figures, then indented lines. */
export function historyText(answer: HistoryAnswer, { width, paint }: HistoryTextOptions): string {
  const room = Math.max(LEAST_WIDTH, width ?? DEFAULT_WIDTH);
  const { judgement, file, specification, repeat } = answer;
  const standing = judgement.verdict.replace("-", " ");
  const lines = [
    `${paint[STANDINGS[judgement.verdict]](standing)} ${paint.strong(printable(file))} (${printable(specification)}): ${figures(answer)}`,
    ...(judgement.operations.length === 0
      ? ["  there was nothing to decide: no call can have taken effect"]
      : []),
    ...(judgement.verdict === "unknown" ? [`  ${stopped(answer)}: it may be linearizable or not`] : []),
    ...(judgement.explanation === null
      ? []
      : explanationLines(judgement.explanation, judgement.operations, room, paint)),
    paint.faint(`  repeat: ${printable(repeat)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function figures({
  judgement: { operations, configurations, linearization },
  seconds,
}: HistoryAnswer): string {
  const pending = operations.filter(({ isPending }) => isPending).length;
  const effective = linearization?.filter((operation) => operations[operation]!.isPending).length;
  const ofThem = effective === undefined ? "" : ` of which ${count(effective)} took effect`;
  return [
    plural(operations.length, "operation"),
    plural(new Set(operations.map(({ client }) => client)).size, "client"),
    ...(pending === 0 ? [] : [`${count(pending)} pending${ofThem}`]),
    plural(configurations, "configuration"),
    duration(seconds),
  ].join(", ");
}

function stopped({ limit }: HistoryAnswer): string {
  switch (limit) {
    case "interrupted":
      return "interrupted";
    case "time":
      return "stopped at the limit of time (--max-seconds)";
    default:
      return `stopped at the limit of ${limit} (--max-${limit})`;
  }
}

function explanationLines(
  explanation: HistoryExplanation,
  operations: readonly JudgedOperation[],
  room: number,
  paint: Painter,
): string[] {
  const { part, returning, line, isShortest, attempts } = explanation;
  const whose = part === "" ? "" : ` of ${printable(part)}`;
  const rest = isShortest
    ? "without this answer, one does"
    : "whether that is so before is not known, since the search for the shortest such part was cut";
  const answered = operations[returning]!;
  const claim =
    `No order of the calls${whose} explains their answers up to line ${line}, ` +
    `where ${stepText(answered)} ${resultText(answered)}; ${rest}.`;
  return [
    ...wrapped(claim, room, "  "),
    ...diagramLines(explanation, operations, room, paint),
    ...(attempts.length === 0 ? [] : ["  The orders that get furthest:"]),
    ...attempts.flatMap((attempt, i) => attemptLines(attempt, i + 1, operations, room)),
  ];
}

function resultText({ result }: JudgedOperation): string {
  return result === undefined ? "returned" : `answered ${valueText(result)}`;
}

function attemptLines(
  { steps, state, stuck, answer }: HistoryAttempt,
  number: number,
  operations: readonly JudgedOperation[],
  room: number,
): string[] {
  const before = Math.max(0, steps.length - TOLD_STEPS);
  const told = steps.slice(before).map(({ operation }) => {
    const step = operations[operation]!;
    return step.isPending ? `${stepText(step)} (pending)` : stepText(step);
  });
  const order = [...(before === 0 ? [] : [plural(before, "call")]), ...told];
  const next = operations[stuck]!;
  const story = order.length === 0 ? "At first" : `${order.join(", ")}; then`;
  const wrong =
    `the state is ${shortened(printable(state), LONGEST_STATE)}, and the next, ${stepText(next)}, ` +
    `would answer ${valueText(answer)}, not ${valueText(next.result ?? null)}`;
  const [first, ...more] = wrapped(`${story} ${wrong}`, room, "     ");
  return [`  ${number}. ${first!.trimStart()}`, ...more];
}

const stepText = (operation: JudgedOperation): string =>
  `${callText(operation)} by ${printable(operation.client)}`;

/** `write(1)` */
export function callText({ method, args }: JudgedOperation): string {
  return `${printable(method)}(${args.map(valueText).join(", ")})`;
}

const LONGEST_VALUE = 60;

/** A value as JSON has it, cut if it is long. */
export function valueText(value: Value): string {
  return shortened(printable(canonicalText(value)), LONGEST_VALUE);
}

export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

/** Lines of at most `width` columns, each behind `indent`; a word that is longer stands alone. */
function wrapped(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line !== indent && line.length + word.length + 1 > width) {
      lines.push(line);
      line = indent;
    }
    line += line === indent ? word : ` ${word}`;
  }
  return [...lines, line];
}
