import type { Ado, Dapp, Expression, Program, Span, Theorem } from "./ast.ts";
import type { Names } from "./names.ts";
import type { ObjectInstance, Type, Unifier } from "./types.ts";

/** A program whose names are resolved and whose expressions have types. `flow.ts` compiles it. */
export interface TypedProgram {
  readonly program: Program;
  readonly names: Names;
  readonly unifier: Unifier;
  readonly types: ReadonlyMap<Expression, Type>;
  /** The fields of each record, in the order of their declaration. */
  readonly records: ReadonlyMap<string, readonly (readonly [string, Type])[]>;
  readonly ados: ReadonlyMap<string, TypedAdo>;
  readonly dapps: ReadonlyMap<string, TypedDapp>;
  /** The specification that each `implements` compares with, its types filled in by the application. */
  readonly specifications: ReadonlyMap<Theorem, ObjectInstance>;
}

export interface TypedAdo {
  readonly declaration: Ado;
  readonly fields: ReadonlyMap<string, Type>;
  readonly methods: ReadonlyMap<string, Signature>;
  /** What a use of the object fills in: its type parameters, and the variables its fields leave open as `#id`. */
  readonly open: readonly string[];
}

export interface TypedDapp {
  readonly declaration: Dapp;
  readonly objects: ReadonlyMap<string, TypedObject>;
  /** Constants that every theorem about the application gives: counts of families, and bounds of `for` that are
   *  declared nowhere. */
  readonly constants: ReadonlySet<string>;
  readonly variables: ReadonlyMap<string, Type>;
  readonly procedures: ReadonlyMap<string, Signature>;
  /** What may be FAIL: `procedure.local`, `this.variable`, and `procedure` for its answer. */
  readonly failing: ReadonlySet<string>;
  /** The single members of families that its procedures name. */
  readonly members: readonly FamilyMember[];
}

/** One member of a family by its number, such as `rm_2`: which theorem has it depends on the count. */
export interface FamilyMember {
  readonly name: string;
  readonly stem: string;
  /** A number, or the name of a constant. */
  readonly count: string;
  readonly number: number;
  readonly span: Span;
}

/** An object parameter by its name, or a family by its stem; then `count` is a number or the name of a constant. */
export interface TypedObject {
  readonly instance: ObjectInstance;
  readonly count?: string;
}

export interface Signature {
  readonly parameters: readonly Type[];
  readonly result: Type;
}

/** The object or family that `name` means: `lk`, `rm_1`, `rm_n`. Numbers above the count are found when it is known. */
export function objectNamed(
  objects: ReadonlyMap<string, TypedObject>,
  name: string,
): { object: TypedObject; stem: string; index?: string } | undefined {
  const single = objects.get(name);
  if (single !== undefined && single.count === undefined) return { object: single, stem: name };
  const cut = name.lastIndexOf("_");
  const family = objects.get(name.slice(0, Math.max(0, cut)));
  const index = name.slice(cut + 1);
  if (family?.count === undefined) return undefined;
  if (index !== family.count && !/^[1-9][0-9]*$/.test(index)) return undefined;
  return { object: family, stem: name.slice(0, cut), index };
}
