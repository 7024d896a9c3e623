import type { Expression, Span } from "./ast.ts";
import type { Checking } from "./checking.ts";
import { inferApply, inferCall } from "./infer-call.ts";
import { inferField, inferIndex, inferRecord } from "./infer-parts.ts";
import { meaningOf, namesIn, type Scope } from "./scope.ts";
import { objectNamed } from "./typed.ts";
import { bool, int, request, string, type Type } from "./types.ts";

/** What may stand in a place beside ordinary values: FAIL, or an object. */
export type Allowed = "value" | "fail" | "object";

/** The type of `expression`; what is wrong with it is reported. A type that cannot be told is a fresh variable, so that one
 *  mistake gives one error. */
export function infer(
  checking: Checking,
  scope: Scope,
  expression: Expression,
  allowed: Allowed = "value",
): Type {
  const type = inferBare(checking, scope, expression, allowed);
  checking.types.set(expression, type);
  const known = checking.unifier.look(type);
  if (known.kind !== "object" || allowed === "object") return type;
  checking.error(
    expression.span,
    "an object is not a value",
    "call one of its operations: `o.pull()`, `o.m(…)!`, `o.push()`",
  );
  return checking.unifier.fresh();
}

/** Infers `expression` and reports unless it is `wanted`. */
export function inferAs(
  checking: Checking,
  scope: Scope,
  expression: Expression,
  wanted: Type,
  of: string,
  hint?: string,
): void {
  checking.expect(expression.span, infer(checking, scope, expression), wanted, of, hint);
}

function inferBare(checking: Checking, scope: Scope, expression: Expression, allowed: Allowed): Type {
  const fresh = () => checking.unifier.fresh();
  switch (expression.kind) {
    case "integer":
      return int;
    case "boolean":
      return bool;
    case "text":
      return string;
    case "none":
      return { kind: "option", of: fresh() };
    case "fail":
      if (allowed !== "fail") reportFail(checking, scope, expression.span);
      return fresh();
    case "any":
      checking.error(
        expression.span,
        "`any` is only the beginning of a field",
        "write `shared x : bool := any;`",
      );
      return fresh();
    case "me":
      if (scope.place === "constant" || scope.place === "predicate") {
        checking.error(
          expression.span,
          "`me` is the client that calls: there is none here",
          "use it in methods and procedures",
        );
      }
      return checking.client;
    case "request":
      if (scope.place !== "method") {
        const hint = "a method may remember the answers that it gave, by request";
        checking.error(
          expression.span,
          "`request` is the call that a method answers: there is none here",
          hint,
        );
      }
      return request;
    case "name":
      return inferName(checking, scope, expression);
    case "some":
      return { kind: "option", of: infer(checking, scope, expression.value) };
    case "tuple":
      return { kind: "tuple", elements: expression.elements.map((e) => infer(checking, scope, e)) };
    case "list":
      return inferList(checking, scope, expression, allowed);
    case "series":
      return inferSeries(checking, scope, expression, allowed);
    case "record":
      return inferRecord(checking, scope, expression);
    case "field":
      return inferField(checking, scope, expression);
    case "index":
      return inferIndex(checking, scope, expression);
    case "apply":
      return inferApply(checking, scope, expression);
    case "call":
      return inferCall(checking, scope, expression);
    case "unary":
      return inferUnary(checking, scope, expression);
    case "binary":
      return inferBinary(checking, scope, expression);
    case "quantifier":
      return inferQuantifier(checking, scope, expression);
  }
}

function reportFail(checking: Checking, scope: Scope, at: Span): void {
  const hint =
    scope.place === "method"
      ? "only operations on objects fail; a method answers `None` or a value of its own"
      : "compare with it (`x == FAIL`), assign it to a local, or return it";
  checking.error(at, "FAIL cannot stand here", hint);
}

function inferName(checking: Checking, scope: Scope, name: Expression & { kind: "name" }): Type {
  const meaning = meaningOf(checking, scope, name);
  if (meaning?.kind === "object") noteMember(checking, scope, name);
  if (meaning !== undefined) return meaning.type;
  const what = name.isOwn ? (scope.place === "method" ? "field" : "object or variable") : "name";
  const known = namesIn(checking, scope, name.isOwn);
  checking.unknown(name.span, what, name.name, known, unknownHint(scope, name, known));
  return checking.unifier.fresh();
}

function unknownHint(
  scope: Scope,
  { name, isOwn }: Expression & { kind: "name" },
  known: readonly string[],
): string {
  if (isOwn) {
    if (known.length > 0) return `it has ${known.join(", ")}`;
    return `declare it: \`${scope.place === "method" ? "shared" : "var"} ${name} : type := value;\``;
  }
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return `declare it: \`const ${name} = 2;\` or in an \`enum\``;
  return unknownHints[scope.place].replace("NAME", name);
}

/** A family whose count is not known yet may lack the member; even `rm_n`, if it is empty. */
function noteMember(checking: Checking, scope: Scope, { name, span }: Expression & { kind: "name" }): void {
  const { object, stem, index } = objectNamed(scope.objects, name)!;
  if (object.count === undefined) return;
  const number = index === object.count ? 1 : Number(index);
  checking.members.push({ name, stem, count: object.count, number, span });
}

const unknownHints: Record<Scope["place"], string> = {
  method: "a local begins with an assignment: `NAME := …;`",
  procedure: "a local begins with an assignment: `NAME := …;`",
  predicate: "a predicate reads `o.field` of objects, and `c.variable` of a client: `forall c: …`",
  constant: "only constants and members of enumerations are known here",
  workload: "only `me`, constants and members of enumerations are known here",
};

function inferList(
  checking: Checking,
  scope: Scope,
  list: Expression & { kind: "list" },
  allowed: Allowed,
): Type {
  const value = checking.unifier.fresh();
  for (const element of list.elements) {
    const type = infer(checking, scope, element, allowed === "object" ? "object" : "value");
    checking.expect(element.span, type, value, "this element", "the elements of a list have one type");
  }
  return { kind: "map", key: list.elements.length === 0 ? checking.unifier.fresh() : int, value };
}

/** `[rm_1, ..., rm_n]`: all objects of a family. */
function inferSeries(
  checking: Checking,
  scope: Scope,
  series: Expression & { kind: "series" },
  allowed: Allowed,
): Type {
  const { first, last } = series;
  const family = first.kind === "name" && first.name.endsWith("_1") ? first.name.slice(0, -2) : undefined;
  const object = family === undefined ? undefined : scope.objects.get(family);
  const names =
    object?.count !== undefined && last.kind === "name" && last.name === `${family}_${object.count}`;
  if (!names) {
    const hint = "write `[this.rm_1, ..., this.rm_n]` as the head of the DApp declares it";
    checking.error(series.span, "`...` stands for the objects of a family", hint);
    return { kind: "map", key: int, value: checking.unifier.fresh() };
  }
  if (allowed !== "object") {
    checking.error(
      series.span,
      "an object is not a value",
      "go through a family with `for rm in [rm_1, ..., rm_n]`",
    );
  }
  return { kind: "map", key: int, value: { kind: "object", instance: object!.instance } };
}

function inferUnary(checking: Checking, scope: Scope, unary: Expression & { kind: "unary" }): Type {
  const type = unary.operator === "!" ? bool : int;
  inferAs(checking, scope, unary.operand, type, `what \`${unary.operator}\` is applied to`);
  return type;
}

function inferBinary(checking: Checking, scope: Scope, binary: Expression & { kind: "binary" }): Type {
  const { operator, left, right } = binary;
  switch (operator) {
    case "==":
    case "!=":
      return inferEquality(checking, scope, binary);
    case "&&":
    case "||":
    case "==>":
      inferAs(checking, scope, left, bool, `the left of \`${operator}\``);
      inferAs(checking, scope, right, bool, `the right of \`${operator}\``);
      return bool;
    default:
      inferAs(checking, scope, left, int, `the left of \`${operator}\``);
      inferAs(checking, scope, right, int, `the right of \`${operator}\``);
      return ["<", "<=", ">", ">="].includes(operator) ? bool : int;
  }
}

function inferEquality(checking: Checking, scope: Scope, binary: Expression & { kind: "binary" }): Type {
  const { left, right } = binary;
  const canFail = scope.place === "procedure" ? "fail" : "value";
  const leftType = infer(checking, scope, left, canFail);
  const rightType = infer(checking, scope, right, canFail);
  checking.expect(
    right.span,
    rightType,
    leftType,
    "the right side",
    "both sides of a comparison have one type",
  );
  const [fail, other] = left.kind === "fail" ? [left, right] : [right, left];
  if (fail.kind === "fail" && canFail === "fail" && !scope.mayFail(other)) {
    checking.error(
      other.span,
      "this is never FAIL",
      "`!`, `!!` and `+` answer only when they have succeeded; `?`, a plain call, `pull` and `push` may fail",
    );
  }
  return bool;
}

function inferQuantifier(
  checking: Checking,
  scope: Scope,
  quantifier: Expression & { kind: "quantifier" },
): Type {
  if (scope.place !== "predicate") {
    checking.error(quantifier.span, `\`${quantifier.quantifier}\` belongs to theorems`, "use a `for` loop");
  }
  const locals = new Map(scope.locals);
  const clients = new Set(scope.clients);
  const inner: Scope = { ...scope, locals, clients };
  for (const { variable, domain } of quantifier.bindings) {
    if (domain === undefined) {
      locals.set(variable.text, checking.client);
      clients.add(variable.text);
      continue;
    }
    clients.delete(variable.text);
    if (domain.kind === "range") {
      inferAs(checking, inner, domain.from, int, "the beginning of a range");
      inferAs(checking, inner, domain.to, int, "the end of a range");
      locals.set(variable.text, int);
    } else locals.set(variable.text, elementOf(checking, inner, domain.list));
  }
  inferAs(checking, inner, quantifier.body, bool, "the body of a quantifier");
  return bool;
}

/** The type of the elements of a list, which may be objects. */
export function elementOf(checking: Checking, scope: Scope, list: Expression): Type {
  const value = checking.unifier.fresh();
  const type = infer(checking, scope, list, "object");
  const hint = "write `for i in 0..N` or `for x in [a, b]`";
  checking.expect(list.span, type, { kind: "map", key: checking.unifier.fresh(), value }, "this", hint);
  return value;
}
