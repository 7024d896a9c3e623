/** Whether a configuration is one, and if not, what is wrong where. */

import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { didYouMean } from "../schema/suggestion.ts";
import schema from "./config.schema.json" with { type: "json" };

export interface Problem {
  /** Names and indices from the outermost value to the one that is wrong. */
  readonly path: readonly string[];
  /** What was expected, and what is there instead. */
  readonly message: string;
}

/** Made when it is needed first. */
let isValid: ValidateFunction | undefined;

/** The first thing that is wrong with a configuration; nothing if it is as its schema says. */
export function findProblem(value: unknown): Problem | undefined {
  isValid ??= new Ajv2020({ verbose: true, allowUnionTypes: true, strictTypes: false }).compile(schema);
  if (isValid(value)) return undefined;
  // What follows from another error says less than that one.
  const [first = isValid.errors![0]!] = isValid.errors!.filter(({ keyword }) => keyword !== "if");
  return { path: pathOf(first), message: explain(first) };
}

/** `runs[2].bounds.nodes`; nothing for the whole. */
export function pathText(path: readonly string[]): string {
  return path.map((part, i) => (/^\d+$/.test(part) ? `[${part}]` : `${i === 0 ? "" : "."}${part}`)).join("");
}

function pathOf({ instancePath, keyword, params }: ErrorObject): string[] {
  const path = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return keyword === "additionalProperties" ? [...path, String(params.additionalProperty)] : path;
}

function explain({ keyword, params, data, parentSchema, message }: ErrorObject): string {
  const { title, properties = {} } = parentSchema as { title?: string; properties?: object };
  const found = shown(data);
  switch (keyword) {
    case "additionalProperties": {
      const known = Object.keys(properties);
      const suggestion = didYouMean(String(params.additionalProperty), known);
      return `there is no such field; ${suggestion ?? `known are ${known.join(", ")}`}`;
    }
    case "required":
      return `the field ${params.missingProperty} is missing`;
    case "type":
      return `expected ${NOUNS[String(params.type)] ?? params.type}, found ${found}`;
    case "enum":
      return `expected ${(params.allowedValues as unknown[]).map(shown).join(" or ")}, found ${found}`;
    case "const":
      return `expected ${title ?? shown(params.allowedValue)}, found ${found}`;
    case "pattern":
      return `expected ${title ?? `what matches ${params.pattern}`}, found ${found}`;
    case "minItems":
    case "minLength":
      return "it is empty";
    default:
      return `it ${message}, and is ${found}`;
  }
}

const NOUNS: { readonly [type: string]: string } = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  array: "a list",
  object: "an object",
  boolean: "true or false",
};

const MOST_SHOWN = 60;

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "object") return "an object";
  if (typeof value === "function") return "a function";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
