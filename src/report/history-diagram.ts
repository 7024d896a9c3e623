/** Operations as bars in time: which overlap, and which came before which. */

import type { HistoryExplanation, JudgedOperation } from "../verdict/judge-history.ts";
import { plural } from "./figures.ts";
import { callText, shortened, valueText } from "./history-text.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";

/** How many operations are shown; those that ended last. */
const MOST_OPERATIONS = 12;
const LONGEST_CLIENT = 12;
const LEAST_CALL = 12;
/** What a line takes at least, save the bar; that has two columns for each operation at most. */
const LEAST_ROOM = 36;
const INDENT = "  ";

/** The last operations of the prefix that cannot be linearized, one a line, at most `room` columns wide. */
export function diagramLines(
  { operations: known, returning, position }: HistoryExplanation,
  operations: readonly JudgedOperation[],
  room: number,
  paint: Painter,
): string[] {
  const endOf = ({ isPending, ended }: JudgedOperation): number =>
    isPending || ended === null || ended > position ? Infinity : ended;
  // What is pending since long ago is as good a suspect as what has just been called, and no better.
  const recency = (operation: JudgedOperation): number =>
    operation.isPending ? operation.called : Math.min(endOf(operation), position);
  const shown = known
    .toSorted((a, b) => recency(operations[b]!) - recency(operations[a]!))
    .slice(0, Math.min(MOST_OPERATIONS, Math.floor((room - LEAST_ROOM) / 2)))
    .sort((a, b) => operations[a]!.called - operations[b]!.called);
  const moments = shown
    .flatMap((index) => [operations[index]!.called, endOf(operations[index]!)])
    .filter((moment) => moment <= position)
    .sort((a, b) => a - b);
  const columnOf = new Map(moments.map((moment, column) => [moment, column]));
  const rows = shown.map((index) => {
    const operation = operations[index]!;
    const { line, client } = operation;
    const from = columnOf.get(operation.called)!;
    const isOpen = endOf(operation) > position;
    const to = isOpen ? moments.length : columnOf.get(endOf(operation))!;
    const bar = `${" ".repeat(from)}├${"─".repeat(to - from - 1)}${isOpen ? "┄" : "┤"}`;
    const cells = [
      String(line),
      shortened(printable(client), LONGEST_CLIENT),
      answeredText(operation, isOpen),
      bar,
    ];
    return { cells, isReturning: index === returning };
  });
  const widest = (column: number): number =>
    Math.max(HEAD[column]!.length, ...rows.map(({ cells }) => cells[column]!.length));
  const [lineWidth, clientWidth, wanted] = [widest(0), widest(1), widest(2)];
  const left = room - INDENT.length - lineWidth - clientWidth - moments.length - 1 - 3 * INDENT.length;
  const callWidth = Math.min(wanted, Math.max(LEAST_CALL, left));
  const row = ([line, client, call, bar]: readonly string[]): string =>
    [
      `${INDENT}${line!.padStart(lineWidth)}`,
      client!.padEnd(clientWidth),
      shortened(call!, callWidth).padEnd(callWidth),
      bar,
    ]
      .join(INDENT)
      .trimEnd();
  const omitted = known.length - shown.length;
  return [
    ...(omitted === 0 ? [] : [paint.faint(`${INDENT}(${plural(omitted, "earlier call")} not shown)`)]),
    paint.faint(row(HEAD)),
    ...rows.map(({ cells, isReturning }) => (isReturning ? paint.bad(row(cells)) : row(cells))),
  ];
}

const HEAD = ["line", "client", "call", "time"];

/** `read() → 1`; a call whose return nobody saw, or not before the end, has a question mark. */
function answeredText(operation: JudgedOperation, isOpen: boolean): string {
  const { result } = operation;
  const answer = isOpen ? " → ?" : result === undefined ? "" : ` → ${valueText(result)}`;
  return callText(operation) + answer;
}
