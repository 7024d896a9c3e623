/** Text of models and files made safe for a terminal. */

/**
 * `text` on one line, with control and formatting characters written out, so that a model cannot move the cursor, and
 * those that no document can hold: halves of characters and what Unicode calls no character.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    return `\\u{${character.codePointAt(0)!.toString(16)}}`;
  });
}

/** The lines of `text`, each printable. */
export function printableLines(text: string): string[] {
  return text.split("\n").map(printable);
}

const NAME = /^[\p{L}_]\w*$/u;

/** A value as compact text: JSON with spaces, and with names unquoted where that is no loss. */
export function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return printable(JSON.stringify(value) ?? String(value));
  const fields = Object.entries(value).map(
    ([name, field]) => `${NAME.test(name) ? name : printable(JSON.stringify(name))}: ${valueText(field)}`,
  );
  return `{${fields.join(", ")}}`;
}
