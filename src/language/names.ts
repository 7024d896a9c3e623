import type { Ado, Constant, Dapp, Enumeration, Name, Program, RecordType, Theorem } from "./ast.ts";
import { errorAt, type LanguageError } from "./errors.ts";

/** What the declarations of a program are called. Types (ADO, enum, record) and values (enumeration members,
 *  constants) live in spaces of their own, so `N` may be both. */
export interface Names {
  readonly ados: ReadonlyMap<string, Ado>;
  readonly dapps: ReadonlyMap<string, Dapp>;
  readonly enumerations: ReadonlyMap<string, Enumeration>;
  readonly records: ReadonlyMap<string, RecordType>;
  readonly constants: ReadonlyMap<string, Constant>;
  readonly theorems: ReadonlyMap<string, Theorem>;
  /** The enumeration that each member belongs to. */
  readonly members: ReadonlyMap<string, Enumeration>;
}

/** Functions that every program has. */
export const builtIns = ["hash", "len", "the"] as const;

/** Operations that every object has. */
export const builtInOperations: readonly string[] = ["pull", "push"];

/** Collects the names of `program`; a name that is given twice keeps its first meaning and is reported. */
export function collectNames(program: Program): { names: Names; errors: LanguageError[] } {
  const errors: LanguageError[] = [];
  const names = {
    ados: new Map<string, Ado>(),
    dapps: new Map<string, Dapp>(),
    enumerations: new Map<string, Enumeration>(),
    records: new Map<string, RecordType>(),
    constants: new Map<string, Constant>(),
    theorems: new Map<string, Theorem>(),
    members: new Map<string, Enumeration>(),
  };
  const spaces = { types: new Map<string, Name>(), values: new Map<string, Name>() };
  const isNew = (name: Name, space: Map<string, Name>): boolean => {
    const first = space.get(name.text);
    if (first === undefined) {
      space.set(name.text, name);
      return true;
    }
    const message = `\`${name.text}\` is declared twice`;
    errors.push(errorAt(program, name.span, message, `the first is in line ${first.span.line}`));
    return false;
  };
  for (const declaration of program.declarations) {
    const { name } = declaration;
    switch (declaration.kind) {
      case "ado":
        if (isNew(name, spaces.types)) names.ados.set(name.text, declaration);
        break;
      case "dapp":
        if (isNew(name, spaces.types)) names.dapps.set(name.text, declaration);
        break;
      case "record-type":
        if (isNew(name, spaces.types)) names.records.set(name.text, declaration);
        break;
      case "enumeration":
        if (isNew(name, spaces.types)) names.enumerations.set(name.text, declaration);
        for (const member of declaration.members) {
          if (isNew(member, spaces.values)) names.members.set(member.text, declaration);
        }
        break;
      case "constant":
        if (isNew(name, spaces.values)) names.constants.set(name.text, declaration);
        break;
      case "theorem":
        if (names.theorems.has(name.text)) {
          const hint = "a theorem is run by its name, so each needs its own";
          errors.push(errorAt(program, name.span, `two theorems are called \`${name.text}\``, hint));
        } else names.theorems.set(name.text, declaration);
        break;
    }
  }
  return { names, errors };
}
