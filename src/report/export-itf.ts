/**
 * A trace in the Informal Trace Format of Apalache (ADR-015), which Quint, its viewer and test generators read. Fields of
 * the state are its variables, nodes and names are strings, and a value that may be missing is a variant, `Some` or
 * `None`. What a step did stands in the `#meta` of its state.
 */

import type { Shape } from "../schema/shape.ts";
import type { TraceDocument } from "../trace/trace-document.ts";

export type ItfExpression =
  | boolean
  | string
  | number
  | readonly ItfExpression[]
  | { readonly [field: string]: ItfExpression };

export function itfText(document: TraceDocument): string {
  const { tool, target, bounds, faults, property, shape, trace } = document;
  const { first, steps } = trace;
  const fields = shape.kind === "record" ? Object.entries(shape.fields) : [];
  const variables = (state: object): { [name: string]: ItfExpression } =>
    Object.fromEntries(
      fields.map(([name, type]) => [name, expression(type, (state as { [field: string]: unknown })[name])]),
    );
  const states = [
    { "#meta": { index: 0 }, ...variables(first.state) },
    ...steps.map(({ action, label, nodes, events, state }, i) => ({
      "#meta": { index: i + 1, action, label, nodes, events },
      ...variables(state),
    })),
  ];
  const itf = {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      source: target,
      status: property.verdict === "violated" ? "violation" : "ok",
      description: `Created by ${tool.name} ${tool.version}`,
      property: property.name,
      ...(property.why !== null && { why: property.why }),
      bounds,
      faults,
    },
    vars: fields.map(([name]) => name),
    states,
  };
  return `${JSON.stringify(itf, null, 1)}\n`;
}

/** A value of a shape; numbers as big integers, which every reader takes. */
export function expression(shape: Shape, value: unknown): ItfExpression {
  switch (shape.kind) {
    case "integer":
      return integer(value as number);
    case "node":
      return `${shape.prefix}${(value as number) + 1}`;
    case "name":
      return value as string;
    case "flag":
      return value as boolean;
    case "any":
      return anything(value);
    case "option":
      return value === null ? NONE : { tag: "Some", value: expression(shape.of, value) };
    case "sequence":
      return (value as readonly unknown[]).map((item) => expression(shape.of, item));
    case "set":
      return { "#set": (value as readonly unknown[]).map((item) => expression(shape.of, item)) };
    case "bag":
      return bag((value as readonly unknown[]).map((item) => expression(shape.of, item)));
    case "array":
      return {
        "#map": shape.indices.map((index, i) => [
          indexExpression(index),
          expression(shape.of, (value as readonly unknown[])[i]),
        ]),
      };
    case "record": {
      const record = value as { readonly [field: string]: unknown };
      return Object.fromEntries([
        ...(shape.tag === null ? [] : [["type", shape.tag] as const]),
        ...Object.entries(shape.fields).map(
          ([name, type]) => [name, expression(type, record[name])] as const,
        ),
      ]);
    }
    case "variant": {
      const { type } = value as { readonly type: string };
      const variant = shape.of.find((one) => one.kind === "record" && one.tag === type)!;
      return expression(variant, value);
    }
  }
}

/** What is missing, as Quint writes it. */
const NONE: ItfExpression = { tag: "None", value: { "#tup": [] } };

const integer = (value: number): ItfExpression => ({ "#bigint": String(value) });

const indexExpression = (index: string): ItfExpression =>
  /^-?\d+$/.test(index) ? { "#bigint": index } : index;

/** A map from each element to how often it is there. */
function bag(elements: readonly ItfExpression[]): ItfExpression {
  const counts = new Map<string, { readonly element: ItfExpression; count: number }>();
  for (const element of elements) {
    const key = JSON.stringify(element);
    const entry = counts.get(key) ?? { element, count: 0 };
    entry.count++;
    counts.set(key, entry);
  }
  return { "#map": [...counts.values()].map(({ element, count }) => [element, integer(count)]) };
}

/** JSON of no known shape. Fields of other formats' markers get another name. */
function anything(value: unknown): ItfExpression {
  if (value === null || value === undefined) return NONE;
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isInteger(value) ? integer(value) : String(value);
  if (Array.isArray(value)) return value.map(anything);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name.replace(/^#/, "\u266f"), anything(field)]),
  );
}
