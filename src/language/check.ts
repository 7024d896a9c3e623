import type { Ado, Dapp, Expression, Name, Procedure, Program, RecordType, Variable } from "./ast.ts";
import { checkBody } from "./check-body.ts";
import { checkTheorem } from "./check-theorem.ts";
import { Checking } from "./checking.ts";
import { inOrder, type LanguageError } from "./errors.ts";
import { findFailing, mayFail } from "./failing.ts";
import { infer, inferAs } from "./infer.ts";
import { builtInOperations, builtIns, collectNames } from "./names.ts";
import { constantScope, type Scope } from "./scope.ts";
import type { Signature, TypedAdo, TypedDapp, TypedObject, TypedProgram } from "./typed.ts";
import type { Type } from "./types.ts";
import { appliedIn, statementsIn } from "./visit.ts";

export interface Checked {
  /** To be compiled only if there are no errors. */
  readonly typed: TypedProgram;
  /** Every error of names and types, in the order of the text. */
  readonly errors: readonly LanguageError[];
}

/** Resolves the names of `program`, infers its types, and judges its theorems. `client` is the type of the numbers of clients. */
export function checkProgram(program: Program, client?: Type): Checked {
  const { names, errors } = collectNames(program);
  const checking = new Checking(program, names, client);
  for (const record of names.records.values())
    checking.records.set(record.name.text, checkRecord(checking, record));
  for (const constant of names.constants.values()) infer(checking, constantScope, constant.value);
  for (const ado of names.ados.values()) checking.ados.set(ado.name.text, checkAdo(checking, ado));
  const dapps = new Map([...names.dapps].map(([name, dapp]) => [name, checkDapp(checking, dapp)] as const));
  const specifications = new Map(
    [...names.theorems.values()].flatMap((theorem) => {
      const specification = checkTheorem(checking, theorem, dapps);
      return specification === undefined ? [] : [[theorem, specification] as const];
    }),
  );
  const { ados, records, types, unifier } = checking;
  return {
    typed: { program, names, unifier, types, records, ados, dapps, specifications },
    errors: inOrder([...errors, ...checking.errors]),
  };
}

function checkRecord(checking: Checking, record: RecordType): (readonly [string, Type])[] {
  reportTwins(
    checking,
    record.fields.map((field) => field.name),
    "fields",
  );
  return record.fields.map((field) => [field.name.text, checking.typeOf(field.type)] as const);
}

function checkAdo(checking: Checking, ado: Ado): TypedAdo {
  const parameters = ado.parameters.map((parameter) => parameter.text);
  reportTwins(checking, ado.parameters, "type parameters");
  reportTwins(
    checking,
    ado.fields.map((field) => field.name),
    "fields",
  );
  reportTwins(
    checking,
    ado.methods.map((method) => method.name),
    "methods",
  );
  const fields = new Map(
    ado.fields.map((field) => [field.name.text, checkVariable(checking, field, parameters)] as const),
  );
  const methods = new Map(
    ado.methods.map((method) => [method.name.text, signatureOf(checking, method, parameters)] as const),
  );
  for (const method of ado.methods) {
    if (builtInOperations.includes(method.name.text)) {
      const hint = "every object has `pull` and `push` already";
      checking.error(method.name.span, `a method cannot be called \`${method.name.text}\``, hint);
    }
    const scope: Scope = { ...constantScope, place: "method", own: fields };
    checkBody(checking, scope, method, methods.get(method.name.text)!);
  }
  checking.settle();
  const left = new Set<number>();
  for (const type of fields.values()) checking.unifier.variablesOf(type, left);
  return { declaration: ado, fields, methods, open: [...parameters, ...[...left].map((id) => `#${id}`)] };
}

/** The type of a field or of a client's variable, from what is written and from its first value. */
function checkVariable(checking: Checking, variable: Variable, parameters: readonly string[]): Type {
  const type =
    variable.type === undefined ? checking.unifier.fresh() : checking.typeOf(variable.type, parameters);
  if (variable.initial.kind !== "any") {
    inferAs(checking, constantScope, variable.initial, type, "the first value");
    return type;
  }
  checking.types.set(variable.initial, type);
  const known = checking.unifier.look(type);
  if (known.kind !== "bool" && known.kind !== "enumeration") {
    const hint = "give it a type of few values: bool or an enumeration";
    checking.error(variable.initial.span, "`any` must be a bool or a member of an enumeration", hint);
  }
  return type;
}

function signatureOf(
  checking: Checking,
  procedure: Procedure,
  parameters: readonly string[] = [],
): Signature {
  return {
    parameters: procedure.parameters.map((parameter) =>
      parameter.type === undefined ? checking.unifier.fresh() : checking.typeOf(parameter.type, parameters),
    ),
    result: checking.unifier.fresh(),
  };
}

function checkDapp(checking: Checking, dapp: Dapp): TypedDapp {
  const objects = new Map<string, TypedObject>();
  for (const object of dapp.objects) {
    const instance = checking.instanceOf(object.type);
    if (instance === undefined) continue;
    if (object.kind === "object") objects.set(object.name.text, { instance });
    else objects.set(object.stem.text, { instance, count: object.count.text });
  }
  const own = [
    ...dapp.objects.map((o) => (o.kind === "object" ? o.name : o.stem)),
    ...dapp.variables.map((v) => v.name),
  ];
  reportTwins(checking, own, "objects or variables");
  reportTwins(
    checking,
    dapp.procedures.map((procedure) => procedure.name),
    "procedures",
  );
  const variables = new Map(
    dapp.variables.map((variable) => {
      if (variable.initial.kind === "any") {
        checking.error(
          variable.initial.span,
          "a client's variable begins in one way",
          "`any` is for `shared` fields",
        );
        return [variable.name.text, checking.unifier.fresh()] as const;
      }
      return [variable.name.text, checkVariable(checking, variable, [])] as const;
    }),
  );
  const constants = constantsOf(checking, dapp);
  const procedures = new Map(dapp.procedures.map((p) => [p.name.text, signatureOf(checking, p)] as const));
  const failing = findFailing(dapp);
  for (const procedure of dapp.procedures) {
    reportBuiltIn(checking, procedure.name);
    const scope: Scope = {
      ...constantScope,
      place: "procedure",
      own: variables,
      objects,
      constants,
      procedures,
      mayFail: (expression: Expression) => mayFail(expression, procedure, dapp, failing),
    };
    checkBody(checking, scope, procedure, procedures.get(procedure.name.text)!);
    reportRecursion(checking, dapp, procedure);
  }
  checking.settle();
  const members = checking.members.splice(0);
  checking.reportMissing(members, () => undefined);
  return { declaration: dapp, objects, constants, variables, procedures, failing, members };
}

/** What the application leaves open: how many objects its families have, and the capitalised names that bound a `for` and
 *  are declared nowhere. */
function constantsOf(checking: Checking, dapp: Dapp): Set<string> {
  const { constants, members } = checking.names;
  const found = new Set<string>();
  const add = (name: string) => {
    if (!constants.has(name) && !members.has(name)) found.add(name);
  };
  for (const object of dapp.objects) {
    if (object.kind === "family" && !/^[0-9]+$/.test(object.count.text)) add(object.count.text);
  }
  for (const statement of dapp.procedures.flatMap(({ body }) => statementsIn(body))) {
    if (statement.kind !== "for-range" || statement.to.kind !== "name" || statement.to.isOwn) continue;
    if (/^[A-Z][A-Z0-9_]*$/.test(statement.to.name)) add(statement.to.name);
  }
  return found;
}

/** Procedures are expanded where they are called, so none may lead back to itself. */
function reportRecursion(checking: Checking, dapp: Dapp, procedure: Procedure): void {
  const calls = (from: Procedure): Procedure[] => {
    const applied = appliedIn(from.body);
    return dapp.procedures.filter((candidate) => applied.has(candidate.name.text));
  };
  const reached = new Set<Procedure>();
  const waiting = calls(procedure);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...calls(next));
  }
  if (!reached.has(procedure)) return;
  const hint = "procedures are expanded where they are called; use a loop";
  checking.error(procedure.name.span, `\`${procedure.name.text}\` calls itself`, hint);
}

function reportBuiltIn(checking: Checking, name: Name): void {
  if (!(builtIns as readonly string[]).includes(name.text)) return;
  checking.error(name.span, `\`${name.text}\` is built in`, "choose another name for the procedure");
}

function reportTwins(checking: Checking, names: readonly Name[], what: string): void {
  const seen = new Map<string, Name>();
  for (const name of names) {
    const first = seen.get(name.text);
    if (first === undefined) seen.set(name.text, name);
    else {
      checking.error(
        name.span,
        `two ${what} are called \`${name.text}\``,
        `the first is in line ${first.span.line}`,
      );
    }
  }
}
