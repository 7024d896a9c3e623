/** For tests: what other tools ask of exported traces. */

/** The Informal Trace Format as Apalache's ADR-015 defines it, as a JSON Schema. */
export const itfSchema = {
  type: "object",
  required: ["vars", "states"],
  properties: {
    "#meta": { type: "object" },
    params: { type: "array", items: { type: "string" } },
    vars: { type: "array", items: { type: "string", pattern: "^[^#]" } },
    states: {
      type: "array",
      items: {
        type: "object",
        properties: { "#meta": { type: "object" } },
        additionalProperties: { $ref: "#/$defs/expression" },
      },
    },
    loop: { type: "integer", minimum: 0 },
  },
  additionalProperties: false,
  $defs: {
    expression: {
      oneOf: [
        { type: "boolean" },
        { type: "string" },
        { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        { type: "array", items: { $ref: "#/$defs/expression" } },
        marked("#bigint", { type: "string", pattern: "^-?[0-9]+$" }),
        marked("#tup", { type: "array", items: { $ref: "#/$defs/expression" } }),
        marked("#set", { type: "array", items: { $ref: "#/$defs/expression" } }),
        marked("#map", {
          type: "array",
          items: { type: "array", minItems: 2, maxItems: 2, items: { $ref: "#/$defs/expression" } },
        }),
        marked("#unserializable", { type: "string" }),
        {
          type: "object",
          propertyNames: { pattern: "^[^#]|^$" },
          additionalProperties: { $ref: "#/$defs/expression" },
        },
      ],
    },
  },
};

function marked(mark: string, content: object): object {
  return { type: "object", required: [mark], properties: { [mark]: content }, additionalProperties: false };
}

/** The statements of a sequence diagram that are used, as Mermaid's grammar has them; `undefined` if that is all there is. */
export function mermaidProblem(text: string): string | undefined {
  const [head, ...lines] = text.replace(/\n$/, "").split("\n");
  if (head !== "sequenceDiagram") return `it begins with ${head}`;
  // Text ends at the end of the line, a semicolon or a number sign, unless these are part of an entity code.
  const words = "(?:[^#;\\n%<>]|#\\d+;|<br/>)*";
  const participants = new Set<string>();
  for (const line of lines) {
    const [, declared] = new RegExp(`^ {4}participant (p\\d+) as ${words}$`).exec(line) ?? [];
    const [, from, to] = new RegExp(`^ {4}(p\\d+)(?:->>|-x)(p\\d+): ${words}$`).exec(line) ?? [];
    const [, noted] = new RegExp(`^ {4}Note over (p\\d+): ${words}$`).exec(line) ?? [];
    const isTitle = new RegExp(`^ {4}title ${words}$`).test(line);
    if (declared !== undefined) participants.add(declared);
    const named = [from, to, noted].filter((name) => name !== undefined);
    if (!(isTitle || declared !== undefined || named.length > 0)) return line;
    if (named.some((name) => !participants.has(name))) return `${line}: nobody was declared by that name`;
    if (/(?:style|classDef).*:\S*#.*;/i.test(line)) return `${line}: taken for a style`;
  }
  return undefined;
}

/** Whether tags are balanced, attributes quoted, and characters and entities those that XML has; what is wrong if not. */
export function xmlProblem(text: string): string | undefined {
  const open: string[] = [];
  const token =
    /<\/([\w-]+)>|<([\w-]+)((?: [\w:-]+="[^"<&]*(?:&(?:lt|gt|amp|quot);[^"<&]*)*")*)(\/?)>|([^<]+)|(<)/g;
  for (const [part, closing, opening, , selfClosing, content, stray] of text.trim().matchAll(token)) {
    if (stray !== undefined) return "a stray <";
    if (opening !== undefined && selfClosing === "") open.push(opening);
    if (closing !== undefined && open.pop() !== closing) return `${part} closes nothing`;
    if (content === undefined) continue;
    if (open.length === 0) return `${content} is outside the document`;
    if (/&(?!(?:lt|gt|amp|quot);)/.test(content)) return `${content} has a bare &`;
    if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(content))
      return "a character that XML does not have";
  }
  return open.length === 0 ? undefined : `${open.join(", ")} is not closed`;
}
