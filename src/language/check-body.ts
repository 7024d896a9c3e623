import { didYouMean } from "../schema/suggestion.ts";
import type { Expression, Name, Procedure, Statement } from "./ast.ts";
import type { Checking } from "./checking.ts";
import { elementOf, infer, inferAs } from "./infer.ts";
import { meaningOf, type Scope } from "./scope.ts";
import type { Signature } from "./typed.ts";
import { bool, int, nothing, type Type } from "./types.ts";
import { assignedNames, expressionsIn, statementsIn } from "./visit.ts";

/** Checks the body of a method or procedure in the scope of its owner. Every name it assigns that is nothing else is a
 *  local, from beginning to end. */
export function checkBody(
  checking: Checking,
  outer: Scope,
  procedure: Procedure,
  signature: Signature,
): void {
  const locals = new Map<string, Type>();
  procedure.parameters.forEach((parameter, i) => {
    if (locals.has(parameter.name.text)) {
      checking.error(parameter.name.span, `two parameters are called \`${parameter.name.text}\``);
    }
    locals.set(parameter.name.text, signature.parameters[i]!);
  });
  for (const name of assignedNames(procedure.body)) {
    if (locals.has(name.text) || isTaken(checking, outer, name)) continue;
    locals.set(name.text, checking.unifier.fresh());
  }
  const body: Body = { checking, scope: { ...outer, locals }, result: signature.result };
  checkStatements(body, procedure.body, false);
  if (!returnsValue(procedure.body)) checking.unifier.unify(signature.result, nothing);
  reportUnread(checking, outer, procedure);
}

interface Body {
  readonly checking: Checking;
  readonly scope: Scope;
  readonly result: Type;
}

function isTaken(checking: Checking, outer: Scope, name: Name): boolean {
  return (
    meaningOf(checking, outer, { kind: "name", name: name.text, isOwn: false, span: name.span }) !== undefined
  );
}

function checkStatements(body: Body, statements: readonly Statement[], isInLoop: boolean): void {
  for (const statement of statements) checkStatement(body, statement, isInLoop);
}

function checkStatement(body: Body, statement: Statement, isInLoop: boolean): void {
  const { checking, scope } = body;
  switch (statement.kind) {
    case "assign":
      checkAssignment(body, statement);
      return;
    case "evaluate":
      checkEvaluation(body, statement.expression);
      return;
    case "if":
      for (const branch of statement.branches) {
        inferAs(checking, scope, branch.condition, bool, "a condition", conditionHint);
        checkStatements(body, branch.body, isInLoop);
      }
      checkStatements(body, statement.otherwise ?? [], isInLoop);
      return;
    case "while":
      inferAs(checking, scope, statement.condition, bool, "a condition", conditionHint);
      checkStatements(body, statement.body, true);
      return;
    case "for-range":
      inferAs(checking, scope, statement.from, int, "the beginning of a range");
      inferAs(checking, scope, statement.to, int, "the end of a range");
      checkLoopVariable(body, statement.variable, int);
      checkStatements(body, statement.body, true);
      return;
    case "for-each":
      checkLoopVariable(body, statement.variable, elementOf(checking, scope, statement.list));
      checkStatements(body, statement.body, true);
      return;
    case "block":
      checkStatements(body, statement.body, isInLoop);
      return;
    case "break":
    case "continue":
      if (!isInLoop) {
        checking.error(
          statement.span,
          `\`${statement.kind}\` stands outside of a loop`,
          "leave a body with `return;`",
        );
      }
      return;
    case "return":
      checkReturn(body, statement);
      return;
  }
}

function checkAssignment(body: Body, statement: Statement & { kind: "assign" }): void {
  const { checking, scope } = body;
  const { target, value } = statement;
  const isLocal = target.kind === "name" && scope.place === "procedure";
  const type = infer(checking, scope, value, isLocal ? "fail" : "value");
  if (!checkPlace(checking, scope, target, target)) return;
  const place = infer(checking, scope, target);
  checking.expect(value.span, type, place, "the value assigned");
}

/** Whether `target` is a variable, or a part of one; reported if not. */
function checkPlace(checking: Checking, scope: Scope, target: Expression, whole: Expression): boolean {
  switch (target.kind) {
    case "field":
    case "index":
      return checkPlace(checking, scope, target.of, whole);
    case "name": {
      const meaning = meaningOf(checking, scope, target);
      if (meaning === undefined || meaning.kind === "local" || meaning.kind === "own") return true;
      const what = { object: "an object", constant: "a constant", member: "a member of an enumeration" };
      const hint =
        meaning.kind === "object" && whole !== target
          ? "only the object's own methods change its fields"
          : "choose another name for the local";
      checking.error(
        target.span,
        `\`${target.name}\` is ${what[meaning.kind]} and cannot be assigned to`,
        hint,
      );
      return false;
    }
    default:
      checking.error(
        target.span,
        "this cannot be assigned to",
        "the left of `:=` is a variable, a field `x.f`, or an entry `x[k]`",
      );
      return false;
  }
}

function checkEvaluation(body: Body, expression: Expression): void {
  infer(body.checking, body.scope, expression);
  if (expression.kind === "call" || expression.kind === "apply") return;
  if (expression.kind === "binary" && expression.operator === "==") {
    body.checking.error(expression.span, "a comparison does nothing by itself", "assign with `:=`");
  } else {
    body.checking.error(expression.span, "this does nothing", "a statement calls, assigns, or steers");
  }
}

function checkLoopVariable(body: Body, variable: Name, type: Type): void {
  const { checking, scope } = body;
  const local = scope.locals.get(variable.text);
  if (local === undefined) {
    const hint = "choose another name for the variable of the loop";
    checking.error(variable.span, `\`${variable.text}\` is something else already`, hint);
  } else checking.expect(variable.span, type, local, `\`${variable.text}\``);
}

function checkReturn(body: Body, statement: Statement & { kind: "return" }): void {
  const { checking, scope } = body;
  if (statement.value === undefined) return;
  const type = infer(checking, scope, statement.value, scope.place === "procedure" ? "fail" : "value");
  checking.expect(statement.value.span, type, body.result, "what is returned", "all returns answer one type");
}

/** A local that is never read and looks like a field was meant to be that field. */
function reportUnread(checking: Checking, outer: Scope, procedure: Procedure): void {
  const read = namesRead(procedure.body);
  for (const name of assignedNames(procedure.body)) {
    if (read.has(name.text) || isTaken(checking, outer, name)) continue;
    if (procedure.parameters.some((parameter) => parameter.name.text === name.text)) continue;
    const meant = didYouMean(name.text, outer.own.keys());
    if (meant !== undefined) checking.error(name.span, `\`${name.text}\` is assigned and never read`, meant);
  }
}

/** Whether a `return` with a value other than FAIL stands anywhere in the body. */
function returnsValue(statements: readonly Statement[]): boolean {
  return statementsIn(statements).some(
    (statement) =>
      statement.kind === "return" && statement.value !== undefined && statement.value.kind !== "fail",
  );
}

/** The names that a body reads. What is only the whole left side of an assignment is not read. */
function namesRead(statements: readonly Statement[]): Set<string> {
  const targets = new Set<Expression>(
    statementsIn(statements).flatMap((statement) => (statement.kind === "assign" ? [statement.target] : [])),
  );
  const read = expressionsIn(statements).filter((expression) => !targets.has(expression));
  return new Set(read.flatMap((expression) => (expression.kind === "name" ? [expression.name] : [])));
}

const conditionHint = "a condition is true or false, such as `x == 1`";
