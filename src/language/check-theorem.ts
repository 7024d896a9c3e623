import { didYouMean } from "../schema/suggestion.ts";
import {
  type Expression,
  type Given,
  MOST_TIMES,
  type Name,
  type Setting,
  type Theorem,
  type WorkloadCall,
} from "./ast.ts";
import { type Checking, counted } from "./checking.ts";
import { infer, inferAs } from "./infer.ts";
import { checkArguments, methodOf } from "./infer-call.ts";
import { constantScope, type Scope } from "./scope.ts";
import type { Signature, TypedAdo, TypedDapp } from "./typed.ts";
import { bool, type ObjectInstance, type Type, typeName } from "./types.ts";

/** The bounds that every theorem may give. */
export const bounds = ["clients", "times", "calls", "methods", "fails", "crashes", "lost"] as const;

/** Checks one theorem; answers the use of the specification that an `implements` compares with. */
export function checkTheorem(
  checking: Checking,
  theorem: Theorem,
  dapps: ReadonlyMap<string, TypedDapp>,
): ObjectInstance | undefined {
  const subject = subjectOf(checking, theorem, dapps);
  if (subject === undefined) {
    for (const given of theorem.given) checkSettingValue(checking, given);
    return undefined;
  }
  checkSettings(checking, theorem, subject);
  const specification = checkClaim(checking, theorem, subject);
  const members = [...(subject.dapp?.members ?? []), ...checking.members.splice(0)];
  checking.reportMissing(members, (constant) => givenNumber(checking, theorem, constant));
  return specification;
}

/** The number that a constant has in a theorem, if it is written as one. */
function givenNumber(checking: Checking, theorem: Theorem, constant: string): number | undefined {
  const settings = theorem.given.filter((given) => given.kind === "setting");
  const setting = settings.find(({ name }) => name.text === constant);
  const value = setting?.value ?? checking.names.constants.get(constant)?.value;
  return value?.kind === "integer" ? value.value : undefined;
}

function checkClaim(checking: Checking, theorem: Theorem, subject: Subject): ObjectInstance | undefined {
  const calls = theorem.given.flatMap((given) => (given.kind === "setting" ? [] : given.steps.flat()));
  const signatures = checkCalls(checking, calls, subject);
  if (theorem.expected === "violated" && theorem.claim.kind === "sometimes") {
    const { text, span } = theorem.name;
    const message = "no single run is a counterexample to `sometimes`";
    checking.error(span, message, `write \`theorem ${text}: never …\`, with the same predicate`);
  }
  switch (theorem.claim.kind) {
    case "implements":
      return checkImplements(checking, theorem.claim.specification, calls, signatures, subject);
    case "returns":
      return undefined;
    default:
      inferAs(checking, predicateScope(subject), theorem.claim.predicate, bool, "a predicate");
      checking.settle();
      return undefined;
  }
}

/** What a theorem is about: an application, or an object whose methods are called directly, each at most once. */
interface Subject {
  readonly name: Name;
  readonly dapp?: TypedDapp;
  readonly instance?: ObjectInstance;
  readonly procedures: ReadonlyMap<string, Signature>;
  readonly constants: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, Type>;
}

function subjectOf(
  checking: Checking,
  theorem: Theorem,
  dapps: ReadonlyMap<string, TypedDapp>,
): Subject | undefined {
  const name = theorem.claim.subject;
  const dapp = dapps.get(name.text);
  if (dapp !== undefined) {
    return { name, dapp, procedures: dapp.procedures, constants: dapp.constants, fields: new Map() };
  }
  const ado = checking.ados.get(name.text);
  if (ado !== undefined) return objectSubject(checking, name, ado);
  const known = [...dapps.keys(), ...checking.ados.keys()];
  checking.unknown(name.span, "DApp or ADO", name.text, known, "declare it: `DApp Name(…) { … }`");
  return undefined;
}

function objectSubject(checking: Checking, name: Name, ado: TypedAdo): Subject {
  const instance = checking.instantiate(ado);
  const procedures = new Map(
    [...ado.methods.keys()].map((method) => [method, methodOf(checking, ado, instance, method)!] as const),
  );
  const fields = new Map(
    [...ado.fields].map(
      ([field, type]) => [field, checking.unifier.substitute(type, instance.substitution)] as const,
    ),
  );
  return { name, instance, procedures, constants: new Set(), fields };
}

function predicateScope(subject: Subject): Scope {
  return {
    ...constantScope,
    place: "predicate",
    own: subject.fields,
    objects: subject.dapp?.objects ?? new Map(),
    constants: subject.constants,
    clientVariables: subject.dapp?.variables ?? new Map(),
  };
}

function checkSettingValue(checking: Checking, given: Given): void {
  if (given.kind === "setting") infer(checking, constantScope, given.value);
}

/** Bounds and constants: known, given once, numbers where numbers belong, none missing. */
function checkSettings(checking: Checking, theorem: Theorem, subject: Subject): void {
  const settings = new Map<string, Setting>();
  for (const given of theorem.given) {
    if (given.kind !== "setting") continue;
    checkSetting(checking, given, subject);
    if (settings.has(given.name.text))
      checking.error(given.name.span, `\`${given.name.text}\` is given twice`);
    settings.set(given.name.text, given);
  }
  for (const bound of theorem.protocol?.bounds ?? []) checkCount(checking, bound);
  const clients = settings.get("clients");
  const examples = new Map([
    ["clients", "clients = 2"],
    ["times", "times = 3"],
  ]);
  for (const [name, example] of examples) {
    if (settings.has(name) || (name === "times" && theorem.protocol !== undefined)) continue;
    checking.error(
      theorem.name.span,
      `this theorem does not say how many ${name} there are`,
      `add \`${example}\``,
    );
  }
  for (const constant of subject.constants) {
    if (settings.has(constant)) continue;
    const message = `this theorem gives no value for \`${constant}\` of ${subject.name.text}`;
    checking.error(theorem.name.span, message, `add \`${constant} = 2\` to what is given`);
  }
  checkWorkloads(checking, theorem, clients?.value);
}

function checkSetting(checking: Checking, setting: Setting, subject: Subject): void {
  const { text, span } = setting.name;
  const declared = checking.names.constants.get(text);
  if (declared !== undefined) {
    const type = checking.types.get(declared.value) ?? checking.unifier.fresh();
    inferAs(checking, constantScope, setting.value, type, `the constant \`${text}\``);
  } else if ((bounds as readonly string[]).includes(text) || subject.constants.has(text)) {
    checkCount(checking, setting);
  } else {
    infer(checking, constantScope, setting.value);
    const known = [...bounds, ...subject.constants, ...checking.names.constants.keys()];
    checking.unknown(span, "bound or constant", text, known, `bounds are ${bounds.join(", ")}`);
  }
}

function checkCount(checking: Checking, setting: Setting): void {
  infer(checking, constantScope, setting.value);
  const { text } = setting.name;
  const least = ["clients", "times", "calls"].includes(text) ? 1 : 0;
  const most = text === "times" ? MOST_TIMES : Number.POSITIVE_INFINITY;
  const { value } = setting;
  if (value.kind === "integer" && value.value >= least && value.value <= most) return;
  const range = most < Number.POSITIVE_INFINITY ? `from ${least} to ${most}` : `of at least ${least}`;
  const message = `\`${text}\` must be a number ${range}`;
  checking.error(value.span, message, `write \`${text} = 2\``);
}

function checkWorkloads(checking: Checking, theorem: Theorem, clients: Expression | undefined): void {
  const workloads = theorem.given.filter((given) => given.kind !== "setting");
  if (workloads.length === 0) {
    const hint = "add `each p() | q()`, or `client 1 p() then q()`";
    checking.error(theorem.name.span, "this theorem does not say what the clients call", hint);
  }
  const count = clients?.kind === "integer" ? clients.value : Number.POSITIVE_INFINITY;
  const seen = new Set<number>();
  for (const given of workloads) {
    const client = given.kind === "client" ? given.client : 0;
    if (seen.has(client)) {
      const whose = client === 0 ? "`each`" : `client ${client}`;
      checking.error(
        given.span,
        `the workload of ${whose} is given twice`,
        "join the calls with `then` or `|`",
      );
    }
    seen.add(client);
    if (given.kind === "client" && (client < 1 || client > count)) {
      checking.error(given.span, `there is no client ${client}`, `clients are numbered from 1 to ${count}`);
    }
  }
  if (seen.size === 0 || seen.has(0) || count === Number.POSITIVE_INFINITY) return;
  for (let client = 1; client <= count; client++) {
    if (seen.has(client)) continue;
    const hint = `say what it calls: \`client ${client} …\`, or \`each …\` for all that are not named`;
    checking.error(theorem.name.span, `client ${client} has no calls`, hint);
    return;
  }
}

/** The signatures of the procedures that the clients call, by name, as each call sees them; none where there is no such
 *  procedure. */
function checkCalls(
  checking: Checking,
  calls: readonly WorkloadCall[],
  subject: Subject,
): (Signature | undefined)[] {
  const shared = new Set<number>();
  const { dapp } = subject;
  for (const type of dapp?.variables.values() ?? []) checking.unifier.variablesOf(type, shared);
  for (const { instance } of dapp?.objects.values() ?? []) {
    for (const type of instance.substitution.values()) checking.unifier.variablesOf(type, shared);
  }
  return calls.map((call) => {
    const scope: Scope = { ...constantScope, place: "workload", constants: subject.constants };
    const given = call.arguments.map((argument) => infer(checking, scope, argument));
    const { text, span } = call.procedure;
    const signature = subject.procedures.get(text);
    if (signature === undefined) {
      const what = dapp === undefined ? "method" : "procedure";
      const known = [...subject.procedures.keys()];
      checking.unknown(span, `${what} of ${subject.name.text}`, text, known, `it has ${known.join(", ")}`);
      return undefined;
    }
    const seen = dapp === undefined ? signature : checking.freshen(signature, new Map(), shared);
    checkArguments(checking, span, text, call.arguments, given, seen);
    return seen;
  });
}

/** Each procedure called is a method of the specification with the same arguments and answer; procedures that answer
 *  nothing and have no counterpart are not part of the history. */
function checkImplements(
  checking: Checking,
  name: Name,
  calls: readonly WorkloadCall[],
  signatures: readonly (Signature | undefined)[],
  subject: Subject,
): ObjectInstance | undefined {
  if (subject.dapp === undefined) {
    const hint = "an object is a specification by itself; name the DApp that stands in for it";
    checking.error(subject.name.span, `${subject.name.text} is an object, not an application`, hint);
  }
  const ado = checking.ados.get(name.text);
  if (ado === undefined) {
    checking.unknown(name.span, "ADO", name.text, checking.ados.keys(), "a specification is an ADO");
    return undefined;
  }
  const open = ado.declaration.fields.find((field) => field.initial.kind === "any");
  if (open !== undefined) {
    const hint = `give \`${open.name.text}\` a value, or make another ADO the specification`;
    checking.error(name.span, `a specification begins in one state, and ${name.text} has \`any\``, hint);
  }
  const instance = checking.instantiate(ado);
  let compared = 0;
  calls.forEach((call, i) => {
    const signature = signatures[i];
    if (signature === undefined || checkCounterpart(checking, call, signature, ado, instance)) compared++;
  });
  if (compared === 0 && calls.length > 0) {
    checking.error(
      name.span,
      `no call of this theorem is a method of ${name.text}`,
      `it has ${[...ado.methods.keys()].join(", ")}`,
    );
  }
  return instance;
}

function checkCounterpart(
  checking: Checking,
  call: WorkloadCall,
  signature: Signature,
  ado: TypedAdo,
  instance: ObjectInstance,
): boolean {
  const { text, span } = call.procedure;
  const { unifier } = checking;
  const method = methodOf(checking, ado, instance, text);
  if (method === undefined) {
    if (unifier.look(signature.result).kind !== "nothing") {
      const hint =
        didYouMean(text, ado.methods.keys()) ??
        "only procedures that answer nothing are left out of the history";
      checking.error(span, `the specification ${instance.ado} has no method \`${text}\``, hint);
    }
    return false;
  }
  if (method.parameters.length !== signature.parameters.length) {
    const count = counted(method.parameters.length, "argument");
    checking.error(span, `\`${text}\` of ${instance.ado} takes ${count}, not ${signature.parameters.length}`);
    return true;
  }
  const mine = typeName(unifier, signature.result);
  const theirs = typeName(unifier, method.result);
  if (!unifier.unify(signature.result, method.result)) {
    const hint = "application and specification answer alike";
    checking.error(span, `\`${text}\` answers ${mine}, and that of ${instance.ado} ${theirs}`, hint);
  }
  method.parameters.forEach((parameter, i) => {
    checking.expect(span, signature.parameters[i]!, parameter, `argument ${i + 1} of \`${text}\``);
  });
  return true;
}
