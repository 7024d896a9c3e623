import type { Expression, Procedure, Span, Statement } from "./ast.ts";
import type { Access, Term } from "./code.ts";
import { lowerCall } from "./lower-call.ts";
import { keep, lowerAll, lowerExpression } from "./lower-expression.ts";
import type { Lowering } from "./lowering.ts";
import { fail, nothingValue, unset } from "./values.ts";
import { assignedNames } from "./visit.ts";

/** The statements of a body whose parameters are in `lowering.locals` already. Locals begin without a value; in a
 *  procedure that is expanded (`isInner`), perhaps in a loop, they are emptied each time. */
export function expandBody(lowering: Lowering, procedure: Procedure, isInner = false): void {
  for (const name of assignedNames(procedure.body)) {
    if (lowering.locals.has(name.text) || isTaken(lowering, name.text)) continue;
    const slot = lowering.slot(name.text);
    lowering.locals.set(name.text, slot);
    if (isInner) lowering.set(slot, { kind: "literal", value: unset, span: name.span }, name.span);
  }
  lowerStatements(lowering, procedure.body);
}

/** Whether the name means something that is no local. */
function isTaken(lowering: Lowering, name: string): boolean {
  const { owner } = lowering;
  return (
    owner.owned.includes(name) ||
    owner.objects.has(name) ||
    owner.typed.names.members.has(name) ||
    owner.constants.has(name)
  );
}

function lowerStatements(lowering: Lowering, statements: readonly Statement[]): void {
  for (const statement of statements) lowerStatement(lowering, statement);
}

function lowerStatement(lowering: Lowering, statement: Statement): void {
  switch (statement.kind) {
    case "assign": {
      const { slot, path } = lowerPlace(lowering, statement.target, statement.value);
      lowering.set(slot, lowerExpression(lowering, statement.value), statement.span, path);
      break;
    }
    case "evaluate":
      if (statement.expression.kind === "call") lowerCall(lowering, statement.expression, false);
      else lowerExpression(lowering, statement.expression);
      break;
    case "if":
      lowerIf(lowering, statement);
      break;
    case "while":
      lowerWhile(lowering, statement);
      break;
    case "for-range":
      lowerRange(lowering, statement);
      break;
    case "for-each":
      lowerEach(lowering, statement);
      break;
    case "block":
      lowerStatements(lowering, statement.body);
      break;
    case "break":
      lowering.loops.at(-1)!.breaks.push(lowering.jump());
      break;
    case "continue":
      lowering.loops.at(-1)!.continues.push(lowering.jump());
      break;
    case "return":
      lowerReturn(lowering, statement);
      break;
  }
}

/** The slot that `target` is a part of, and the way there. Keys are put by where the value assigned may change them. */
function lowerPlace(
  lowering: Lowering,
  target: Expression,
  value: Expression,
): { slot: number; path: Access[] } {
  if (target.kind === "field") {
    const { slot, path } = lowerPlace(lowering, target.of, value);
    return { slot, path: [...path, { kind: "field", name: target.name.text }] };
  }
  if (target.kind === "index") {
    const { slot, path } = lowerPlace(lowering, target.of, value);
    const type = lowering.typeOf(target.of);
    if (type.kind === "tuple" && target.key.kind === "integer") {
      return { slot, path: [...path, { kind: "component", index: target.key.value }] };
    }
    const key = lowerExpression(lowering, target.key);
    const kept = value.kind === "apply" && key.kind !== "literal" ? keep(lowering, key) : key;
    return { slot, path: [...path, { kind: "entry", key: kept, absent: lowering.absentOf(type) }] };
  }
  const place = lowerExpression(lowering, target);
  if (place.kind !== "slot") throw new Error("the checker lets only variables be assigned to");
  return { slot: place.slot, path: [] };
}

function lowerIf(lowering: Lowering, statement: Statement & { kind: "if" }): void {
  const ends: number[] = [];
  statement.branches.forEach((branch, i) => {
    const condition = lowerExpression(lowering, branch.condition);
    const skip = lowering.branch(condition, branch.condition.span);
    lowerStatements(lowering, branch.body);
    const isLast = i === statement.branches.length - 1 && statement.otherwise === undefined;
    if (!isLast) ends.push(lowering.jump());
    lowering.aim([skip], lowering.here);
  });
  lowerStatements(lowering, statement.otherwise ?? []);
  lowering.aim(ends, lowering.here);
}

function lowerWhile(lowering: Lowering, statement: Statement & { kind: "while" }): void {
  const start = lowering.here;
  const end = lowering.branch(lowerExpression(lowering, statement.condition), statement.condition.span);
  const { breaks, continues } = lowerLoopBody(lowering, statement.body);
  lowering.aim(continues, start);
  lowering.jump(start);
  lowering.aim([end, ...breaks], lowering.here);
}

/** `for i in a..b`: `i` is b at the end, and what it was at a `break`. */
function lowerRange(lowering: Lowering, statement: Statement & { kind: "for-range" }): void {
  const { span } = statement.variable;
  const [from, to] = lowerAll(lowering, [statement.from, statement.to]);
  const limit = to!.kind === "literal" ? to! : keep(lowering, to!);
  const { slot } = lowerPlace(lowering, nameExpression(statement.variable), statement.from);
  lowering.set(slot, from!, span);
  countUp(lowering, slot, limit, span, () => lowerLoopBody(lowering, statement.body));
}

/** `for x in list`: the list is evaluated once; the values come in the order of its keys. */
function lowerEach(lowering: Lowering, statement: Statement & { kind: "for-each" }): void {
  const { span } = statement.variable;
  const lowered = lowerExpression(lowering, statement.list);
  const list = isConstant(lowered) ? lowered : keep(lowering, lowered);
  const position = lowering.slot("#position");
  lowering.set(position, { kind: "literal", value: 0, span }, span);
  const length: Term =
    lowered.kind === "list"
      ? { kind: "literal", value: lowered.elements.length, span }
      : { kind: "apply", builtIn: "len", argument: list, span };
  const { slot } = lowerPlace(lowering, nameExpression(statement.variable), statement.list);
  countUp(lowering, position, length, span, () => {
    lowering.set(slot, { kind: "nth", of: list, position: lowering.term(position, span), span }, span);
    return lowerLoopBody(lowering, statement.body);
  });
}

/** Does `body` while the counter is below the limit, counting it up each time. */
function countUp(
  lowering: Lowering,
  counter: number,
  limit: Term,
  span: Span,
  body: () => { breaks: readonly number[]; continues: readonly number[] },
): void {
  const count = lowering.term(counter, span);
  const start = lowering.here;
  const end = lowering.branch({ kind: "binary", operator: "<", left: count, right: limit, span }, span);
  const { breaks, continues } = body();
  lowering.aim(continues, lowering.here);
  const one: Term = { kind: "literal", value: 1, span };
  lowering.set(counter, { kind: "binary", operator: "+", left: count, right: one, span }, span);
  lowering.jump(start);
  lowering.aim([end, ...breaks], lowering.here);
}

function lowerLoopBody(lowering: Lowering, body: readonly Statement[]) {
  const loop = { breaks: [], continues: [] };
  lowering.loops.push(loop);
  lowerStatements(lowering, body);
  lowering.loops.pop();
  return loop;
}

/** `return;` in a procedure gives the call up and answers FAIL; in a method it answers nothing. */
function lowerReturn(lowering: Lowering, statement: Statement & { kind: "return" }): void {
  const { span } = statement;
  const gaveUp = lowering.owner.place === "procedure" ? fail : nothingValue;
  const value: Term =
    statement.value === undefined
      ? { kind: "literal", value: gaveUp, span }
      : lowerExpression(lowering, statement.value);
  if (lowering.expansion === undefined) lowering.emit({ kind: "return", value, span });
  else {
    lowering.set(lowering.expansion.result, value, span);
    lowering.expansion.returns.push(lowering.jump());
  }
}

function isConstant(term: Term): boolean {
  return term.kind === "literal" || (term.kind === "list" && term.elements.every(isConstant));
}

function nameExpression(name: { text: string; span: Span }): Expression {
  return { kind: "name", name: name.text, isOwn: false, span: name.span };
}
