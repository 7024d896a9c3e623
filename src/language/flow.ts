import type { Ado, Dapp, Expression, Procedure } from "./ast.ts";
import type { Code } from "./code.ts";
import type { Source } from "./errors.ts";
import { evaluate } from "./evaluate.ts";
import { expandBody } from "./lower-body.ts";
import { emitCall } from "./lower-call.ts";
import { lowerExpression } from "./lower-expression.ts";
import { Lowering, type Owner } from "./lowering.ts";
import type { TypedDapp, TypedProgram } from "./typed.ts";
import type { ObjectInstance } from "./types.ts";
import { nothingValue, type Value } from "./values.ts";
import { expressionsIn } from "./visit.ts";

/** An application ready to run: its objects, its clients' variables, and its procedures as control-flow graphs. */
export interface Application {
  readonly name: string;
  /** Where the spans in it point to. */
  readonly source: Source;
  readonly objects: readonly CompiledObject[];
  readonly variables: readonly { readonly name: string; readonly initial: Value }[];
  readonly procedures: ReadonlyMap<string, Code>;
}

/** One object by name; the members of a family share `type`. */
export interface CompiledObject {
  readonly name: string;
  readonly type: CompiledAdo;
}

export interface CompiledAdo {
  readonly name: string;
  /** Where its methods are written. */
  readonly source: Source;
  readonly fields: readonly string[];
  /** The states in which the object may begin: one, unless a field begins as `any`. */
  readonly initialStates: readonly (readonly Value[])[];
  readonly methods: ReadonlyMap<string, Code>;
}

/** The procedures of the application `name`, with its constants given. `typed` must be free of errors.
 *  @throws Error if a constant has no value, or a family no members. */
export function compileProcedures(
  typed: TypedProgram,
  name: string,
  constants: ReadonlyMap<string, Value> = new Map(),
): Application {
  const dapp = typed.dapps.get(name);
  if (dapp === undefined) throw new Error(`there is no DApp called ${name}`);
  const owner = ownerOf(typed, dapp, withDeclared(typed, constants));
  const variables = dapp.declaration.variables.map((variable) => ({
    name: variable.name.text,
    initial: constantValue(owner, variable.initial),
  }));
  if (owner.requestSlot !== undefined) variables.push({ name: "#requests", initial: 0 });
  const procedures = dapp.declaration.procedures.map(
    (procedure) => [procedure.name.text, compileBody(owner, procedure)] as const,
  );
  return {
    name,
    source: typed.program,
    objects: objectsOf(typed, dapp.declaration, dapp, owner),
    variables,
    procedures: new Map(procedures),
  };
}

/** The ADO `name` as an application of its own: each method is a procedure that calls it at most once. */
export function compileObjectAlone(
  typed: TypedProgram,
  name: string,
  constants: ReadonlyMap<string, Value> = new Map(),
): Application {
  const { declaration, open } = typed.ados.get(name)!;
  const instance = { ado: name, substitution: new Map(open.map((key) => [key, typed.unifier.fresh()])) };
  const all = withDeclared(typed, constants);
  const asksRequest = declaration.methods.some((method) => asks(method));
  const owned = asksRequest ? ["#requests"] : [];
  const owner: Owner = { ...emptyOwner(typed, all), owned, ...(asksRequest ? { requestSlot: 0 } : {}) };
  const procedures = declaration.methods.map(
    (method) => [method.name.text, compileWrapper(owner, method)] as const,
  );
  return {
    name,
    source: typed.program,
    objects: [{ name, type: compileAdo(typed, instance, all) }],
    variables: owned.map((variable) => ({ name: variable, initial: 0 })),
    procedures: new Map(procedures),
  };
}

/** One use of an ADO: where it may begin, and its methods. Of the constants, objects know those that the program declares. */
export function compileAdo(
  typed: TypedProgram,
  instance: ObjectInstance,
  constants: ReadonlyMap<string, Value>,
): CompiledAdo {
  const { declaration, fields } = typed.ados.get(instance.ado)!;
  const declared = [...constants].filter(([name]) => typed.names.constants.has(name));
  const owner: Owner = {
    ...emptyOwner(typed, new Map(declared)),
    place: "method",
    substitution: instance.substitution,
    owned: [...fields.keys()],
  };
  return {
    name: instance.ado,
    source: typed.program,
    fields: owner.owned,
    initialStates: initialStatesOf(owner, declaration),
    methods: new Map(
      declaration.methods.map((method) => [method.name.text, compileBody(owner, method)] as const),
    ),
  };
}

/** The value of an expression that has only constants in it; `me` is the client it is evaluated for. */
export function constantValue(owner: Owner, expression: Expression, me?: number): Value {
  const term = lowerExpression(new Lowering(owner), expression);
  return evaluate(term, [], me === undefined ? {} : { me });
}

/** An owner that has nothing but constants. */
export function emptyOwner(typed: TypedProgram, constants: ReadonlyMap<string, Value>): Owner {
  return {
    typed,
    substitution: new Map(),
    constants,
    owned: [],
    place: "procedure",
    objects: new Map(),
    families: new Map(),
    procedures: new Map(),
    asksRequest: () => false,
  };
}

/** The constants of the program, those in `given` replaced or added. */
export function withDeclared(
  typed: TypedProgram,
  given: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const constants = new Map<string, Value>();
  for (const [name, constant] of typed.names.constants) {
    constants.set(name, given.get(name) ?? constantValue(emptyOwner(typed, constants), constant.value));
  }
  return new Map([...constants, ...given]);
}

/** What the bodies of an application are compiled against. */
export function ownerOf(typed: TypedProgram, dapp: TypedDapp, constants: ReadonlyMap<string, Value>): Owner {
  const objects = new Map<string, number>();
  const families = new Map<string, number[]>();
  for (const { name, family } of objectNames(dapp.declaration, constants)) {
    if (family !== undefined) families.set(family, [...(families.get(family) ?? []), objects.size]);
    objects.set(name, objects.size);
  }
  const asksRequest = (ado: string, method: string) =>
    typed.names.ados.get(ado)!.methods.some((m) => m.name.text === method && asks(m));
  const isAsked = [...dapp.objects.values()].some(({ instance }) =>
    typed.names.ados.get(instance.ado)!.methods.some(asks),
  );
  const variables = [...dapp.variables.keys()];
  return {
    ...emptyOwner(typed, constants),
    owned: isAsked ? [...variables, "#requests"] : variables,
    objects,
    families,
    procedures: new Map(dapp.declaration.procedures.map((procedure) => [procedure.name.text, procedure])),
    asksRequest,
    ...(isAsked ? { requestSlot: variables.length } : {}),
  };
}

/** The objects in the order of the head, each member of a family by itself. */
function objectNames(dapp: Dapp, constants: ReadonlyMap<string, Value>): { name: string; family?: string }[] {
  return dapp.objects.flatMap((object) => {
    if (object.kind === "object") return [{ name: object.name.text }];
    const { text } = object.count;
    const count = /^[0-9]+$/.test(text) ? Number(text) : constants.get(text);
    if (typeof count !== "number") throw new Error(`the constant ${text} has no value`);
    const family = object.stem.text;
    return Array.from({ length: count }, (_, i) => ({ name: `${family}_${i + 1}`, family }));
  });
}

function objectsOf(typed: TypedProgram, declaration: Dapp, dapp: TypedDapp, owner: Owner): CompiledObject[] {
  const types = new Map(
    [...dapp.objects].map(
      ([name, object]) => [name, compileAdo(typed, object.instance, owner.constants)] as const,
    ),
  );
  return objectNames(declaration, owner.constants).map(({ name, family }) => ({
    name,
    type: types.get(family ?? name)!,
  }));
}

function compileBody(owner: Owner, procedure: Procedure): Code {
  const lowering = new Lowering(owner);
  for (const parameter of procedure.parameters) lowering.parameter(parameter.name.text);
  expandBody(lowering, procedure);
  lowering.emit({
    kind: "return",
    value: { kind: "literal", value: nothingValue, span: procedure.span },
    span: procedure.span,
  });
  return lowering.code(procedure.name.text);
}

/** `proc m(args) { return o.m(args)?; }` */
function compileWrapper(owner: Owner, method: Procedure): Code {
  const lowering = new Lowering(owner);
  const { span } = method.name;
  for (const parameter of method.parameters) lowering.parameter(parameter.name.text);
  const parameters = method.parameters.map((_, i) => lowering.term(owner.owned.length + i, span));
  const result = lowering.slot(`#${method.name.text}`);
  emitCall(
    lowering,
    {
      object: { kind: "literal", value: 0, span },
      method: method.name.text,
      arguments: parameters,
      asksRequest: asks(method),
      result,
      span,
    },
    "?",
  );
  lowering.emit({ kind: "return", value: lowering.term(result, span), span });
  return lowering.code(method.name.text);
}

/** Whether the method looks at which call it answers. */
function asks(method: Procedure): boolean {
  return expressionsIn(method.body).some((expression) => expression.kind === "request");
}

/** Every combination of first values. */
function initialStatesOf(owner: Owner, ado: Ado): Value[][] {
  return ado.fields.reduce<Value[][]>(
    (states, field) => {
      const values = firstValues(owner, field.initial);
      return states.flatMap((state) => values.map((value) => [...state, value]));
    },
    [[]],
  );
}

function firstValues(owner: Owner, initial: Expression): Value[] {
  if (initial.kind !== "any") return [constantValue(owner, initial)];
  const type = owner.typed.unifier.look(owner.typed.types.get(initial)!);
  if (type.kind !== "enumeration") return [false, true];
  const { members } = owner.typed.names.enumerations.get(type.name)!;
  return members.map((member) => ({ kind: "member", name: member.text }));
}
