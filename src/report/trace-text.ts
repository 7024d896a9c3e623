/** A trace as text: each step with what it changed, and what it is on the abstract level beside or below it. */

import type { Trace } from "../verdict/run.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";

/** From this width on, the abstract level stands beside the concrete one. */
export const WIDTH_FOR_TWO_COLUMNS = 100;
const SEPARATOR = " │ ";
/** What the caller puts before each line. */
const INDENT = 2;

export interface TraceOptions {
  /** Columns of the terminal; none where lines may be of any length. */
  readonly width: number | undefined;
  readonly paint: Painter;
}

/** A line, and how it is painted. */
interface Line {
  readonly text: string;
  readonly style?: keyof Painter;
}

/** A step on both levels. */
interface Row {
  readonly number: string;
  readonly label: string;
  readonly changes: readonly string[];
  readonly events: readonly Line[];
  /** The abstract state, where it is another than before. */
  readonly view: readonly string[];
}

export function traceLines(trace: Trace, { width, paint }: TraceOptions): string[] {
  const rows = rowsOf(trace);
  const room = (width ?? 0) - INDENT - SEPARATOR.length;
  if (trace.first.view === null || room + INDENT + SEPARATOR.length < WIDTH_FOR_TWO_COLUMNS) {
    return rows
      .flatMap((row) => [...concrete(row, Infinity), ...below(row)])
      .map((line) => painted(line, paint));
  }
  const left = Math.floor(room * 0.55);
  const heading = beside(
    [{ text: "concrete", style: "faint" }],
    [{ text: "abstract", style: "faint" }],
    left,
    paint,
  );
  return [
    ...heading,
    ...rows.flatMap((row) => beside(concrete(row, left), abstract(row, room - left), left, paint)),
  ];
}

function rowsOf({ first, steps }: Trace): Row[] {
  const digits = String(steps.length).length;
  let view = first.view;
  const start: Row = {
    number: "0".padStart(digits),
    label: "first state",
    changes: [],
    events: [],
    view: (view ?? []).map(printable),
  };
  const rows = steps.map((step, i): Row => {
    const isNew = step.view !== null && step.view.join("\n") !== view?.join("\n");
    view = step.view;
    const events = step.events.map((event): Line => ({ text: printable(event), style: "good" }));
    const isUnexplained = isNew && events.length === 0 && i === steps.length - 1;
    return {
      number: String(i + 1).padStart(digits),
      label: printable(step.label),
      changes: step.changes.map(printable),
      events: isUnexplained ? [{ text: "no event explains this", style: "bad" }] : events,
      view: isNew ? step.view!.map(printable) : [],
    };
  });
  return [start, ...rows];
}

function concrete({ number, label, changes }: Row, width: number): Line[] {
  const margin = " ".repeat(number.length + 2);
  const [first, ...more] = wrap(label, width - margin.length);
  return [
    { text: `${number}  ${first}`, style: "strong" },
    ...more.map((text): Line => ({ text: margin + text, style: "strong" })),
    ...changes
      .flatMap((change) => wrap(change, width - margin.length - 2))
      .map((text): Line => ({ text: `${margin}  ${text}` })),
  ];
}

function abstract({ events, view }: Row, width: number): Line[] {
  return [
    ...events.flatMap(({ text, ...style }) =>
      wrap(text, width).map((part): Line => ({ text: part, ...style })),
    ),
    ...view.flatMap((line) => wrap(line, width - 2)).map((text): Line => ({ text: `  ${text}` })),
  ];
}

/** The abstract level under the concrete one. */
function below(row: Row): Line[] {
  const margin = " ".repeat(row.number.length + 2);
  return abstract(row, Infinity).map(({ text, ...style }) => ({ text: `${margin}│ ${text}`, ...style }));
}

/** Lines side by side, those on the left filled up to `width`. */
function beside(left: readonly Line[], right: readonly Line[], width: number, paint: Painter): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const { text, ...style } = left[i] ?? { text: "" };
    const filled = painted({ text: text.padEnd(width), ...style }, paint) + SEPARATOR;
    return right[i] === undefined ? filled.trimEnd() : filled + painted(right[i], paint);
  });
}

function painted({ text, style }: Line, paint: Painter): string {
  return style === undefined ? text : paint[style](text);
}

/** `text` in lines of at most `width` characters, broken at spaces where there are some. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(" ", width);
    const end = space > width / 2 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...lines, rest];
}
