import type { BinaryOperator, Span } from "./ast.ts";
import type { Access, Term } from "./code.ts";
import { evaluateWorld, type World } from "./evaluate-world.ts";
import {
  entryOf,
  hashOf,
  isFail,
  isKind,
  listOf,
  type MapValue,
  numberRange,
  printValue,
  type RecordValue,
  sameValue,
  type Value,
  withEntry,
} from "./values.ts";

/** What a term may look at beside the frame. */
export interface Surroundings {
  /** The client that calls, from 1. */
  readonly me?: number;
  /** The call that a method answers. */
  readonly request?: Value;
  /** The whole system, for predicates. */
  readonly world?: World;
}

/** A mistake of the program that shows only when it runs. Thrown by `evaluate` and caught where code is run. */
export class EvaluationError extends Error {
  readonly span: Span;
  readonly hint: string | undefined;

  constructor(span: Span, message: string, hint?: string) {
    super(message);
    this.span = span;
    this.hint = hint;
  }
}

/** The value of `term`. Deterministic.  @throws EvaluationError where the program goes wrong. */
export function evaluate(term: Term, frame: readonly Value[], surroundings: Surroundings): Value {
  const inner = (part: Term) => evaluate(part, frame, surroundings);
  switch (term.kind) {
    case "literal":
      return term.value;
    case "slot":
      return slotValue(term, frame);
    case "me":
      return present(surroundings.me, term, "me");
    case "request":
      return present(surroundings.request, term, "request");
    case "some":
      return { kind: "some", value: plain(inner(term.value), term.value) };
    case "tuple":
      return term.elements.map((element) => plain(inner(element), element));
    case "list":
      return listOf(term.elements.map((element) => plain(inner(element), element)));
    case "record": {
      const fields = term.fields.map(([name, field]) => [name, plain(inner(field), field)]);
      return { kind: "record", name: term.name, fields: Object.fromEntries(fields) };
    }
    case "field":
    case "component":
    case "entry":
      return partOf(
        inner(term.of),
        term.kind === "entry" ? { ...term, key: plain(inner(term.key), term.key) } : term,
        term.span,
      );
    case "nth":
      return nth(inner(term.of), inner(term.position), term.span);
    case "unary":
      if (term.operator === "!") return !truth(inner(term.operand), term.operand.span);
      return wholeNumber(-number(inner(term.operand), term.operand.span), term.span);
    case "binary":
      return binary(term.operator, term, inner);
    case "apply":
      return apply(term.builtIn, plain(inner(term.argument), term.argument), term.span);
    default:
      return evaluateWorld(term, frame, surroundings);
  }
}

/** `evaluate`, where a condition belongs. */
export function evaluateTruth(term: Term, frame: readonly Value[], surroundings: Surroundings): boolean {
  return truth(evaluate(term, frame, surroundings), term.span);
}

/** `evaluate`, where FAIL is not a value. */
export function evaluatePlain(term: Term, frame: readonly Value[], surroundings: Surroundings): Value {
  return plain(evaluate(term, frame, surroundings), term);
}

/** `whole` with the part at `path` replaced. */
export function replacePart(
  whole: Value,
  path: readonly Access[],
  value: Value,
  at: Span,
  keyOf: (term: Term) => Value,
): Value {
  const [access, ...rest] = path;
  if (access === undefined) return value;
  const step = access.kind === "entry" ? { ...access, key: keyOf(access.key) } : access;
  const part = replacePart(partOf(whole, step, at), rest, value, at, keyOf);
  switch (step.kind) {
    case "field": {
      const record = whole as RecordValue;
      return { ...record, fields: { ...record.fields, [step.name]: part } };
    }
    case "component":
      return (whole as readonly Value[]).map((element, i) => (i === step.index ? part : element));
    case "entry":
      return withEntry(whole as MapValue, step.key, part);
  }
}

type Step =
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "component"; readonly index: number }
  | { readonly kind: "entry"; readonly key: Value; readonly absent: Value };

function partOf(whole: Value, step: Step, at: Span): Value {
  if (isKind(whole, "unset")) throw new EvaluationError(at, "this has no value yet", "assign to it first");
  if (isFail(whole)) throw new EvaluationError(at, "FAIL has no parts", "test for FAIL first");
  if (whole === null) throw new EvaluationError(at, "None has no parts", "test for None first");
  if (step.kind === "field" && isKind(whole, "record")) {
    const field = whole.fields[step.name];
    if (field !== undefined) return field;
  }
  if (step.kind === "component" && Array.isArray(whole)) {
    const element = (whole as readonly Value[])[step.index];
    if (element !== undefined) return element;
  }
  if (step.kind === "entry" && isKind(whole, "map")) return entryOf(whole, step.key) ?? step.absent;
  throw new EvaluationError(at, `${printValue(whole)} has no such part`);
}

function slotValue(term: Term & { kind: "slot" }, frame: readonly Value[]): Value {
  const value = frame[term.slot] ?? null;
  if (!isKind(value, "unset")) return value;
  throw new EvaluationError(
    term.span,
    `\`${term.name}\` has no value yet`,
    "assign to it on every way to here",
  );
}

function present(value: Value | undefined, term: Term, name: string): Value {
  if (value !== undefined) return value;
  throw new EvaluationError(term.span, `\`${name}\` means nothing here`);
}

/** The value, unless it is FAIL, which only locals, comparisons and returns may hold. */
function plain(value: Value, term: Term): Value {
  if (!isFail(value)) return value;
  throw new EvaluationError(term.span, "this is FAIL where a value is wanted", "test for FAIL first");
}

function truth(value: Value, at: Span): boolean {
  if (typeof value === "boolean") return value;
  throw new EvaluationError(at, `this is ${printValue(value)}, not true or false`, failHint(value));
}

function number(value: Value, at: Span): number {
  if (typeof value === "number") return value;
  throw new EvaluationError(at, `this is ${printValue(value)}, not a number`, failHint(value));
}

function failHint(value: Value): string | undefined {
  return isFail(value) ? "test for FAIL first" : undefined;
}

function wholeNumber(value: number, at: Span): number {
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  throw new EvaluationError(at, "this number is too large", numberRange);
}

function nth(list: Value, position: Value, at: Span): Value {
  const entry = isKind(list, "map") ? list.entries[number(position, at)] : undefined;
  if (entry !== undefined) return entry[1];
  throw new EvaluationError(at, `${printValue(list)} is no list to go through`);
}

function binary(
  operator: BinaryOperator,
  term: Term & { kind: "binary" },
  inner: (term: Term) => Value,
): Value {
  const left = inner(term.left);
  const rightTruth = () => truth(inner(term.right), term.right.span);
  switch (operator) {
    case "&&":
      return truth(left, term.left.span) && rightTruth();
    case "||":
      return truth(left, term.left.span) || rightTruth();
    case "==>":
      return !truth(left, term.left.span) || rightTruth();
    case "==":
      return sameValue(left, inner(term.right));
    case "!=":
      return !sameValue(left, inner(term.right));
    default: {
      const a = number(left, term.left.span);
      return calculate(operator, a, number(inner(term.right), term.right.span), term.span);
    }
  }
}

function calculate(operator: BinaryOperator, a: number, b: number, at: Span): Value {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "+":
      return wholeNumber(a + b, at);
    case "-":
      return wholeNumber(a - b, at);
    case "*":
      return wholeNumber(a * b, at);
    default: {
      if (b === 0) throw new EvaluationError(at, "this is divided by 0", "test for 0 first");
      const quotient = Math.floor(a / b);
      return wholeNumber(operator === "/" ? quotient : a - b * quotient, at);
    }
  }
}

function apply(builtIn: "hash" | "len" | "the", argument: Value, at: Span): Value {
  switch (builtIn) {
    case "hash":
      return hashOf(argument);
    case "len":
      if (typeof argument === "string") return [...argument].length;
      if (isKind(argument, "map")) return argument.entries.length;
      throw new EvaluationError(at, `${printValue(argument)} has no length`);
    case "the":
      if (isKind(argument, "some")) return argument.value;
      throw new EvaluationError(at, `${printValue(argument)} has no value to take`, "test for None first");
  }
}
