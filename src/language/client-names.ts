/**
 * Whether the clients of a theorem are interchangeable, and what an object's state is with other names for them. They are
 * if the program types with the numbers of clients a type of their own, of which nothing can be asked but whether two are
 * equal: a program that cannot tell clients apart does the same for all of them.
 */

import type { Expression, Procedure, Statement, Theorem, TypeExpression } from "./ast.ts";
import { checkProgram } from "./check.ts";
import type { Operation } from "./code.ts";
import type { Application } from "./flow.ts";
import { keepsPulled } from "./kept-states.ts";
import { objectNamed, type TypedProgram } from "./typed.ts";
import { client, type ObjectInstance, type Type } from "./types.ts";
import { compareValues, type MapValue, type RecordValue, type Value } from "./values.ts";
import { expressionsIn, statementsIn } from "./visit.ts";

/** The state of an object with the name `nameOf(c)` for client c. */
export type Restate = (state: readonly Value[], nameOf: (client: number) => number) => readonly Value[];

/** How clients are renamed in the state of each object, by its name; or why they cannot be. */
export type ClientNames = ((object: string) => Restate) | string;

/**
 * How clients are renamed in the states of a theorem's application. Only objects may keep the numbers of clients: neither
 * variables, arguments nor answers do.
 */
export function clientNames(typed: TypedProgram, theorem: Theorem, application: Application): ClientNames {
  const { subject } = theorem.claim;
  const names = new Set([theorem.name.text, ...usedBy(typed, theorem)]);
  const isUsed = ({ kind, name }: { kind: string; name: { text: string } }): boolean =>
    (kind !== "ado" && kind !== "dapp" && kind !== "theorem") || names.has(name.text);
  const declarations = typed.program.declarations.filter(isUsed);
  const checked = checkProgram({ ...typed.program, declarations }, client);
  const [error] = checked.errors;
  if (error !== undefined)
    return `clients are numbers to the program (line ${error.line}: ${error.message}), not only names that are kept and compared`;
  const naming = new Naming(checked.typed);
  const instanceOf = (object: string): ObjectInstance => {
    const dapp = checked.typed.dapps.get(subject.text);
    const known = dapp && objectNamed(dapp.objects, object)!.object.instance;
    return known ?? { ado: subject.text, substitution: new Map() };
  };
  const { objects, procedures } = application;
  const namesClients = ({ object }: Operation): boolean =>
    object.kind !== "literal" || naming.isIn(instanceOf(objects[object.value as number]!.name));
  const areKept = [...procedures.values()].some((code) => keepsPulled(code, namesClients));
  if (areKept)
    return "a variable keeps what a pull answered, which may name clients: ask for FAIL where it is pulled, as in `if (o.pull() == FAIL)`";
  if (!naming.isPlain(theorem))
    return "the numbers of clients are used elsewhere than in the fields of objects, or their order matters";
  return (object) => naming.restate(instanceOf(object));
}

/** The names of the application, its objects, and the specification. */
function usedBy({ names }: TypedProgram, { claim }: Theorem): string[] {
  const nameIn = (type: TypeExpression): string[] => (type.kind === "named" ? [type.name.text] : []);
  const objects = names.dapps.get(claim.subject.text)?.objects.flatMap(({ type }) => nameIn(type)) ?? [];
  return [claim.subject.text, ...objects, ...(claim.kind === "implements" ? [claim.specification.text] : [])];
}

class Naming {
  readonly #typed: TypedProgram;

  constructor(typed: TypedProgram) {
    this.#typed = typed;
  }

  /** Whether clients are named in the states of objects only, and nothing depends on their order. */
  isPlain({ claim, given }: Theorem): boolean {
    const { ados, dapps, types } = this.#typed;
    const keepsNone = (type: Type): boolean => !this.#mentions(type);
    const dapp = dapps.get(claim.subject.text);
    const specification = claim.kind === "implements" ? ados.get(claim.specification.text)! : undefined;
    const steps = given.flatMap((item) => (item.kind === "setting" ? [] : item.steps.flat()));
    const passed = [
      ...steps.flatMap((call) => call.arguments),
      ...(dapp?.declaration.procedures.flatMap(({ body }) => expressionsIn(body)) ?? []),
    ].flatMap((expression) => (isState(expression) ? [] : [types.get(expression)]));
    const kept = [
      ...(dapp?.variables.values() ?? []),
      ...[...ados.values()].flatMap(({ methods }) => [...methods.values()].map(({ result }) => result)),
    ];
    const bodies = [...ados.values()].flatMap(({ declaration }) => declaration.methods);
    const predicate = "predicate" in claim ? [claim.predicate] : [];
    return (
      [...passed, ...kept].every((type) => type === undefined || keepsNone(type)) &&
      bodies.every(({ body }) => this.#isUnordered(body)) &&
      this.#isUnordered(predicate) &&
      (specification === undefined || specification.declaration.methods.every(isAnonymous))
    );
  }

  /** Whether the states of an object may name clients. */
  isIn(instance: ObjectInstance): boolean {
    return this.#mentions({ kind: "state", instance });
  }

  restate({ ado, substitution }: ObjectInstance): Restate {
    const { ados, unifier } = this.#typed;
    const types = [...ados.get(ado)!.fields.values()].map((type) => unifier.substitute(type, substitution));
    return (state, nameOf) => state.map((value, i) => this.#rename(types[i]!, value, nameOf));
  }

  /** Whether no number is made of clients, and no order. */
  #isUnordered(tree: readonly (Expression | Statement)[]): boolean {
    const { types, unifier } = this.#typed;
    const isOrdered = (list: Expression): boolean => {
      const type = unifier.look(types.get(list)!);
      return type.kind !== "map" || !this.#mentions(type.key);
    };
    const statements = statementsIn(tree.filter((node): node is Statement => "kind" in node));
    return (
      statements.every((statement) => statement.kind !== "for-each" || isOrdered(statement.list)) &&
      expressionsIn(tree).every((expression) => {
        if (expression.kind === "apply" && expression.name.text === "hash")
          return !this.#mentions(types.get(expression.arguments[0]!)!);
        if (expression.kind !== "quantifier") return true;
        return expression.bindings.every(
          ({ domain }) => domain === undefined || domain.kind === "range" || isOrdered(domain.list),
        );
      })
    );
  }

  /** Whether a value of the type may name a client. */
  #mentions(type: Type, within: readonly string[] = []): boolean {
    const { unifier, records, ados } = this.#typed;
    const known = unifier.look(type);
    const inside = (part: Type): boolean => this.#mentions(part, within);
    switch (known.kind) {
      case "client":
      case "request":
        return true;
      case "option":
        return inside(known.of);
      case "tuple":
        return known.elements.some(inside);
      case "map":
        return inside(known.key) || inside(known.value);
      case "record":
        if (within.includes(known.name)) return false;
        return records.get(known.name)!.some(([, field]) => this.#mentions(field, [...within, known.name]));
      case "state": {
        const { ado, substitution } = known.instance;
        return [...ados.get(ado)!.fields.values()].some((field) =>
          inside(unifier.substitute(field, substitution)),
        );
      }
      default:
        return false;
    }
  }

  #rename(type: Type, value: Value, nameOf: (client: number) => number): Value {
    const { unifier, records } = this.#typed;
    const known = unifier.look(type);
    const renamed = (part: Type, of: Value): Value => this.#rename(part, of, nameOf);
    if (value === null || !this.#mentions(known)) return value;
    switch (known.kind) {
      case "client":
        return nameOf(value as number);
      case "request": {
        const [me, number] = value as [number, number];
        return [nameOf(me), number];
      }
      case "option":
        return { kind: "some", value: renamed(known.of, (value as { value: Value }).value) };
      case "tuple":
        return (value as readonly Value[]).map((element, i) => renamed(known.elements[i]!, element));
      case "map": {
        const entries = (value as MapValue).entries.map(
          ([key, entry]) => [renamed(known.key, key), renamed(known.value, entry)] as const,
        );
        return { kind: "map", entries: entries.sort(([a], [b]) => compareValues(a, b)) };
      }
      case "record": {
        const { name, fields } = value as RecordValue;
        const changed = records
          .get(name)!
          .map(([field, of]) => [field, renamed(of, fields[field]!)] as const);
        return { kind: "record", name, fields: Object.fromEntries(changed) };
      }
      default:
        return value;
    }
  }
}

/** What a pull shows, or the FAIL that it is compared with: what becomes of it is looked for in the compiled program. */
function isState(expression: Expression): boolean {
  return expression.kind === "fail" || (expression.kind === "call" && expression.operation.text === "pull");
}

/** Whether a method looks neither at who calls it nor at which call it answers. */
function isAnonymous({ body }: Procedure): boolean {
  return expressionsIn(body).every(({ kind }) => kind !== "me" && kind !== "request");
}
