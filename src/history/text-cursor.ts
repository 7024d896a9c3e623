import type { Value } from "./value.ts";

/** A mistake in a history file: one line with the place, what is wrong, and what to write instead. */
export class HistoryFileError extends Error {
  override readonly name = "HistoryFileError";
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly problem: string;
  readonly hint: string;

  constructor(place: { file: string; line: number; column: number }, problem: string, hint: string) {
    super(`${place.file}:${place.line}:${place.column}: ${problem}; ${hint}`);
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.problem = problem;
    this.hint = hint;
  }
}

/** A value read from a file. */
export interface Located {
  /** Offset in the text at which it begins. */
  readonly at: number;
  readonly value: Value;
  /** Of a map, by name. */
  readonly fields?: ReadonlyMap<string, Located>;
  /** Of a list. */
  readonly items?: readonly Located[];
}

const maxDepth = 200;

/** A place in a text that moves on as the text is read. */
export class TextCursor {
  at = 0;
  readonly text: string;
  readonly file: string;
  #depth = 0;

  constructor(text: string, file: string) {
    this.text = text;
    this.file = file;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character; empty at the end. */
  peek(): string {
    return this.text.charAt(this.at);
  }

  /** Moves over what the sticky `pattern` matches here and gives it; `undefined` if it does not match. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** Reads what is inside a bracket, at a depth that is limited. */
  nested<Read>(read: () => Read): Read {
    if (++this.#depth > maxDepth)
      this.fail(`nested deeper than ${maxDepth}`, "write one event a line", this.at);
    const inside = read();
    this.#depth--;
    return inside;
  }

  /** The lines, from 1, of places in the text. */
  linesAt(places: readonly number[]): number[] {
    const lines = new Map<number, number>();
    let line = 1;
    let from = 0;
    for (const at of places.toSorted((a, b) => a - b)) {
      for (
        let end = this.text.indexOf("\n", from);
        end >= 0 && end < at;
        end = this.text.indexOf("\n", from)
      ) {
        line++;
        from = end + 1;
      }
      lines.set(at, line);
    }
    return places.map((at) => lines.get(at)!);
  }

  /** @throws HistoryFileError at the place `at` */
  fail(problem: string, hint: string, at: number): never {
    const before = this.text.slice(0, at);
    const line = before.split("\n").length;
    const column = at - before.lastIndexOf("\n");
    throw new HistoryFileError({ file: this.file, line, column }, problem, hint);
  }
}

/** An integer of any size, exactly. */
export function integerOf(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits.replace(/^\+/, ""));
}

/**
 * A number with a fraction or an exponent. What has more digits than a number of the machine keeps, or is too large or too small for
 * one, becomes a record with its digits as the one field `#number`, so that it is the same only as itself.
 */
export function decimalOf(digits: string): Value {
  const number = Number(digits);
  const exact = scientific(digits);
  return exact === scientific(String(number)) ? number : { "#number": exact };
}

/** A number in the one way that begins and ends with a digit other than 0: `-15e-1`; as it is where it is none. */
function scientific(text: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] =
    /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return text;
  const significant = (whole + fraction).replace(/^0+/, "");
  const digits = significant.replace(/0+$/, "");
  if (digits === "") return "0";
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(significant.length - digits.length);
  return `${sign === "-" ? "-" : ""}${digits}e${power}`;
}
