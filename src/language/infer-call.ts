import { didYouMean } from "../schema/suggestion.ts";
import type { Expression, OperationCall, Span } from "./ast.ts";
import { type Checking, counted } from "./checking.ts";
import { infer } from "./infer.ts";
import { builtInOperations, builtIns } from "./names.ts";
import { meaningOf, type Scope } from "./scope.ts";
import type { Signature, TypedAdo } from "./typed.ts";
import { int, nothing, type ObjectInstance, type Type, typeName } from "./types.ts";

/** `hash(k)`, `len(v)`, `the(x)`, or a procedure of the same application. */
export function inferApply(checking: Checking, scope: Scope, apply: Expression & { kind: "apply" }): Type {
  const { text, span } = apply.name;
  const given = apply.arguments.map((argument) => infer(checking, scope, argument));
  if (!apply.isOwn && (builtIns as readonly string[]).includes(text)) {
    return inferBuiltIn(checking, apply, given);
  }
  const signature = scope.place === "procedure" ? scope.procedures.get(text) : undefined;
  if (signature !== undefined) {
    checkArguments(checking, span, text, apply.arguments, given, signature);
    return signature.result;
  }
  if (scope.place === "method") {
    const hint =
      "a method is a function of the object's state and its arguments; only hash, len and the are there";
    checking.error(span, `a method cannot call \`${text}\``, didYouMean(text, builtIns) ?? hint);
  } else {
    const known = [...builtIns, ...(scope.place === "procedure" ? scope.procedures.keys() : [])];
    checking.unknown(
      span,
      "function or procedure",
      text,
      known,
      "operations are called on an object: `o.m(…)!`",
    );
  }
  return checking.unifier.fresh();
}

function inferBuiltIn(checking: Checking, apply: Expression & { kind: "apply" }, given: Type[]): Type {
  const { text, span } = apply.name;
  if (given.length !== 1) {
    checking.error(span, `\`${text}\` takes 1 argument, not ${given.length}`);
    return text === "the" ? checking.unifier.fresh() : int;
  }
  const [argument] = given;
  if (text === "len") {
    checking.postpone((isLast) => settleLength(checking, apply, argument!) || isLast);
    return int;
  }
  if (text === "hash") return int;
  const value = checking.unifier.fresh();
  checking.expect(
    apply.arguments[0]!.span,
    argument!,
    { kind: "option", of: value },
    "what `the` is applied to",
  );
  return value;
}

function settleLength(checking: Checking, apply: Expression & { kind: "apply" }, argument: Type): boolean {
  const known = checking.unifier.look(argument);
  if (known.kind === "variable") return false;
  if (known.kind !== "string" && known.kind !== "map") {
    const name = typeName(checking.unifier, known);
    checking.error(apply.arguments[0]!.span, `${name} has no length`, "strings and `[T]` have");
  }
  return true;
}

/** `o.m(args)` in any form, `o.pull()`, `o.push()`. */
export function inferCall(checking: Checking, scope: Scope, call: OperationCall): Type {
  const given = call.arguments.map((argument) => infer(checking, scope, argument));
  if (scope.place !== "procedure") {
    const hint =
      scope.place === "method"
        ? "a method is a function of the object's own state and its arguments; a DApp calls objects"
        : "a predicate looks at fields: `lk.owner`";
    checking.error(call.span, "objects are called from procedures only", hint);
    return checking.unifier.fresh();
  }
  const type = checking.unifier.look(infer(checking, scope, call.object, "object"));
  if (type.kind !== "object") {
    const isUnknown = call.object.kind === "name" && meaningOf(checking, scope, call.object) === undefined;
    if (!isUnknown) {
      const name = type.kind === "variable" ? "something else" : typeName(checking.unifier, type);
      const hint = "objects stand in the head of a DApp; go through several with `for`";
      checking.error(call.object.span, `only objects have operations, and this is ${name}`, hint);
    }
    return checking.unifier.fresh();
  }
  const ado = checking.ados.get(type.instance.ado)!;
  if (builtInOperations.includes(call.operation.text)) {
    return inferBuiltInOperation(checking, call, ado, type.instance);
  }
  const signature = methodOf(checking, ado, type.instance, call.operation.text);
  if (signature === undefined) {
    const known = [...ado.methods.keys(), ...builtInOperations];
    checking.unknown(call.operation.span, `method of ${type.instance.ado}`, call.operation.text, known);
    return checking.unifier.fresh();
  }
  checkArguments(checking, call.operation.span, call.operation.text, call.arguments, given, signature);
  return signature.result;
}

/** The method as `instance` has it; the variables that only the method knows are new each time. */
export function methodOf(
  checking: Checking,
  ado: TypedAdo,
  instance: ObjectInstance,
  name: string,
): Signature | undefined {
  const signature = ado.methods.get(name);
  return signature && checking.freshen(signature, instance.substitution, new Set());
}

function inferBuiltInOperation(
  checking: Checking,
  call: OperationCall,
  ado: TypedAdo,
  instance: ObjectInstance,
): Type {
  const { text, span } = call.operation;
  if (call.arguments.length > 0) checking.error(span, `\`${text}\` takes no arguments`);
  if (call.form !== "") {
    const hint = `\`${call.form}\` is for methods; repeat it yourself: \`while (o.${text}() == FAIL) {}\``;
    checking.error(span, `\`${text}\` has no form \`${call.form}\``, hint);
  }
  if (text === "pull") return { kind: "state", instance };
  return answerOf(checking, ado, instance);
}

/** What a push answers: the answer of the method committed last, whichever it was. Where the methods' answers have
 *  several types it cannot be told, and is taken for what the program makes of it. */
function answerOf(checking: Checking, ado: TypedAdo, instance: ObjectInstance): Type {
  const names = new Map<string, Type>();
  for (const method of ado.methods.keys()) {
    const { result } = methodOf(checking, ado, instance, method)!;
    if (checking.unifier.look(result).kind !== "nothing")
      names.set(typeName(checking.unifier, result), result);
  }
  if (names.size === 0) return nothing;
  return names.size === 1 ? [...names.values()][0]! : checking.unifier.fresh();
}

/** Reports unless `given` fits the parameters of `signature`. */
export function checkArguments(
  checking: Checking,
  at: Span,
  name: string,
  written: readonly { readonly span: Span }[],
  given: readonly Type[],
  signature: Signature,
): void {
  const { parameters } = signature;
  if (parameters.length !== given.length) {
    checking.error(
      at,
      `\`${name}\` takes ${counted(parameters.length, "argument")}, not ${given.length}`,
      parameters.length < given.length
        ? "leave out what it does not take"
        : "give a value for each parameter",
    );
    return;
  }
  parameters.forEach((parameter, i) => {
    const hint = `the body of \`${name}\` tells the type, or another call of it`;
    checking.expect(written[i]!.span, given[i]!, parameter, `argument ${i + 1} of \`${name}\``, hint);
  });
}
