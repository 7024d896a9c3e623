import type { Type, Unifier } from "./types.ts";

/** A value of the language: plain, immutable, and canonical, so that equal values have equal JSON. Numbers, truth values
 *  and strings are themselves; `None` is null; a tuple is an array, and the empty one is the answer of what answers
 *  nothing; an object is its number. `unset` fills a local that has no value. */
export type Value = number | boolean | string | null | readonly Value[] | Tagged;

type Tagged =
  | { readonly kind: "some"; readonly value: Value }
  | MapValue
  | RecordValue
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "fail" }
  | { readonly kind: "unset" };

/** Entries in the order of their keys, each key once. */
export interface MapValue {
  readonly kind: "map";
  readonly entries: readonly (readonly [Value, Value])[];
}

/** Fields in the order of their declaration. */
export interface RecordValue {
  readonly kind: "record";
  readonly name: string;
  readonly fields: Readonly<Record<string, Value>>;
}

export const fail: Value = Object.freeze({ kind: "fail" });
export const unset: Value = Object.freeze({ kind: "unset" });
export const nothingValue: Value = Object.freeze([]);
export const emptyMap: Value = Object.freeze({ kind: "map", entries: [] });

export function isFail(value: Value): boolean {
  return isKind(value, "fail");
}

/** Whether `value` is of the tagged kind. */
export function isKind<K extends Tagged["kind"]>(
  value: Value,
  kind: K,
): value is Extract<Tagged, { kind: K }> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}

export function sameValue(a: Value, b: Value): boolean {
  return compareValues(a, b) === 0;
}

/** A total order on values: by kind, then by what they hold. Maps keep their entries in the order of their keys. */
export function compareValues(a: Value, b: Value): number {
  const byKind = rankOf(a) - rankOf(b);
  if (byKind !== 0) return byKind;
  if (typeof a === "number") return a - (b as number);
  if (typeof a === "boolean") return Number(a) - Number(b);
  if (typeof a === "string") return a < (b as string) ? -1 : a === b ? 0 : 1;
  if (a === null) return 0;
  return compareLists(partsOf(a), partsOf(b as typeof a));
}

function compareLists(a: readonly Value[], b: readonly Value[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareValues(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const kinds = ["fail", "unset", "some", "member", "record", "map"];

function rankOf(value: Value): number {
  if (value === null) return 0;
  if (typeof value !== "object") return ["boolean", "number", "string"].indexOf(typeof value) + 1;
  return "kind" in value ? kinds.indexOf(value.kind) + 5 : 4;
}

function partsOf(value: Exclude<Value, number | boolean | string | null>): readonly Value[] {
  if (!("kind" in value)) return value;
  switch (value.kind) {
    case "some":
      return [value.value];
    case "member":
      return [value.name];
    case "record":
      return [value.name, ...Object.values(value.fields)];
    case "map":
      return value.entries.flat();
    default:
      return [];
  }
}

/** What was written under `key`, if anything was. */
export function entryOf(map: MapValue, key: Value): Value | undefined {
  return map.entries.find(([candidate]) => sameValue(candidate, key))?.[1];
}

/** The map with `value` under `key`. */
export function withEntry(map: MapValue, key: Value, value: Value): Value {
  const others = map.entries.filter(([candidate]) => !sameValue(candidate, key));
  const entries = [...others, [key, value] as const].sort(([a], [b]) => compareValues(a, b));
  return { kind: "map", entries };
}

/** The list `[a, b, …]`: a map from 0, 1, …. */
export function listOf(elements: readonly Value[]): Value {
  return { kind: "map", entries: elements.map((element, i) => [i, element] as const) };
}

/** Which numbers there are, written or computed: those of which every one has a value of its own. */
export const numberRange = `numbers go from -${Number.MAX_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;

/** A number made of the value alone: an int is its own hash, a string of one character that character's code. */
export function hashOf(value: Value): number {
  if (typeof value === "number") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  let hash = 0;
  for (const character of text) hash = (hash * 257 + character.codePointAt(0)!) % 2147483647;
  return hash;
}

/** What an entry that was never written reads as: 0, false, "", None, the empty map, the first member of an enumeration;
 *  tuples and records of such. A type that nothing is known about reads as None. */
export function defaultOf(unifier: Unifier, type: Type, declared: Declared): Value {
  const known = unifier.look(type);
  switch (known.kind) {
    case "int":
      return 0;
    case "bool":
      return false;
    case "string":
      return "";
    case "nothing":
      return nothingValue;
    case "tuple":
      return known.elements.map((element) => defaultOf(unifier, element, declared));
    case "map":
      return emptyMap;
    case "record": {
      const fields = declared
        .fieldsOf(known.name)
        .map(([name, of]) => [name, defaultOf(unifier, of, declared)]);
      return { kind: "record", name: known.name, fields: Object.fromEntries(fields) };
    }
    case "enumeration":
      return { kind: "member", name: declared.firstMemberOf(known.name) };
    default:
      return null;
  }
}

/** What the declarations of a program say about named types. */
export interface Declared {
  readonly fieldsOf: (record: string) => readonly (readonly [string, Type])[];
  readonly firstMemberOf: (enumeration: string) => string;
}

/** The value as a user writes it. */
export function printValue(value: Value): string {
  if (value === null) return "None";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (!("kind" in value)) return `(${value.map(printValue).join(", ")})`;
  switch (value.kind) {
    case "some":
      return `Some(${printValue(value.value)})`;
    case "map":
      return `[${value.entries.map(([key, entry]) => `${printValue(key)}: ${printValue(entry)}`).join(", ")}]`;
    case "record": {
      const fields = Object.entries(value.fields).map(([name, field]) => `${name}: ${printValue(field)}`);
      return `${value.name} { ${fields.join(", ")} }`;
    }
    case "member":
      return value.name;
    case "fail":
      return "FAIL";
    case "unset":
      return "unset";
  }
}
