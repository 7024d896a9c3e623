import { decimalOf, integerOf, type Located, type TextCursor } from "./text-cursor.ts";
import { canonicalText, type Value } from "./value.ts";

/** The EDN values of a text, one after another, each with its place. Integers are exact. As plain values,
 *  vectors and lists become lists; maps become records, whose fields are named by keywords without the
 *  colon; elsewhere keywords, symbols and characters are their own text; sets and tagged values become
 *  records with one field, `#set` or `#tag`. */
export function readEdnValues(cursor: TextCursor): Located[] {
  const values: Located[] = [];
  for (skip(cursor); !cursor.isAtEnd; skip(cursor)) values.push(readValue(cursor));
  return values;
}

const space = /(?:[\s,]+|;[^\n]*)*/y;
const string = /"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const atom = /(?:\\[^\s])?[^\s,;"()[\]{}]*/y;
const opening = /#?\{|\[|\(/y;
const closings: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}", "#{": "}" };
const words: ReadonlyMap<string, Value> = new Map([
  ["nil", null],
  ["true", true],
  ["false", false],
]);

/** Moves over white space, comments and discarded values. */
function skip(cursor: TextCursor): void {
  cursor.take(space);
  while (cursor.take(/#_/y) !== undefined) {
    cursor.nested(() => readValue(cursor));
    cursor.take(space);
  }
}

function readValue(cursor: TextCursor): Located {
  skip(cursor);
  const at = cursor.at;
  const bracket = cursor.take(opening);
  if (bracket !== undefined) return readCollection(cursor, bracket, at);
  if (cursor.peek() === '"') return { at, value: readString(cursor) };
  if (cursor.take(/#(?=")/y) !== undefined) return { at, value: { "#regex": takeString(cursor) } };
  const text = cursor.take(atom)!;
  if (text === "") {
    const found = cursor.isAtEnd ? "the end of the file" : cursor.peek();
    return cursor.fail(`${found} where a value should be`, "check the brackets before it", at);
  }
  if (text.startsWith("#") && !text.startsWith("##")) {
    const tagged = cursor.nested(() => readValue(cursor));
    return { ...tagged, at, value: { [text]: tagged.value } };
  }
  return { at, value: valueOfAtom(text) };
}

function valueOfAtom(text: string): Value {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (/^[+-]?\d+N?$/.test(text)) return integerOf(text.replace("N", ""));
  if (/^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?M?$/.test(text)) return decimalOf(text.replace("M", ""));
  return text;
}

const escapes: Readonly<Record<string, string>> = {
  t: "\t",
  r: "\r",
  n: "\n",
  b: "\b",
  f: "\f",
  "\\": "\\",
  '"': '"',
};

function readString(cursor: TextCursor): string {
  const at = cursor.at;
  return takeString(cursor).replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (written, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return escapes[code] ?? cursor.fail(`the escape ${written}`, 'write \\n, \\", \\\\ or \\u1234', at);
  });
}

/** What stands between the quotes. */
function takeString(cursor: TextCursor): string {
  const literal =
    cursor.take(string) ?? cursor.fail("a string without an end", 'write " at its end', cursor.at);
  return literal.slice(1, -1);
}

function readCollection(cursor: TextCursor, bracket: string, at: number): Located {
  const closing = closings[bracket]!;
  const items: Located[] = [];
  cursor.nested(() => {
    for (skip(cursor); cursor.peek() !== closing; skip(cursor)) {
      if (cursor.isAtEnd)
        cursor.fail(`the bracket ${bracket} is not closed`, `write ${closing} at its end`, at);
      items.push(readValue(cursor));
    }
  });
  cursor.at++;
  const values = items.map((item) => item.value);
  if (bracket === "{") return recordOf(cursor, items, at);
  if (bracket !== "#{") return { at, value: values, items };
  const sorted = values.toSorted((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1));
  return { at, value: { "#set": sorted } };
}

function recordOf(cursor: TextCursor, items: readonly Located[], at: number): Located {
  if (items.length % 2 === 1) {
    cursor.fail("a map with a key that has no value", "write a value after each key", items.at(-1)!.at);
  }
  const fields = new Map<string, Located>();
  for (let index = 0; index < items.length; index += 2) {
    const key = items[index]!;
    const name = typeof key.value === "string" ? key.value.replace(/^:/, "") : canonicalText(key.value);
    if (fields.has(name)) cursor.fail(`the key ${name} twice`, "leave one out", key.at);
    fields.set(name, items[index + 1]!);
  }
  return {
    at,
    value: Object.fromEntries(Array.from(fields, ([name, field]) => [name, field.value])),
    fields,
  };
}
