import { didYouMean } from "../schema/suggestion.ts";
import type { Expression, Name } from "./ast.ts";
import { type Checking, counted } from "./checking.ts";
import { infer, inferAs } from "./infer.ts";
import type { Scope } from "./scope.ts";
import { bool, type Type, typeName } from "./types.ts";

/** `Tx { ts: 1, decision: COMMIT }`: every field, each once. */
export function inferRecord(checking: Checking, scope: Scope, record: Expression & { kind: "record" }): Type {
  const declared = checking.records.get(record.name.text);
  if (declared === undefined) {
    const hint = "declare it: `record Name { field : type; }`";
    checking.unknown(record.name.span, "record", record.name.text, checking.names.records.keys(), hint);
    for (const field of record.fields) infer(checking, scope, field.value);
    return checking.unifier.fresh();
  }
  const types = new Map(declared);
  const missing = new Set(types.keys());
  for (const { name, value } of record.fields) {
    const type = types.get(name.text);
    if (type === undefined) {
      checking.unknown(name.span, "field", name.text, missing);
      infer(checking, scope, value);
    } else {
      inferAs(checking, scope, value, type, `the field \`${name.text}\``);
      if (!missing.delete(name.text)) checking.error(name.span, `\`${name.text}\` is given twice`);
    }
  }
  if (missing.size > 0) {
    const list = [...missing].map((name) => `\`${name}\``).join(", ");
    checking.error(record.span, `this ${record.name.text} lacks ${list}`, "give every field a value");
  }
  return { kind: "record", name: record.name.text };
}

/** `tx.decision` of a record; `s.owner` of a pulled state; in a predicate also `lk.owner` of an object and `c.ts` of a
 *  client. */
export function inferField(checking: Checking, scope: Scope, field: Expression & { kind: "field" }): Type {
  if (field.of.kind === "name" && !field.of.isOwn && scope.clients.has(field.of.name)) {
    return inferClientField(checking, scope, field.name);
  }
  const errorCount = checking.errors.length;
  const of = infer(checking, scope, field.of, "object");
  const result = checking.unifier.fresh();
  // What stands before it is wrong already.
  if (checking.errors.length > errorCount) return result;
  checking.postpone((isLast) => settleField(checking, scope, of, field.name, result, isLast));
  return result;
}

function inferClientField(checking: Checking, scope: Scope, name: Name): Type {
  const variable = scope.clientVariables.get(name.text);
  if (variable !== undefined) return variable;
  if (name.text === "crashed" || name.text === "idle") return bool;
  const candidates = [...scope.clientVariables.keys(), "crashed", "idle"];
  const hint = "a client has its `var`s, `crashed` and `idle`";
  checking.unknown(name.span, "variable of a client", name.text, candidates, hint);
  return checking.unifier.fresh();
}

/** Whether it is known what `name` is a field of; then `result` has its type, or the error is reported. */
function settleField(
  checking: Checking,
  scope: Scope,
  of: Type,
  name: Name,
  result: Type,
  isLast = true,
): boolean {
  const known = checking.unifier.look(of);
  switch (known.kind) {
    case "variable": {
      const owner = ownerOfField(checking, name, isLast);
      if (owner === "several") return isLast;
      if (owner === undefined) return true;
      checking.unifier.unify(of, { kind: "record", name: owner });
      return settleField(checking, scope, of, name, result);
    }
    case "record": {
      const fields = new Map(checking.records.get(known.name));
      const type = fields.get(name.text);
      if (type !== undefined) checking.unifier.unify(result, type);
      else checking.unknown(name.span, `field of ${known.name}`, name.text, fields.keys());
      return true;
    }
    case "object":
    case "state":
      settleState(checking, scope, known, name, result);
      return true;
    default:
      checking.error(name.span, `${typeName(checking.unifier, known)} has no fields`, fieldHint(known));
      return true;
  }
}

/** The one record that has the field; `undefined`, and reported, if none has, and `isLast` also if several have. */
function ownerOfField(checking: Checking, name: Name, isLast: boolean): string | "several" | undefined {
  const owners = [...checking.records].filter(([, fields]) => fields.some(([field]) => field === name.text));
  if (owners.length === 1) return owners[0]![0];
  if (owners.length === 0) {
    const fields = [...checking.records.values()].flatMap((record) => record.map(([field]) => field));
    const hint = didYouMean(name.text, fields) ?? "declare it: `record Name { field : type; }`";
    checking.error(name.span, `no record has a field \`${name.text}\``, hint);
    return undefined;
  }
  if (isLast) {
    const list = owners.map(([record]) => record).join(" and ");
    const hint = `say which is meant at the parameter: \`x : ${owners[0]![0]}\``;
    checking.error(name.span, `the field \`${name.text}\` is one of ${list}`, hint);
  }
  return "several";
}

function settleState(
  checking: Checking,
  scope: Scope,
  known: Type & { kind: "object" | "state" },
  name: Name,
  result: Type,
): void {
  if (known.kind === "object" && scope.place !== "predicate") {
    const hint = "a client learns of an object by `s := o.pull()` and `s.field`, or by calling a method";
    checking.error(name.span, "the fields of an object cannot be read from outside", hint);
    return;
  }
  const ado = checking.ados.get(known.instance.ado)!;
  const field = ado.fields.get(name.text);
  if (field !== undefined) {
    checking.unifier.unify(result, checking.unifier.substitute(field, known.instance.substitution));
  } else checking.unknown(name.span, `field of ${known.instance.ado}`, name.text, ado.fields.keys());
}

function fieldHint(type: Type): string | undefined {
  return type.kind === "option" ? "take its value with `the(…)`" : undefined;
}

/** `pair[0]` of a tuple by a number, `kv[k]` of a map by a key. */
export function inferIndex(checking: Checking, scope: Scope, index: Expression & { kind: "index" }): Type {
  const of = infer(checking, scope, index.of);
  const key = infer(checking, scope, index.key);
  const result = checking.unifier.fresh();
  checking.postpone((isLast) => settleIndex(checking, index, of, key, result, isLast));
  return result;
}

function settleIndex(
  checking: Checking,
  index: Expression & { kind: "index" },
  of: Type,
  key: Type,
  result: Type,
  isLast: boolean,
): boolean {
  const known = checking.unifier.look(of);
  switch (known.kind) {
    case "variable":
      return isLast && checking.unifier.unify(known, { kind: "map", key, value: result });
    case "tuple": {
      const position = index.key.kind === "integer" ? index.key.value : undefined;
      const element = position === undefined ? undefined : known.elements[position];
      if (element !== undefined) checking.unifier.unify(result, element);
      else {
        const last = known.elements.length - 1;
        const message = `a tuple of ${counted(known.elements.length, "element")} is indexed by 0 to ${last}`;
        checking.error(index.key.span, message, "write the number itself: `pair[0]`");
      }
      return true;
    }
    case "map":
      checking.expect(index.key.span, key, known.key, "this key", "the keys of a map have one type");
      checking.unifier.unify(result, known.value);
      return true;
    default:
      checking.error(
        index.span,
        `${typeName(checking.unifier, known)} cannot be indexed`,
        known.kind === "option" ? "take its value with `the(…)` first" : "only tuples and `[T]` can",
      );
      return true;
  }
}
