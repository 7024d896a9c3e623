/** A document as JSON for people and programs: indented, with a newline at its end. */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
