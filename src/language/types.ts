/** The type of an expression. `variable` stands for a type not known yet, `parameter` for a type parameter of the ADO
 *  being read. `object` names an ADO with its type arguments; `state` is what a pull of it shows. A `map` is total: what was never written reads as its value type's default. */
export type Type =
  | { readonly kind: "int" | "bool" | "string" | "nothing" | "request" | "client" }
  | { readonly kind: "option"; readonly of: Type }
  | { readonly kind: "tuple"; readonly elements: readonly Type[] }
  | { readonly kind: "map"; readonly key: Type; readonly value: Type }
  | { readonly kind: "record" | "enumeration" | "parameter"; readonly name: string }
  | { readonly kind: "object" | "state"; readonly instance: ObjectInstance }
  | { readonly kind: "variable"; readonly id: number };

/** One use of an ADO: its fields' and methods' types with the type parameters filled in. Members of a family share one. */
export interface ObjectInstance {
  readonly ado: string;
  /** What stands for the ADO's type parameters and for the variables left open by its fields, in order. */
  readonly substitution: ReadonlyMap<string, Type>;
}

export const int: Type = { kind: "int" };
export const bool: Type = { kind: "bool" };
export const string: Type = { kind: "string" };
export const nothing: Type = { kind: "nothing" };
export const request: Type = { kind: "request" };
/** The number of a client, where a program does no more with it than to keep and compare it: never inferred otherwise. */
export const client: Type = { kind: "client" };

/** What is known about type variables so far. */
export class Unifier {
  readonly #known: (Type | undefined)[] = [];

  /** A type that nothing is known about. */
  fresh(): Type {
    this.#known.push(undefined);
    return { kind: "variable", id: this.#known.length - 1 };
  }

  /** The type as far as it is known, at its outermost level. */
  look(type: Type): Type {
    let found = type;
    while (found.kind === "variable") {
      const next = this.#known[found.id];
      if (next === undefined) return found;
      found = next;
    }
    return found;
  }

  /** The type as far as it is known, at every level. */
  resolve(type: Type): Type {
    return mapParts(this.look(type), (part) => this.resolve(part));
  }

  /** Makes both the same. `false` if they cannot be; then some parts may have been made the same already. */
  unify(left: Type, right: Type): boolean {
    const a = this.look(left);
    const b = this.look(right);
    if (a === b) return true;
    if (a.kind === "variable") return this.#learn(a.id, b);
    if (b.kind === "variable") return this.#learn(b.id, a);
    switch (a.kind) {
      case "option":
        return b.kind === "option" && this.unify(a.of, b.of);
      case "tuple":
        return (
          b.kind === "tuple" &&
          a.elements.length === b.elements.length &&
          a.elements.every((element, i) => this.unify(element, b.elements[i]!))
        );
      case "map":
        return b.kind === "map" && this.unify(a.key, b.key) && this.unify(a.value, b.value);
      case "record":
      case "enumeration":
      case "parameter":
        return b.kind === a.kind && a.name === b.name;
      case "object":
      case "state":
        return b.kind === a.kind && this.#unifyInstances(a.instance, b.instance);
      default:
        return a.kind === b.kind;
    }
  }

  #unifyInstances(a: ObjectInstance, b: ObjectInstance): boolean {
    const keys = [...a.substitution.keys()];
    return (
      a.ado === b.ado && keys.every((key) => this.unify(a.substitution.get(key)!, b.substitution.get(key)!))
    );
  }

  #learn(id: number, type: Type): boolean {
    if (type.kind === "variable" && type.id === id) return true;
    if (this.variablesOf(type).has(id)) return false;
    this.#known[id] = type;
    return true;
  }

  /** The variables still open in `type`. */
  variablesOf(type: Type, found = new Set<number>()): Set<number> {
    const known = this.look(type);
    if (known.kind === "variable") found.add(known.id);
    mapParts(known, (part) => {
      this.variablesOf(part, found);
      return part;
    });
    return found;
  }

  /** `type` with each parameter and each open variable replaced as `substitution` says: by its name, or by `#` and
   *  its number. */
  substitute(type: Type, substitution: ReadonlyMap<string, Type>): Type {
    const known = this.look(type);
    const key =
      known.kind === "parameter" ? known.name : known.kind === "variable" ? `#${known.id}` : undefined;
    if (key !== undefined) return substitution.get(key) ?? known;
    return mapParts(known, (part) => this.substitute(part, substitution));
  }
}

/** `type` with `change` applied to the types it is made of. */
function mapParts(type: Type, change: (part: Type) => Type): Type {
  switch (type.kind) {
    case "option":
      return { kind: "option", of: change(type.of) };
    case "tuple":
      return { kind: "tuple", elements: type.elements.map(change) };
    case "map":
      return { kind: "map", key: change(type.key), value: change(type.value) };
    case "object":
    case "state": {
      const { ado, substitution } = type.instance;
      const changed = new Map([...substitution].map(([name, part]) => [name, change(part)]));
      return { kind: type.kind, instance: { ado, substitution: changed } };
    }
    default:
      return type;
  }
}

/** The type as a user reads it; `_` for what is not known. */
export function typeName(unifier: Unifier, type: Type, isInner = false): string {
  const known = unifier.look(type);
  switch (known.kind) {
    case "option":
      return `option ${typeName(unifier, known.of, true)}`;
    case "tuple": {
      const text = known.elements.map((element) => typeName(unifier, element, true)).join(" * ");
      return isInner ? `(${text})` : text;
    }
    case "map":
      return `[${typeName(unifier, known.value)}]`;
    case "record":
    case "enumeration":
    case "parameter":
      return known.name;
    case "object":
      return known.instance.ado;
    case "state":
      return `the state of ${known.instance.ado}`;
    case "variable":
      return "_";
    default:
      return known.kind;
  }
}
