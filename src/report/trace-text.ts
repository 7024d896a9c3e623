/** A trace as text: each step with what it changed, and what it is on the abstract level beside or below it. */

import type { Trace } from "../verdict/run.ts";
import type { Painter } from "./paint.ts";
import { printable } from "./printable.ts";
import { wrap } from "./wrap.ts";

/** From this width on, the abstract level stands beside the concrete one. */
const WIDTH_FOR_TWO_COLUMNS = 100;
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

/** A state that is shown, with the step that led there. */
export interface Shown {
  /** Steps from the first state. */
  readonly number: number;
  /** Who did what. */
  readonly label: string;
  /** What is told of the state. */
  readonly fields: readonly string[];
  readonly events: readonly string[];
  /** The abstract state; `null` where there is none. It is shown where it is another than in what is shown before. */
  readonly view: readonly string[] | null;
  /** What is wrong here. */
  readonly wrong?: { readonly level: "concrete" | "abstract"; readonly what: string };
}

/** A step on both levels, wrapped to no width yet. */
interface Row {
  readonly number: string;
  readonly label: string;
  readonly concrete: readonly Line[];
  readonly events: readonly Line[];
  readonly view: readonly string[];
}

/** All of a trace; `why` is what is wrong on the abstract level at its end. */
export function traceLines({ first, steps }: Trace, options: TraceOptions, why?: string): string[] {
  const start: Shown = {
    number: 0,
    label: "first state",
    fields: first.chosen ?? [],
    events: [],
    view: first.view,
  };
  const rest = steps.map(({ label, changes, events, view }, i): Shown => {
    const shown = { number: i + 1, label, fields: changes, events, view };
    if (why === undefined || i + 1 < steps.length) return shown;
    return { ...shown, wrong: { level: "abstract", what: why } };
  });
  return shownLines([start, ...rest], options);
}

export function shownLines(shown: readonly Shown[], { width, paint }: TraceOptions): string[] {
  const rows = rowsOf(shown);
  const room = (width ?? 0) - INDENT - SEPARATOR.length;
  const hasView = shown.some(({ view }) => view !== null);
  if (!hasView || room + INDENT + SEPARATOR.length < WIDTH_FOR_TWO_COLUMNS) {
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

function rowsOf(shown: readonly Shown[]): Row[] {
  const digits = String(shown.at(-1)?.number ?? 0).length;
  let known: string | undefined;
  return shown.map(({ number, label, fields, events, view, wrong }): Row => {
    const told = view?.join("\n");
    const isNew = told !== known;
    known = told;
    const mark: Line[] = wrong === undefined ? [] : [{ text: `✗ ${printable(wrong.what)}`, style: "bad" }];
    const isAbstract = wrong?.level === "abstract";
    return {
      number: String(number).padStart(digits),
      label: printable(label),
      concrete: [...fields.map((field): Line => ({ text: printable(field) })), ...(isAbstract ? [] : mark)],
      events: [
        ...events.map((event): Line => ({ text: printable(event), style: "good" })),
        ...(isAbstract ? mark : []),
      ],
      view: isNew ? (view ?? []).map(printable) : [],
    };
  });
}

function concrete({ number, label, concrete }: Row, width: number): Line[] {
  const margin = " ".repeat(number.length + 2);
  const [first, ...more] = wrap(label, width - margin.length);
  return [
    { text: `${number}  ${first}`, style: "strong" },
    ...more.map((text): Line => ({ text: margin + text, style: "strong" })),
    ...concrete.flatMap(({ text, ...style }) =>
      wrap(text, width - margin.length - 2).map((part): Line => ({ text: `${margin}  ${part}`, ...style })),
    ),
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
