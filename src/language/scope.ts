import type { Expression } from "./ast.ts";
import type { Checking } from "./checking.ts";
import { objectNamed, type Signature, type TypedObject } from "./typed.ts";
import { int, type Type } from "./types.ts";

/** What the words inside a body, a predicate or a constant mean. */
export interface Scope {
  readonly place: "method" | "procedure" | "predicate" | "constant" | "workload";
  /** Parameters, locals and quantified variables. */
  readonly locals: ReadonlyMap<string, Type>;
  /** The fields of the object or the variables of the client: `this.x`. */
  readonly own: ReadonlyMap<string, Type>;
  readonly objects: ReadonlyMap<string, TypedObject>;
  /** Constants that the application leaves to its theorems. */
  readonly constants: ReadonlySet<string>;
  readonly procedures: ReadonlyMap<string, Signature>;
  /** In a predicate: the names that stand for clients, and what each client has. */
  readonly clients: ReadonlySet<string>;
  readonly clientVariables: ReadonlyMap<string, Type>;
  /** Whether the expression may be FAIL. */
  readonly mayFail: (expression: Expression) => boolean;
}

/** The scope of a constant: members of enumerations and other constants only. */
export const constantScope: Scope = {
  place: "constant",
  locals: new Map(),
  own: new Map(),
  objects: new Map(),
  constants: new Set(),
  procedures: new Map(),
  clients: new Set(),
  clientVariables: new Map(),
  mayFail: () => false,
};

/** What a name means. Locals hide what the object or client owns, which hides members and constants. */
export type Meaning =
  | { readonly kind: "local" | "own" | "constant" | "member"; readonly type: Type }
  | { readonly kind: "object"; readonly type: Type };

export function meaningOf(
  checking: Checking,
  scope: Scope,
  name: Expression & { kind: "name" },
): Meaning | undefined {
  const local = name.isOwn ? undefined : scope.locals.get(name.name);
  if (local !== undefined) return { kind: "local", type: local };
  const own = scope.own.get(name.name);
  if (own !== undefined) return { kind: "own", type: own };
  const object = objectNamed(scope.objects, name.name);
  if (object !== undefined)
    return { kind: "object", type: { kind: "object", instance: object.object.instance } };
  if (name.isOwn) return undefined;
  const enumeration = checking.names.members.get(name.name);
  if (enumeration !== undefined) {
    return { kind: "member", type: { kind: "enumeration", name: enumeration.name.text } };
  }
  if (scope.constants.has(name.name)) return { kind: "constant", type: int };
  const constant = checking.names.constants.get(name.name);
  if (constant === undefined) return undefined;
  return { kind: "constant", type: checking.types.get(constant.value) ?? checking.unifier.fresh() };
}

/** Every word that could stand where a name stands. */
export function namesIn(checking: Checking, scope: Scope, isOwn: boolean): string[] {
  const own = [...scope.own.keys(), ...objectNames(scope)];
  if (isOwn) return own;
  const shared = [...checking.names.members.keys(), ...checking.names.constants.keys(), ...scope.constants];
  return [...scope.locals.keys(), ...own, ...shared];
}

function objectNames(scope: Scope): string[] {
  return [...scope.objects].flatMap(([name, object]) =>
    object.count === undefined ? [name] : [`${name}_1`, `${name}_${object.count}`],
  );
}
