import type { Expression } from "./ast.ts";
import type { Term } from "./code.ts";
import { lowerApply, lowerCall } from "./lower-call.ts";
import type { Lowering } from "./lowering.ts";
import { fail } from "./values.ts";
import { appliedIn, expressionsIn } from "./visit.ts";

/** The term that answers what `expression` does. Operations and procedures inside it are emitted first, in the order of
 *  the text; what they answer waits in hidden locals. */
export function lowerExpression(lowering: Lowering, expression: Expression): Term {
  const { span } = expression;
  const lower = (part: Expression) => lowerExpression(lowering, part);
  switch (expression.kind) {
    case "integer":
    case "boolean":
    case "text":
      return { kind: "literal", value: expression.value, span };
    case "none":
      return { kind: "literal", value: null, span };
    case "fail":
      return { kind: "literal", value: fail, span };
    case "me":
    case "request":
      return { kind: expression.kind, span };
    case "any":
      throw new Error("`any` is no expression: the initial states spell it out");
    case "name":
      return lowerName(lowering, expression);
    case "some":
      return { kind: "some", value: lower(expression.value), span };
    case "tuple":
    case "list":
      return { kind: expression.kind, elements: lowerAll(lowering, expression.elements), span };
    case "series":
      return { kind: "list", elements: lowerFamily(lowering, expression), span };
    case "record":
      return lowerRecord(lowering, expression);
    case "field":
      return lowerField(lowering, expression);
    case "index":
      return lowerIndex(lowering, expression);
    case "apply":
      return lowerApply(lowering, expression);
    case "call":
      return lowerCall(lowering, expression, true);
    case "unary":
      return { kind: "unary", operator: expression.operator, operand: lower(expression.operand), span };
    case "binary":
      return lowerBinary(lowering, expression);
    case "quantifier":
      return lowerQuantifier(lowering, expression);
  }
}

/** Lowers several expressions. Where a later one runs a procedure, which may change variables, the earlier ones are put
 *  by first. */
export function lowerAll(lowering: Lowering, expressions: readonly Expression[]): Term[] {
  return expressions.map((expression, i) => {
    const term = lowerExpression(lowering, expression);
    const isSafe = term.kind === "literal" || !runsProcedure(lowering, expressions.slice(i + 1));
    return isSafe ? term : keep(lowering, term);
  });
}

/** The value of `term` at this point, in a hidden local. */
export function keep(lowering: Lowering, term: Term): Term {
  const slot = lowering.slot("#value");
  lowering.set(slot, term, term.span);
  return lowering.term(slot, term.span);
}

function runsProcedure(lowering: Lowering, expressions: readonly Expression[]): boolean {
  return [...appliedIn(expressions)].some((name) => lowering.owner.procedures.has(name));
}

function lowerName(lowering: Lowering, name: Expression & { kind: "name" }): Term {
  const { owner } = lowering;
  const { span } = name;
  const local = name.isOwn ? undefined : lowering.locals.get(name.name);
  if (local !== undefined) return lowering.term(local, span);
  const owned = owner.owned.indexOf(name.name);
  if (owned >= 0) return lowering.term(owned, span);
  const field = owner.objectFields?.indexOf(name.name) ?? -1;
  if (field >= 0)
    return { kind: "object-field", object: { kind: "literal", value: 0, span }, index: field, span };
  const object = objectNumber(lowering, name.name);
  if (object !== undefined) return { kind: "literal", value: object, span };
  if (owner.typed.names.members.has(name.name)) {
    return { kind: "literal", value: { kind: "member", name: name.name }, span };
  }
  const constant = owner.constants.get(name.name);
  if (constant === undefined) throw new Error(`the constant ${name.name} has no value`);
  return { kind: "literal", value: constant, span };
}

/** The number of the object that `name` means. The checker has refused members that a family lacks. */
function objectNumber(lowering: Lowering, name: string): number | undefined {
  const { owner } = lowering;
  const single = owner.objects.get(name);
  if (single !== undefined) return single;
  const cut = name.lastIndexOf("_");
  const family = owner.families.get(name.slice(0, Math.max(0, cut)));
  if (family === undefined) return undefined;
  const index = name.slice(cut + 1);
  const position = /^[0-9]+$/.test(index) ? Number(index) : (owner.constants.get(index) as number);
  return family[position - 1];
}

function lowerFamily(lowering: Lowering, series: Expression & { kind: "series" }): Term[] {
  const { first, span } = series;
  const stem = first.kind === "name" ? first.name.slice(0, -2) : "";
  return (lowering.owner.families.get(stem) ?? []).map((value) => ({ kind: "literal", value, span }));
}

/** The fields are evaluated as written and stored as declared. */
function lowerRecord(lowering: Lowering, record: Expression & { kind: "record" }): Term {
  const values = lowerAll(
    lowering,
    record.fields.map((field) => field.value),
  );
  const given = new Map(record.fields.map((field, i) => [field.name.text, values[i]!] as const));
  const declared = lowering.owner.typed.records.get(record.name.text) ?? [];
  return {
    kind: "record",
    name: record.name.text,
    fields: declared.map(([name]) => [name, given.get(name)!] as const),
    span: record.span,
  };
}

function lowerField(lowering: Lowering, field: Expression & { kind: "field" }): Term {
  const { of, span } = field;
  const name = field.name.text;
  if (of.kind === "name" && !of.isOwn && lowering.clients.has(of.name)) {
    const client = lowerName(lowering, of);
    const index = lowering.owner.clientVariables?.indexOf(name) ?? -1;
    if (index >= 0) return { kind: "client-variable", client, index, span };
    return { kind: "client-status", client, status: name as "crashed" | "idle", span };
  }
  const type = lowering.typeOf(of);
  const inner = lowerExpression(lowering, of);
  if (type.kind !== "state" && type.kind !== "object") return { kind: "field", of: inner, name, span };
  const index = [...lowering.owner.typed.ados.get(type.instance.ado)!.fields.keys()].indexOf(name);
  return type.kind === "state"
    ? { kind: "component", of: inner, index, span }
    : { kind: "object-field", object: inner, index, span };
}

function lowerIndex(lowering: Lowering, index: Expression & { kind: "index" }): Term {
  const type = lowering.typeOf(index.of);
  if (type.kind === "tuple" && index.key.kind === "integer") {
    const of = lowerExpression(lowering, index.of);
    return { kind: "component", of, index: index.key.value, span: index.span };
  }
  const [of, key] = lowerAll(lowering, [index.of, index.key]);
  return { kind: "entry", of: of!, key: key!, absent: lowering.absentOf(type), span: index.span };
}

/** Logic goes no further than it must: what stands right of `&&` is only done if the left holds. */
function lowerBinary(lowering: Lowering, binary: Expression & { kind: "binary" }): Term {
  const { operator, left, right, span } = binary;
  const isLogic = operator === "&&" || operator === "||" || operator === "==>";
  if (!isLogic || !acts(lowering, right)) {
    const [a, b] = lowerAll(lowering, [left, right]);
    return { kind: "binary", operator, left: a!, right: b!, span };
  }
  const slot = lowering.slot("#value");
  const value = lowering.term(slot, span);
  const first = lowerExpression(lowering, left);
  const start: Term =
    operator === "==>" ? { kind: "unary", operator: "!", operand: first, span: left.span } : first;
  lowering.set(slot, start, left.span);
  const goesOn: Term = operator === "&&" ? value : { kind: "unary", operator: "!", operand: value, span };
  const skip = lowering.branch(goesOn, span);
  lowering.set(slot, lowerExpression(lowering, right), right.span);
  lowering.aim([skip], lowering.here);
  return value;
}

/** Whether evaluating the expression does more than look: it calls an object or a procedure. */
function acts(lowering: Lowering, expression: Expression): boolean {
  return (
    expressionsIn(expression).some((part) => part.kind === "call") || runsProcedure(lowering, [expression])
  );
}

function lowerQuantifier(lowering: Lowering, quantifier: Expression & { kind: "quantifier" }): Term {
  const { bindings, span } = quantifier;
  const outer = { locals: lowering.locals, clients: [...lowering.clients] };
  lowering.locals = new Map(outer.locals);
  const heads = bindings.map(({ variable, domain }) => {
    const lowered =
      domain === undefined
        ? ({ kind: "clients" } as const)
        : domain.kind === "range"
          ? {
              kind: "range" as const,
              from: lowerExpression(lowering, domain.from),
              to: lowerExpression(lowering, domain.to),
            }
          : { kind: "members" as const, list: lowerExpression(lowering, domain.list) };
    const slot = lowering.slot(variable.text);
    lowering.locals.set(variable.text, slot);
    if (domain === undefined) lowering.clients.add(variable.text);
    else lowering.clients.delete(variable.text);
    return { slot, domain: lowered };
  });
  const body = lowerExpression(lowering, quantifier.body);
  lowering.locals = outer.locals;
  lowering.clients.clear();
  for (const name of outer.clients) lowering.clients.add(name);
  return heads.reduceRight<Term>(
    (inner, head) => ({ kind: "quantifier", quantifier: quantifier.quantifier, ...head, body: inner, span }),
    body,
  );
}
