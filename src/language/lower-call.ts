import type { CallForm, Expression, OperationCall, Procedure, Span } from "./ast.ts";
import type { Term } from "./code.ts";
import { expandBody } from "./lower-body.ts";
import { keep, lowerAll, lowerExpression } from "./lower-expression.ts";
import type { Lowering } from "./lowering.ts";
import { fail, nothingValue } from "./values.ts";

/** An operation on an object, in the form in which it is called. */
export function lowerCall(lowering: Lowering, call: OperationCall, isAnswerWanted: boolean): Term {
  const { span } = call;
  const [object, ...given] = lowerAll(lowering, [call.object, ...call.arguments]);
  const name = call.operation.text;
  const result = isAnswerWanted || call.form !== "" ? lowering.slot(`#${name}`) : -1;
  const answer: Term =
    result < 0 ? { kind: "literal", value: nothingValue, span } : lowering.term(result, span);
  if (name === "pull" || name === "push") {
    lowering.operation({ kind: name, object: object!, result, span });
    return answer;
  }
  const type = lowering.typeOf(call.object);
  const ado = type.kind === "object" ? type.instance.ado : "";
  const asksRequest = lowering.owner.asksRequest(ado, name);
  emitCall(
    lowering,
    { object: object!, method: name, arguments: given, asksRequest, result, span },
    call.form,
  );
  return answer;
}

export interface MethodCall {
  readonly object: Term;
  readonly method: string;
  readonly arguments: readonly Term[];
  readonly asksRequest: boolean;
  /** Where the answer goes; -1 for nowhere. */
  readonly result: number;
  readonly span: Span;
}

/** The loops that the form stands for. Published: at most once, at least once and exactly once in Much ADO about
 *  Failures (2021), section 3.2; the form `!` in its talk. */
export function emitCall(lowering: Lowering, call: MethodCall, form: CallForm): void {
  switch (form) {
    case "":
      emitInvoke(lowering, call, call.result);
      return;
    case "?":
      emitOnce(lowering, call);
      return;
    case "+":
    case "!!": {
      if (form === "!!") emitRequest(lowering, call);
      const start = lowering.here;
      emitOnce(lowering, call, form === "+");
      emitUntil(lowering, call, start);
      return;
    }
    case "!": {
      const pulling = lowering.here;
      lowering.operation({ kind: "pull", object: call.object, result: call.result, span: call.span });
      emitUntil(lowering, call, pulling);
      emitRequest(lowering, call);
      emitInvoke(lowering, call, -1, false);
      const pushing = lowering.here;
      lowering.operation({ kind: "push", object: call.object, result: call.result, span: call.span });
      emitUntil(lowering, call, pushing);
      return;
    }
  }
}

/** Pull; unless it failed, invoke and push. `result` is FAIL if either failed. */
function emitOnce(lowering: Lowering, call: MethodCall, isFreshRequest = true): void {
  const { object, result, span } = call;
  lowering.operation({ kind: "pull", object, result, span });
  const skip = lowering.branch(hasSucceeded(lowering, call), span);
  emitInvoke(lowering, call, -1, isFreshRequest);
  lowering.operation({ kind: "push", object, result, span });
  lowering.aim([skip], lowering.here);
}

/** Goes back to `start` while the answer is FAIL. */
function emitUntil(lowering: Lowering, call: MethodCall, start: number): void {
  const again = lowering.branch(hasSucceeded(lowering, call), call.span);
  lowering.aim([again], start);
}

function hasSucceeded(lowering: Lowering, call: MethodCall): Term {
  const { span } = call;
  const left = lowering.term(call.result, span);
  return { kind: "binary", operator: "!=", left, right: { kind: "literal", value: fail, span }, span };
}

function emitInvoke(lowering: Lowering, call: MethodCall, result: number, isFreshRequest = true): void {
  if (isFreshRequest) emitRequest(lowering, call);
  const { object, method, span } = call;
  const { requestSlot } = lowering.owner;
  const isIdentified = call.asksRequest && requestSlot !== undefined;
  const request: Term | undefined = isIdentified
    ? { kind: "tuple", elements: [{ kind: "me", span }, lowering.term(requestSlot, span)], span }
    : undefined;
  lowering.operation({
    kind: "invoke",
    object,
    method,
    arguments: call.arguments,
    ...(request === undefined ? {} : { request }),
    result,
    span,
  });
}

/** Numbers a new request, where the method asks for it. Only as late as the form allows, so that failed pulls leave no trace. */
function emitRequest(lowering: Lowering, call: MethodCall): void {
  const { requestSlot } = lowering.owner;
  if (!call.asksRequest || requestSlot === undefined) return;
  const { span } = call;
  const count = lowering.term(requestSlot, span);
  const one: Term = { kind: "literal", value: 1, span };
  lowering.set(requestSlot, { kind: "binary", operator: "+", left: count, right: one, span }, span);
}

/** A built-in function, or a procedure, which is expanded here. A variable handed over is the procedure's own parameter:
 *  what it assigns to it is assigned to the variable. */
export function lowerApply(lowering: Lowering, apply: Expression & { kind: "apply" }): Term {
  const { span } = apply;
  const name = apply.name.text;
  if (!apply.isOwn && (name === "hash" || name === "len" || name === "the")) {
    return { kind: "apply", builtIn: name, argument: lowerExpression(lowering, apply.arguments[0]!), span };
  }
  const procedure = lowering.owner.procedures.get(name)!;
  const given = lowerAll(lowering, apply.arguments);
  const parameters = new Map(
    procedure.parameters.map((parameter, i) => {
      const argument = given[i]!;
      const isVariable = apply.arguments[i]!.kind === "name" && argument.kind === "slot";
      const place = isVariable ? argument : keep(lowering, argument);
      return [parameter.name.text, (place as Term & { kind: "slot" }).slot] as const;
    }),
  );
  return expandProcedure(lowering, procedure, parameters, span);
}

function expandProcedure(
  lowering: Lowering,
  procedure: Procedure,
  parameters: Map<string, number>,
  span: Span,
): Term {
  const { locals, expansion } = lowering;
  const loops = lowering.loops.splice(0);
  const result = lowering.slot(`#${procedure.name.text}`);
  lowering.locals = parameters;
  lowering.expansion = { result, returns: [] };
  expandBody(lowering, procedure, true);
  lowering.set(result, { kind: "literal", value: nothingValue, span }, span);
  lowering.aim(lowering.expansion.returns, lowering.here);
  lowering.locals = locals;
  lowering.expansion = expansion;
  lowering.loops.push(...loops);
  return lowering.term(result, span);
}
