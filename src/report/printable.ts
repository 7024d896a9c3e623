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
