/** A trace file as a person reads it: what it is of, then its steps, then how to go on from there. */

import type { TraceDocument } from "../trace/trace-document.ts";
import { plural } from "./figures.ts";
import { printable, printableLines } from "./printable.ts";
import { configuration } from "./run-text.ts";
import { shellWord } from "./shell-word.ts";
import { type Selection, select } from "./trace-selection.ts";
import { shownLines, type TraceOptions } from "./trace-text.ts";

export interface ShowOptions extends TraceOptions, Selection {
  /** The file that the document is from. */
  readonly file: string;
}

export function showText(document: TraceDocument, options: ShowOptions): string {
  const { paint, file } = options;
  const { target, property, seed, repeat, trace } = document;
  const what = property.verdict === "violated" ? paint.bad("violated") : paint.good("witness");
  const length = `after ${plural(trace.steps.length, "step")}`;
  const [why, ...more] = printableLines(property.why ?? `a witness ${length}`);
  const lines = [
    `${what} ${paint.strong(printable(target))}${configuration(document)}, ${length}`,
    `  ${paint[property.verdict === "violated" ? "bad" : "good"](printable(property.name))}: ${why}`,
    ...more.map((line) => `    ${line}`),
    ...(seed === null ? [] : [`  found at random, with seed ${seed}`]),
    ...shownLines(select(document, options), options).map((line) => `  ${line}`),
    paint.faint(`  repeat: ${printable(repeat)}`),
    paint.faint(`  replay: muchado replay ${printable(shellWord(file))}`),
  ];
  return `${lines.join("\n")}\n`;
}
