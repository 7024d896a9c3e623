import type { Span } from "./ast.ts";

/** What is wrong with a program, where, and what to write instead. Carries its own source line, so that it can be
 *  shown without the file. `line` and `column` count from 1; `length` is that of the part to underline. */
export interface LanguageError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly hint?: string;
  readonly sourceLine: string;
}

/** Where the text of a program comes from. */
export interface Source {
  readonly file: string;
  readonly source: string;
}

/** Errors that are shown; whoever makes more of them wants to mend the first ones first. */
const MOST_ERRORS = 20;

/** Errors as a user reads them. */
export function formatErrors(errors: readonly LanguageError[]): string {
  const shown = errors.slice(0, MOST_ERRORS).map(formatError);
  const more = errors.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}

/** How much of a line is shown on either side of the place. */
const MOST_COLUMNS = 80;

/** The error as a user reads it: place and message, the line with a caret below, and the hint. */
export function formatError(error: LanguageError): string {
  const gutter = `${error.line} | `;
  const first = Math.max(0, error.column - 1 - MOST_COLUMNS);
  const last = Math.min(error.sourceLine.length, error.column - 1 + MOST_COLUMNS);
  const [before, after] = [first > 0 ? "…" : "", last < error.sourceLine.length ? "…" : ""];
  // How wide a tab is, or what is shown in its place, is for others to say; the caret is right if it is one blank.
  const shown = error.sourceLine.slice(first, last).replaceAll("\t", " ");
  const indent = " ".repeat(before.length + error.column - 1 - first);
  const room = Math.max(1, last - error.column + 1);
  const caret = "^".repeat(Math.max(1, Math.min(error.length, room)));
  const lines = [
    `${error.file}:${error.line}:${error.column}: ${error.message}`,
    `${gutter}${before}${shown}${after}`,
    `${" ".repeat(gutter.length - 2)}| ${indent}${caret}`,
  ];
  if (error.hint !== undefined) lines.push(`hint: ${error.hint}`);
  return lines.join("\n");
}

/** How much of a line is kept behind the place, so that many errors in one long line do not take for ever. */
const MOST_CHARACTERS = 1000;

/** The error `message` at `span` of `source`. */
export function errorAt(source: Source, span: Span, message: string, hint?: string): LanguageError {
  const lineStart = span.start - (span.column - 1);
  const rest = source.source.slice(span.start, span.start + MOST_CHARACTERS);
  const newline = rest.search(/\r|\n/);
  const lineEnd = span.start + (newline === -1 ? rest.length : newline);
  return {
    file: source.file,
    line: span.line,
    column: span.column,
    length: Math.max(1, Math.min(span.end, lineEnd) - span.start),
    message,
    ...(hint === undefined ? {} : { hint }),
    sourceLine: source.source.slice(lineStart, lineEnd),
  };
}

/** Errors in the order of the file, each said once. */
export function inOrder(errors: readonly LanguageError[]): LanguageError[] {
  const seen = new Set<string>();
  return [...errors]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter((error) => {
      const key = `${error.line}:${error.column}:${error.message}`;
      return !seen.has(key) && seen.add(key);
    });
}
