import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shape } from "../schema/shape.ts";
import { documentsOf, motley, pinging, unreliable } from "../trace/test-documents.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { expression, itfText } from "./export-itf.ts";
import { escaped, mermaidText } from "./export-mermaid.ts";
import { svgText } from "./export-svg.ts";
import { itfSchema, mermaidProblem, xmlProblem } from "./test-exports.ts";

const documents = [motley, pinging, unreliable].flatMap((model) => [...documentsOf(model).values()]);
const isItf = new Ajv2020({ strict: false }).compile(itfSchema);

/** The document with every message, label and reason replaced by odd text. */
function withText(document: TraceDocument, text: string): TraceDocument {
  const steps = document.trace.steps.map((step) => ({
    ...step,
    label: text,
    transfers: step.transfers.map((transfer) => ({ ...transfer, message: text })),
  }));
  const property = { ...document.property, name: text, why: text };
  return { ...document, target: text, nodes: [text], property, trace: { ...document.trace, steps } };
}

const oddTexts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "end",
    "a;b",
    "#35;",
    "%%{init}%%",
    "wrap: x",
    "<b>&",
    "classDef x:y;z",
    "note over p0: x",
    "]]>",
  ),
);

describe("a trace in the Informal Trace Format", () => {
  test("keeps to its definition", () => {
    for (const document of documents) {
      const itf = JSON.parse(itfText(document)) as { vars: string[]; states: { [name: string]: unknown }[] };
      isItf(itf);
      expect(isItf.errors).toBeNull();
      expect(itf.states).toHaveLength(document.trace.steps.length + 1);
      for (const { "#meta": meta, ...variables } of itf.states)
        expect(Object.keys(variables)).toEqual(itf.vars);
    }
  });

  test("tells sets, maps, bags, nodes, messages and what is missing apart", () => {
    const node: Shape = { kind: "node", prefix: "n" };
    const ping: Shape = { kind: "record", tag: "ping", fields: { to: node } };
    const some = (shape: Shape, value: unknown) => expression(shape, value);
    expect(some({ kind: "set", of: node }, [0, 1])).toEqual({ "#set": ["n1", "n2"] });
    expect(some({ kind: "sequence", of: { kind: "integer" } }, [-1])).toEqual([{ "#bigint": "-1" }]);
    expect(some({ kind: "array", indices: ["n1", "n2"], of: { kind: "flag" } }, [true, false])).toEqual({
      "#map": [
        ["n1", true],
        ["n2", false],
      ],
    });
    expect(
      some({ kind: "bag", of: ping }, [
        { type: "ping", to: 0 },
        { type: "ping", to: 0 },
      ]),
    ).toEqual({
      "#map": [[{ type: "ping", to: "n1" }, { "#bigint": "2" }]],
    });
    expect(some({ kind: "variant", of: [ping] }, { type: "ping", to: 1 })).toEqual({
      type: "ping",
      to: "n2",
    });
    expect(some({ kind: "option", of: node }, null)).toEqual({ tag: "None", value: { "#tup": [] } });
    expect(some({ kind: "option", of: node }, 0)).toEqual({ tag: "Some", value: "n1" });
    expect(some({ kind: "any" }, { "#set": [1, null] })).toEqual({
      "♯set": [{ "#bigint": "1" }, { tag: "None", value: { "#tup": [] } }],
    });
  });
});

describe("a trace as a Mermaid diagram", () => {
  test("shows each delivery once, at the step that receives", () => {
    const lines = mermaidText(documentsOf(unreliable).get("in/order")!)
      .split("\n")
      .map((line) => line.trim());
    expect(lines.slice(0, 8)).toEqual([
      "sequenceDiagram",
      "title unreliable: in/order",
      "participant p0 as p1",
      "participant p1 as p2",
      "participant p2 as elsewhere",
      "Note over p0: 1 write(at: p1, text: a)",
      "Note over p2: 2 fault copy(letter: letter{text: a})",
      "p0->>p1: letter{text: a}",
    ]);
    expect(lines.filter((line) => line.includes("->>"))).toHaveLength(3);
    expect(lines.filter((line) => line.includes("-x"))).toEqual(["p0-xp1: frame{number: 1}"]);
    expect(lines.at(-2)).toContain("<br/>✗ frame 2 came first");
  });

  test("is read by its grammar, whatever a model calls things", () => {
    for (const document of documents) expect(mermaidProblem(mermaidText(document))).toBeUndefined();
    const property = fc.property(fc.constantFrom(...documents), oddTexts, (document, text) => {
      expect(mermaidProblem(mermaidText(withText(document, text)))).toBeUndefined();
    });
    fc.assert(property, { numRuns: 50 });
  });

  test("has entity codes for what means something", () => {
    expect(escaped("a;b #1 <c>")).toBe("a#59;b #35;1 #60;c#62;");
    expect(escaped("wrap: x")).toBe("wrap#58; x");
  });
});

describe("a trace as SVG", () => {
  test("is well-formed, whatever a model calls things", () => {
    for (const document of documents) expect(xmlProblem(svgText(document))).toBeUndefined();
    const property = fc.property(fc.constantFrom(...documents), oddTexts, (document, text) => {
      expect(xmlProblem(svgText(withText(document, text)))).toBeUndefined();
    });
    fc.assert(property, { numRuns: 50 });
  });

  test("has a path for each arrow and a dot for each point", () => {
    const text = svgText(documentsOf(unreliable).get("in/order")!);
    const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
    expect(count(/<path class="arrow"/g)).toBe(2);
    expect(count(/<path class="arrow copy"/g)).toBe(1);
    expect(count(/<path class="arrow lost"/g)).toBe(1);
    expect(count(/<circle class="fault"/g)).toBe(2);
    expect(text).toContain('<text class="wrong"');
  });
});
