import { decimalOf, integerOf, type Located, type TextCursor } from "./text-cursor.ts";
import type { Value } from "./value.ts";

/** The JSON values of a text, one after another, each with its place. Integers are exact. */
export function readJsonValues(cursor: TextCursor): Located[] {
  const values: Located[] = [];
  for (cursor.take(space); !cursor.isAtEnd; cursor.take(space)) values.push(readValue(cursor));
  return values;
}

const space = /[ \t\r\n]+/y;
const string = /"[^"\\\n]*(?:\\.[^"\\\n]*)*"/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /\w+/y;
const words: ReadonlyMap<string, Value> = new Map([
  ["null", null],
  ["true", true],
  ["false", false],
]);

function readValue(cursor: TextCursor): Located {
  const at = cursor.at;
  if (cursor.peek() === "{") return cursor.nested(() => readObject(cursor));
  if (cursor.peek() === "[") return cursor.nested(() => readArray(cursor));
  if (cursor.peek() === '"') return { at, value: readString(cursor) };
  const digits = cursor.take(number);
  if (digits !== undefined)
    return { at, value: /[.eE]/.test(digits) ? decimalOf(digits) : integerOf(digits) };
  const name = cursor.take(word);
  if (name !== undefined && words.has(name)) return { at, value: words.get(name)! };
  const found = name ?? (cursor.isAtEnd ? "the end of the file" : cursor.peek());
  return cursor.fail(`${found} is no JSON value`, "write one event a line, as a JSON object", at);
}

function readString(cursor: TextCursor): string {
  const at = cursor.at;
  const literal = cursor.take(string);
  try {
    if (literal !== undefined) return JSON.parse(literal);
  } catch {
    cursor.fail("a string with a wrong escape or a control character", 'write \\n, \\", \\\\ or \\u1234', at);
  }
  return cursor.fail("a string without an end", 'write " at its end, on the same line', at);
}

function readArray(cursor: TextCursor): Located {
  const at = cursor.at;
  const items: Located[] = [];
  readItems(cursor, "]", () => items.push(readValue(cursor)));
  return { at, value: items.map((item) => item.value), items };
}

function readObject(cursor: TextCursor): Located {
  const at = cursor.at;
  const fields = new Map<string, Located>();
  readItems(cursor, "}", () => {
    const nameAt = cursor.at;
    if (cursor.peek() !== '"') cursor.fail("a field without a name", 'write "name": value', nameAt);
    const name = readString(cursor);
    if (fields.has(name)) cursor.fail(`the field "${name}" twice`, "leave one out", nameAt);
    cursor.take(space);
    if (cursor.peek() !== ":") cursor.fail(`no colon after "${name}"`, `write "${name}": value`, cursor.at);
    cursor.at++;
    cursor.take(space);
    fields.set(name, readValue(cursor));
  });
  return {
    at,
    value: Object.fromEntries(Array.from(fields, ([name, field]) => [name, field.value])),
    fields,
  };
}

function readItems(cursor: TextCursor, closing: string, readItem: () => void): void {
  const opened = cursor.at++;
  cursor.take(space);
  if (cursor.peek() === closing) {
    cursor.at++;
    return;
  }
  for (;;) {
    readItem();
    cursor.take(space);
    const separator = cursor.peek();
    if (separator !== "," && separator !== closing) {
      cursor.fail(`the bracket ${cursor.text[opened]} is not closed`, `write , or ${closing}`, cursor.at);
    }
    cursor.at++;
    if (separator === closing) return;
    cursor.take(space);
  }
}
