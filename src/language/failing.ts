import type { Dapp, Expression, Procedure } from "./ast.ts";
import { builtInOperations } from "./names.ts";
import { expressionsIn, statementsIn } from "./visit.ts";

/** What of an application may be FAIL, as names: `procedure.local`, `this.variable`, and `procedure` for its answer.
 *  Grows a set until nothing is added; FAIL comes from operations that may fail, from the word itself and from `return;`. */
export function findFailing(dapp: Dapp): Set<string> {
  const failing = new Set<string>();
  let size = -1;
  while (size !== failing.size) {
    size = failing.size;
    for (const procedure of dapp.procedures) addFailing(dapp, procedure, failing);
  }
  return failing;
}

/** Whether `expression`, inside `procedure`, may be FAIL. */
export function mayFail(
  expression: Expression,
  procedure: Procedure,
  dapp: Dapp,
  failing: ReadonlySet<string>,
): boolean {
  switch (expression.kind) {
    case "fail":
      return true;
    case "name":
      return failing.has(placeName(expression, procedure, dapp));
    case "apply":
      return failing.has(expression.name.text);
    case "call":
      return (
        builtInOperations.includes(expression.operation.text) ||
        expression.form === "" ||
        expression.form === "?"
      );
    default:
      return false;
  }
}

function placeName(name: Expression & { kind: "name" }, procedure: Procedure, dapp: Dapp): string {
  const isParameter = procedure.parameters.some((parameter) => parameter.name.text === name.name);
  const isVariable = dapp.variables.some((variable) => variable.name.text === name.name);
  return name.isOwn || (isVariable && !isParameter)
    ? `this.${name.name}`
    : `${procedure.name.text}.${name.name}`;
}

function addFailing(dapp: Dapp, procedure: Procedure, failing: Set<string>): void {
  const mayBeFail = (value: Expression): boolean => mayFail(value, procedure, dapp, failing);
  for (const statement of statementsIn(procedure.body)) {
    if (statement.kind === "assign" && statement.target.kind === "name" && mayBeFail(statement.value))
      failing.add(placeName(statement.target, procedure, dapp));
    if (statement.kind === "return" && (statement.value === undefined || mayBeFail(statement.value)))
      failing.add(procedure.name.text);
  }
  for (const expression of expressionsIn(procedure.body)) {
    linkArguments(expression, procedure, dapp, failing);
  }
}

/** A variable that is handed to a procedure is the procedure's parameter: what fails there fails here. */
function linkArguments(expression: Expression, procedure: Procedure, dapp: Dapp, failing: Set<string>): void {
  if (expression.kind !== "apply") return;
  const callee = dapp.procedures.find((candidate) => candidate.name.text === expression.name.text);
  expression.arguments.forEach((argument, i) => {
    const parameter = callee?.parameters[i];
    if (callee === undefined || parameter === undefined) return;
    const inner = `${callee.name.text}.${parameter.name.text}`;
    if (mayFail(argument, procedure, dapp, failing)) failing.add(inner);
    if (argument.kind === "name" && failing.has(inner)) failing.add(placeName(argument, procedure, dapp));
  });
}
