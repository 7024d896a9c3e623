/** Trace documents as bytes: MessagePack, or JSON for people and other tools. Which one it is shows when it is read. */

import { createRequire } from "node:module";
import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Packr } from "msgpackr";
import type { Shape } from "../schema/shape.ts";
import { jsonText } from "../verdict/json-text.ts";
import schema from "./trace.schema.json" with { type: "json" };
import { TRACE_FORMAT, TRACE_VERSION, type TraceDocument } from "./trace-document.ts";

/** MessagePack is smaller; JSON can be read by people. */
export type TraceEncoding = "msgpack" | "json";

/** Bytes that are no trace that can be read; the message says what is wrong with them, for after a colon. */
export class UnreadableTrace extends Error {
  override readonly name = "UnreadableTrace";
}

// Models load this with everything else, and hardly any of them reads a trace: both libraries wait until one is.
const load = createRequire(import.meta.url);
let packr: Packr | undefined;
let isTrace: ValidateFunction | undefined;

/** MessagePack as everyone reads it, without extensions. */
function packer(): Packr {
  const { Packr } = load("msgpackr") as typeof import("msgpackr");
  packr ??= new Packr({ useRecords: false, variableMapSize: true });
  return packr;
}

function validator(): ValidateFunction {
  const { Ajv2020 } = load("ajv/dist/2020.js") as typeof import("ajv/dist/2020.js");
  isTrace ??= new Ajv2020({ allowUnionTypes: true }).compile(schema);
  return isTrace;
}

/** The bytes of a trace file. */
export function encodeTrace(document: TraceDocument, encoding: TraceEncoding): Uint8Array {
  if (encoding === "msgpack") return packer().pack(document);
  return new TextEncoder().encode(jsonText(document));
}

/** @throws UnreadableTrace */
export function decodeTrace(bytes: Uint8Array): TraceDocument {
  if (bytes.length === 0) throw new UnreadableTrace("the file is empty");
  const decoded = decode(bytes);
  if (typeof decoded !== "object" || decoded === null || !("format" in decoded)) throw noTrace();
  const { format, version } = decoded as { format: unknown; version?: unknown };
  if (format !== TRACE_FORMAT) throw noTrace();
  if (typeof version === "number" && version > TRACE_VERSION) {
    const known = `this Muchado reads version ${TRACE_VERSION} and no later one`;
    throw new UnreadableTrace(`a trace of version ${version}; ${known}: use a newer Muchado`);
  }
  const validate = validator();
  if (!validate(decoded)) throw damaged(firstProblem(validate.errors!));
  const document = decoded as unknown as TraceDocument;
  const { first, steps } = document.trace;
  for (const [i, { state }] of [first, ...steps].entries()) {
    const misfit = misfitIn(document.shape, state, "");
    if (misfit !== undefined) throw damaged(`in the state after step ${i}, ${misfit}`);
  }
  return document;
}

function noTrace(): UnreadableTrace {
  return new UnreadableTrace(
    "not a trace; `muchado check --out DIR` writes one for each property that is violated",
  );
}

const damaged = (what: string): UnreadableTrace => new UnreadableTrace(`a damaged trace: ${what}`);

function decode(bytes: Uint8Array): unknown {
  // Either encoding begins with the format.
  const beginning = new TextDecoder("latin1").decode(bytes.subarray(0, 100));
  const isJson = /^\s*\{/.test(beginning);
  try {
    return isJson
      ? JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
      : packer().unpack(bytes);
  } catch {
    if (beginning.includes(TRACE_FORMAT)) throw damaged("the file is cut short, or was changed");
    throw noTrace();
  }
}

/** `/trace/steps/3/label must be string` */
function firstProblem(errors: readonly ErrorObject[]): string {
  const { instancePath, message } = errors[0]!;
  return `${instancePath || "the document"} ${message}`;
}

/** What in a value is not of its shape, in words. */
function misfitIn(shape: Shape, value: unknown, path: string): string | undefined {
  const wrong = (isRight: boolean, what: string): string | undefined =>
    isRight ? undefined : `${path || "it"} is not ${what}`;
  const each = (of: Shape, values: readonly unknown[]): string | undefined =>
    firstDefined(values, (element, i) => misfitIn(of, element, `${path}[${i}]`));
  switch (shape.kind) {
    case "integer":
    case "node":
      return wrong(Number.isInteger(value), "a whole number");
    case "name":
      return wrong(typeof value === "string", "a name");
    case "flag":
      return wrong(typeof value === "boolean", "true or false");
    case "any":
      return undefined;
    case "option":
      return value === null ? undefined : misfitIn(shape.of, value, path);
    case "sequence":
    case "set":
    case "bag":
      return Array.isArray(value) ? each(shape.of, value) : wrong(false, "a list");
    case "array": {
      const count = shape.indices.length;
      if (!Array.isArray(value) || value.length !== count) return wrong(false, `a list of ${count}`);
      return each(shape.of, value);
    }
    case "record": {
      if (typeof value !== "object" || value === null) return wrong(false, "a record");
      const record = value as { readonly [field: string]: unknown };
      if (shape.tag !== null && record.type !== shape.tag) return wrong(false, `a ${shape.tag}`);
      return firstDefined(Object.entries(shape.fields), ([name, field]) =>
        misfitIn(
          field,
          Object.hasOwn(record, name) ? record[name] : undefined,
          `${path}.${name}`.replace(/^\./, ""),
        ),
      );
    }
    case "variant": {
      const isOne = shape.of.some((variant) => misfitIn(variant, value, path) === undefined);
      return wrong(isOne, "one of the messages it can be");
    }
  }
}

function firstDefined<T, R>(items: readonly T[], of: (item: T, i: number) => R | undefined): R | undefined {
  for (const [i, item] of items.entries()) {
    const found = of(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}
