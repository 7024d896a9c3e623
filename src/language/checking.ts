import { didYouMean } from "../schema/suggestion.ts";
import type { Expression, Program, Span, TypeExpression } from "./ast.ts";
import { errorAt, type LanguageError } from "./errors.ts";
import type { Names } from "./names.ts";
import type { FamilyMember, Signature, TypedAdo } from "./typed.ts";
import { bool, int, type ObjectInstance, string, type Type, typeName, Unifier } from "./types.ts";

/** Whether what it asks is known, so that what follows has been done. When asked for the last time it must do without. */
export type Question = (isLast: boolean) => boolean;

/** One run of the checker: what it has found out so far, and what is wrong. */
export class Checking {
  readonly program: Program;
  readonly names: Names;
  readonly unifier = new Unifier();
  readonly types = new Map<Expression, Type>();
  readonly ados = new Map<string, TypedAdo>();
  /** The fields of each record, in the order of their declaration. */
  readonly records = new Map<string, readonly (readonly [string, Type])[]>();
  readonly errors: LanguageError[] = [];
  /** The members of families named since they were last taken out. */
  readonly members: FamilyMember[] = [];
  /** The type of the numbers of clients. */
  readonly client: Type;
  readonly #postponed: Question[] = [];

  /** `client` is a type of its own where it is asked whether clients are numbers to the program, or no more than names. */
  constructor(program: Program, names: Names, client: Type = int) {
    this.program = program;
    this.names = names;
    this.client = client;
  }

  error(at: Span, message: string, hint?: string): void {
    this.errors.push(errorAt(this.program, at, message, hint));
  }

  /** Reports that nothing is called `name`. */
  unknown(at: Span, what: string, name: string, candidates: Iterable<string>, otherwise?: string): void {
    this.error(at, `there is no ${what} called \`${name}\``, didYouMean(name, candidates) ?? otherwise);
  }

  /** Reports the members that their families do not have; `countOf` knows the constants, as far as they are numbers. */
  reportMissing(members: readonly FamilyMember[], countOf: (constant: string) => number | undefined): void {
    for (const { name, stem, count, number, span } of members) {
      const isNumber = /^[0-9]+$/.test(count);
      const last = isNumber ? Number(count) : countOf(count);
      if (last === undefined || number <= last) continue;
      const where = isNumber ? "" : ` where ${count} = ${last}`;
      const known = last === 1 ? `the only one is ${stem}_1` : `the last one is ${stem}_${last}`;
      this.error(span, `there is no \`${name}\`${where}`, last === 0 ? "the family is empty" : known);
    }
  }

  /** Reports unless `found` can be `wanted`; `of` says what has the type. */
  expect(at: Span, found: Type, wanted: Type, of: string, hint = "a name has one type throughout"): void {
    const [isName, wasName] = [typeName(this.unifier, found), typeName(this.unifier, wanted)];
    if (!this.unifier.unify(found, wanted)) this.error(at, `${of} is ${isName}, not ${wasName}`, hint);
  }

  /** Asks `question` now, and again whenever more may be known, until it is settled. */
  postpone(question: Question): void {
    if (!question(false)) this.#postponed.push(question);
  }

  /** Settles all questions; those that nothing more is learnt about, as they see fit. */
  settle(): void {
    for (let isLast = false; this.#postponed.length > 0; ) {
      const waiting = this.#postponed.splice(0);
      const left = waiting.filter((question) => !question(isLast));
      this.#postponed.push(...(isLast ? [] : left));
      isLast = left.length === waiting.length;
    }
  }

  /** The type that `written` names. `parameters` are the type parameters in scope. */
  typeOf(written: TypeExpression, parameters: readonly string[] = []): Type {
    switch (written.kind) {
      case "option":
        return { kind: "option", of: this.typeOf(written.of, parameters) };
      case "product":
        return { kind: "tuple", elements: written.elements.map((e) => this.typeOf(e, parameters)) };
      case "map":
        return { kind: "map", key: this.unifier.fresh(), value: this.typeOf(written.of, parameters) };
      case "named":
        return this.#namedType(written, parameters);
    }
  }

  #namedType(written: TypeExpression & { kind: "named" }, parameters: readonly string[]): Type {
    const { text, span } = written.name;
    if (written.parameters.length > 0) {
      const hint = this.names.ados.has(text)
        ? "objects are not values: they stand in the head of a DApp"
        : undefined;
      this.error(span, `\`${text}\` takes no type parameters here`, hint);
    }
    if (parameters.includes(text)) return { kind: "parameter", name: text };
    const basic = basicTypes.get(text);
    // What is written as a number may be that of a client.
    if (basic !== undefined) return basic === int && this.client !== int ? this.unifier.fresh() : basic;
    if (this.names.records.has(text)) return { kind: "record", name: text };
    if (this.names.enumerations.has(text)) return { kind: "enumeration", name: text };
    if (this.names.ados.has(text)) {
      this.error(span, `\`${text}\` is an object, not a value`, "objects stand in the head of a DApp");
    } else {
      const known = [...basicTypes.keys(), ...this.names.records.keys(), ...this.names.enumerations.keys()];
      const hint = "types are int, N, bool, string, option T, T * T, [T], records and enumerations";
      this.unknown(span, "type", text, [...known, ...parameters], hint);
    }
    return this.unifier.fresh();
  }

  /** A use of the ADO that `written` names, with its type parameters filled in. */
  instanceOf(written: TypeExpression): ObjectInstance | undefined {
    if (written.kind !== "named" || !this.ados.has(written.name.text)) {
      if (written.kind === "named") {
        this.unknown(
          written.span,
          "ADO",
          written.name.text,
          this.ados.keys(),
          "declare it: `ADO Name { … }`",
        );
      } else this.error(written.span, "an application runs over objects", "name an ADO: `lk: DLock`");
      return undefined;
    }
    const ado = this.ados.get(written.name.text)!;
    const { parameters } = ado.declaration;
    if (parameters.length !== written.parameters.length) {
      const wants = parameters.length === 0 ? "no type parameters" : parameters.map((p) => p.text).join(", ");
      this.error(
        written.span,
        `\`${written.name.text}\` has ${counted(parameters.length, "type parameter")}, not ${written.parameters.length}`,
        `it takes ${wants}`,
      );
    }
    return this.instantiate(
      ado,
      written.parameters.map((parameter) => this.typeOf(parameter)),
    );
  }

  /** A use of `ado`; type arguments that are not given are found out later. */
  instantiate(ado: TypedAdo, typeArguments: readonly Type[] = []): ObjectInstance {
    const substitution = new Map(
      ado.open.map((name, i) => [name, typeArguments[i] ?? this.unifier.fresh()] as const),
    );
    return { ado: ado.declaration.name.text, substitution };
  }

  /** `signature` as one call of it sees it: variables that are nobody else's are made anew. */
  freshen(
    signature: Signature,
    substitution: ReadonlyMap<string, Type>,
    shared: ReadonlySet<number>,
  ): Signature {
    const all = new Map(substitution);
    for (const type of [...signature.parameters, signature.result]) {
      for (const id of this.unifier.variablesOf(type)) {
        if (!shared.has(id) && !all.has(`#${id}`)) all.set(`#${id}`, this.unifier.fresh());
      }
    }
    return {
      parameters: signature.parameters.map((type) => this.unifier.substitute(type, all)),
      result: this.unifier.substitute(signature.result, all),
    };
  }
}

const basicTypes = new Map<string, Type>([
  ["int", int],
  ["N", int],
  ["bool", bool],
  ["string", string],
]);

/** `1 argument`, `2 arguments`, `no argument`. */
export function counted(count: number, what: string): string {
  return `${count === 0 ? "no" : count} ${what}${count === 1 || count === 0 ? "" : "s"}`;
}
