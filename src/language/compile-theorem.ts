import type { Given, Setting, Theorem, WorkloadStep } from "./ast.ts";
import { bounds as boundNames } from "./check-theorem.ts";
import { type ClientNames, clientNames } from "./client-names.ts";
import type { Term } from "./code.ts";
import { EvaluationError, evaluateTruth } from "./evaluate.ts";
import type { World } from "./evaluate-world.ts";
import {
  type Application,
  type CompiledAdo,
  compileAdo,
  compileObjectAlone,
  compileProcedures,
  constantValue,
  emptyOwner,
  ownerOf,
  withDeclared,
} from "./flow.ts";
import { lowerExpression } from "./lower-expression.ts";
import { Lowering, type Owner } from "./lowering.ts";
import { printTheoremLine } from "./print.ts";
import { printExpression } from "./print-expression.ts";
import type { Fault } from "./run.ts";
import type { TypedDapp, TypedProgram } from "./typed.ts";
import { unset, type Value } from "./values.ts";
import { expressionsIn, statementsIn } from "./visit.ts";

/** A theorem as a run needs it. */
export interface CompiledTheorem {
  readonly name: string;
  readonly expected: "holds" | "violated";
  readonly application: Application;
  /** Whether what clients do depends on nothing that a leader may say who was deposed; see {@link trustsPushesOnly}. */
  readonly trustsPushesOnly: boolean;
  readonly claim: CompiledClaim;
  /** By client, from 1: its calls in order; each is one of several alternatives. */
  readonly workloads: readonly (readonly (readonly CompiledCall[])[])[];
  readonly bounds: Bounds;
  /** What it claims, and what is given besides the bounds, in one line. */
  readonly text: string;
  readonly protocol?: { readonly name: string; readonly bounds: ReadonlyMap<string, number> };
  /** How clients are renamed, where all are interchangeable. Found out when it is asked. */
  readonly clientNames: () => ClientNames;
}

export type CompiledClaim =
  | { readonly kind: "implements"; readonly specification: CompiledAdo }
  | { readonly kind: "always" | "never" | "sometimes"; readonly predicate: Predicate }
  | { readonly kind: "returns" };

export interface Predicate {
  readonly term: Term;
  /** As it is written, in one line. */
  readonly text: string;
  /** How many locals its quantifiers need. */
  readonly locals: number;
}

export interface CompiledCall {
  readonly procedure: string;
  readonly arguments: readonly Value[];
}

/** `calls` is part of the workloads already. What is not given is not bounded, save faults: those do not happen. */
export interface Bounds {
  readonly clients: number;
  readonly times?: number;
  readonly methods?: number;
  readonly fails?: number;
  readonly crashes: number;
  readonly lost: number;
}

/** Compiles one theorem of a program that is free of errors. */
export function compileTheorem(typed: TypedProgram, theorem: Theorem): CompiledTheorem {
  const settings = theorem.given.filter((given): given is Setting => given.kind === "setting");
  const plain = emptyOwner(typed, withDeclared(typed, new Map()));
  const given = new Map(
    settings.map((setting) => [setting.name.text, constantValue(plain, setting.value)] as const),
  );
  const isBound = (name: string) => (boundNames as readonly string[]).includes(name);
  const constants = new Map([...given].filter(([name]) => !isBound(name)));
  const bounds = boundsOf(given);
  const subject = theorem.claim.subject.text;
  const isObject = !typed.dapps.has(subject);
  const application = isObject
    ? compileObjectAlone(typed, subject, constants)
    : compileProcedures(typed, subject, constants);
  const owner = emptyOwner(typed, withDeclared(typed, constants));
  const protocol = theorem.protocol;
  const workloads = Array.from({ length: bounds.clients }, (_, i) =>
    compileWorkload(owner, theorem.given, i + 1, given.get("calls") as number | undefined),
  );
  return {
    name: theorem.name.text,
    expected: theorem.expected,
    application,
    trustsPushesOnly: isObject || trustsPushesOnly(typed.dapps.get(subject)!, bounds.clients),
    claim: compileClaim(typed, theorem, owner.constants),
    workloads,
    clientNames: () => whyUnlike(workloads) ?? clientNames(typed, theorem, application),
    bounds,
    text: printTheoremLine({
      ...theorem,
      ...(protocol === undefined ? {} : { protocol: { ...protocol, bounds: [] } }),
      given: theorem.given.filter((item) => item.kind !== "setting" || !isBound(item.name.text)),
    }),
    ...(protocol === undefined
      ? {}
      : { protocol: { name: protocol.name.text, bounds: numbersOf(plain, protocol.bounds) } }),
  };
}

/** Why the calls of clients tell them apart, if they do. */
function whyUnlike(workloads: CompiledTheorem["workloads"]): string | undefined {
  if (workloads.length === 1) return "it has one client only";
  const isShared = workloads.every((workload) => JSON.stringify(workload) === JSON.stringify(workloads[0]));
  return isShared ? undefined : "its clients make different calls";
}

/** Whether the predicate holds in `world`. */
export function evaluatePredicate(predicate: Predicate, world: World): boolean | Fault {
  try {
    return evaluateTruth(predicate.term, new Array<Value>(predicate.locals).fill(unset), { world });
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    return { kind: "fault", message: error.message, span: error.span };
  }
}

/**
 * Whether all operations have a calling form. A form pulls, invokes and pushes, and what comes of it is the push's answer or
 * FAIL; so it is all the same whether a client that cannot push any more learns so from its pull, its invocation or its push.
 * A client that is alone is not deposed, but its node may crash: it only must not look at what an invocation answers.
 */
function trustsPushesOnly({ declaration }: TypedDapp, clients: number): boolean {
  return declaration.procedures.every(({ body }) => {
    const unread = statementsIn(body).flatMap((one) => (one.kind === "evaluate" ? [one.expression] : []));
    return expressionsIn(body).every((expression) => {
      if (expression.kind !== "call" || expression.form !== "") return true;
      const { text } = expression.operation;
      return clients === 1 && (text === "pull" || text === "push" || unread.includes(expression));
    });
  });
}

function boundsOf(given: ReadonlyMap<string, Value>): Bounds {
  const optional = (name: "times" | "methods" | "fails") =>
    given.has(name) ? { [name]: given.get(name) as number } : {};
  return {
    clients: given.get("clients") as number,
    ...optional("times"),
    ...optional("methods"),
    ...optional("fails"),
    crashes: (given.get("crashes") as number | undefined) ?? 0,
    lost: (given.get("lost") as number | undefined) ?? 0,
  };
}

function numbersOf(owner: Owner, settings: readonly Setting[]): ReadonlyMap<string, number> {
  return new Map(
    settings.map((setting) => [setting.name.text, constantValue(owner, setting.value) as number]),
  );
}

/** The calls of one client: its own, or what each does; `calls` repeats the last step, or cuts the sequence short. */
function compileWorkload(
  owner: Owner,
  given: readonly Given[],
  client: number,
  calls: number | undefined,
): CompiledCall[][] {
  const own = given.find((item) => item.kind === "client" && item.client === client);
  const each = given.find((item) => item.kind === "each");
  const compile = (step: WorkloadStep) =>
    step.map((call) => ({
      procedure: call.procedure.text,
      arguments: call.arguments.map((argument) => constantValue(owner, argument, client)),
    }));
  if (own?.kind === "client") return own.steps.map(compile);
  const steps = each?.kind === "each" ? each.steps.map(compile) : [];
  const count = steps.length === 0 ? 0 : (calls ?? steps.length);
  return Array.from({ length: count }, (_, i) => steps[Math.min(i, steps.length - 1)]!);
}

function compileClaim(
  typed: TypedProgram,
  theorem: Theorem,
  constants: ReadonlyMap<string, Value>,
): CompiledClaim {
  const { claim } = theorem;
  if (claim.kind === "returns") return { kind: "returns" };
  if (claim.kind === "implements") {
    const instance = typed.specifications.get(theorem)!;
    return { kind: "implements", specification: compileAdo(typed, instance, constants) };
  }
  const lowering = new Lowering(predicateOwner(typed, claim.subject.text, constants));
  const term = lowerExpression(lowering, claim.predicate);
  return {
    kind: claim.kind,
    predicate: { term, text: printExpression(claim.predicate), locals: lowering.slotCount },
  };
}

function predicateOwner(typed: TypedProgram, subject: string, constants: ReadonlyMap<string, Value>): Owner {
  const dapp = typed.dapps.get(subject);
  const base = dapp === undefined ? emptyOwner(typed, constants) : ownerOf(typed, dapp, constants);
  return {
    ...base,
    place: "predicate",
    owned: [],
    procedures: new Map(),
    clientVariables: dapp === undefined ? [] : [...dapp.variables.keys()],
    ...(dapp === undefined ? { objectFields: [...typed.ados.get(subject)!.fields.keys()] } : {}),
  };
}
