/** XML by elements, so that nothing a model says can end one. */

import { printable, printableLines } from "./printable.ts";

export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string | number };
  readonly content: readonly (Element | string)[];
}

export function element(
  name: string,
  attributes: Element["attributes"],
  ...content: Element["content"][number][]
): Element {
  return { name, attributes, content };
}

/** A whole document, indented; text stands as it is, and lines of it are kept. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${print(root, "")}`;
}

function print({ name, attributes, content }: Element, margin: string): string {
  const pairs = Object.entries(attributes).map(
    ([attribute, value]) => ` ${attribute}="${escaped(printable(String(value)))}"`,
  );
  const start = `${margin}<${name}${pairs.join("")}`;
  if (content.length === 0) return `${start}/>\n`;
  if (content.every((part) => typeof part === "string")) {
    return `${start}>${escaped(printableLines(content.join("")).join("\n"))}</${name}>\n`;
  }
  const inside = content.map((part) =>
    typeof part === "string" ? escaped(part) : print(part, `${margin}  `),
  );
  return `${start}>\n${inside.join("")}${margin}</${name}>\n`;
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);
}
