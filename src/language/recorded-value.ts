import { canonicalText, type Value as HistoryValue, isList } from "../history/value.ts";
import type { TypedProgram } from "./typed.ts";
import type { Type } from "./types.ts";
import { emptyMap, isKind, type MapValue, nothingValue, type Value, withEntry } from "./values.ts";

/** How values of one type stand in a recorded history. */
export interface RecordedForm {
  /** In words that complete "write …". */
  readonly words: string;
  /** Whether one of the type's values is recorded as null. */
  readonly isNullable: boolean;
  /** The value that is recorded so; `undefined` if none of the type is. */
  readonly read: (recorded: HistoryValue) => Value | undefined;
  readonly write: (value: Value) => HistoryValue;
}

/**
 * The form of a type: numbers, truth values and strings as they are, `None` as null and `Some(x)` as x, a tuple as a list,
 * a record as an object, a member of an enumeration by its name, a map as an object, or as a list if its keys are 0, 1, ….
 * A type that nothing is known about has values of the first kinds, and tuples of them.
 */
export function recordedForm(typed: TypedProgram, type: Type): RecordedForm {
  const form = (part: Type) => recordedForm(typed, part);
  const known = typed.unifier.look(type);
  switch (known.kind) {
    case "int":
      return scalar("a whole number", Number.isSafeInteger);
    case "bool":
      return scalar("true or false", (recorded) => typeof recorded === "boolean");
    case "string":
      return scalar("a string", (recorded) => typeof recorded === "string");
    case "nothing":
      return { words: "nothing", isNullable: true, read: () => nothingValue, write: () => null };
    case "option":
      return option(form(known.of));
    case "tuple":
      return tuple(known.elements.map(form));
    case "map":
      return map(form(known.key), form(known.value));
    case "record":
      return record(
        known.name,
        typed.records.get(known.name)!.map(([name, of]) => [name, form(of)]),
      );
    case "enumeration":
      return enumeration(typed.names.enumerations.get(known.name)!.members.map(({ text }) => text));
    default:
      return open;
  }
}

function scalar(words: string, isOne: (recorded: unknown) => boolean): RecordedForm {
  return {
    words,
    isNullable: false,
    read: (recorded) => (isOne(recorded) ? (recorded as Value) : undefined),
    write: (value) => value as HistoryValue,
  };
}

const open: RecordedForm = {
  words: "a whole number, a string, true, false, null, or a list of such",
  isNullable: true,
  read(recorded) {
    if (isList(recorded)) return all(recorded.map(open.read));
    const isOne = recorded === null || typeof recorded === "boolean" || typeof recorded === "string";
    return isOne || Number.isSafeInteger(recorded) ? (recorded as Value) : undefined;
  },
  write: (value) => value as HistoryValue,
};

/** `Some(None)`, where there is such a thing, is `{"some": null}`. */
function option(of: RecordedForm): RecordedForm {
  const isNested = of.isNullable && of !== open;
  return {
    words: `null or ${isNested ? `{"some": x}, where x is ${of.words}` : of.words}`,
    isNullable: true,
    read(recorded) {
      if (recorded === null) return null;
      const inner = isNested ? fieldsOf(recorded)?.some : recorded;
      const value = inner === undefined ? undefined : of.read(inner);
      return value === undefined ? undefined : { kind: "some", value };
    },
    write(value) {
      if (value === null) return null;
      const inner = of.write((value as { readonly value: Value }).value);
      return isNested ? { some: inner } : inner;
    },
  };
}

function tuple(elements: readonly RecordedForm[]): RecordedForm {
  return {
    words: `[${elements.map(({ words }) => words).join(", ")}]`,
    isNullable: false,
    read(recorded) {
      if (!isList(recorded) || recorded.length !== elements.length) return undefined;
      return all(elements.map((element, i) => element.read(recorded[i]!)));
    },
    write: (value) => elements.map((element, i) => element.write((value as readonly Value[])[i]!)),
  };
}

function map(key: RecordedForm, entry: RecordedForm): RecordedForm {
  const entriesOf = (recorded: HistoryValue): [Value | undefined, Value | undefined][] | undefined => {
    if (isList(recorded)) return recorded.map((value, i) => [key.read(i), entry.read(value)]);
    const fields = fieldsOf(recorded);
    return fields && Object.entries(fields).map(([name, value]) => [keyNamed(key, name), entry.read(value)]);
  };
  return {
    words: `a list or an object of ${entry.words}`,
    isNullable: false,
    read(recorded) {
      const entries = entriesOf(recorded);
      if (entries?.every((pair) => !pair.includes(undefined)) !== true) return undefined;
      return entries.reduce<Value>((found, [k, v]) => withEntry(found as MapValue, k!, v!), emptyMap);
    },
    write(value) {
      const { entries } = value as MapValue;
      const isDense = entries.every(([k], i) => k === i);
      if (isDense && entries.length > 0) return entries.map(([, v]) => entry.write(v));
      return Object.fromEntries(entries.map(([k, v]) => [keyName(key.write(k)), entry.write(v)]));
    },
  };
}

/** An object names its fields by text: a key that is no text is its own text. */
function keyNamed(key: RecordedForm, name: string): Value | undefined {
  const itself = key.read(name);
  if (itself !== undefined) return itself;
  try {
    return key.read(JSON.parse(name) as HistoryValue);
  } catch {
    return undefined;
  }
}

function keyName(recorded: HistoryValue): string {
  return typeof recorded === "string" ? recorded : canonicalText(recorded);
}

function record(name: string, fields: readonly (readonly [string, RecordedForm])[]): RecordedForm {
  return {
    words: `{${fields.map(([field, { words }]) => `"${field}": ${words}`).join(", ")}}`,
    isNullable: false,
    read(recorded) {
      const given = fieldsOf(recorded);
      if (given === undefined || Object.keys(given).length !== fields.length) return undefined;
      const values = all(
        fields.map(([field, form]) => (given[field] === undefined ? undefined : form.read(given[field]))),
      );
      if (values === undefined) return undefined;
      return {
        kind: "record",
        name,
        fields: Object.fromEntries(fields.map(([field], i) => [field, values[i]!])),
      };
    },
    write(value) {
      const { fields: held } = value as { readonly fields: Readonly<Record<string, Value>> };
      return Object.fromEntries(fields.map(([field, form]) => [field, form.write(held[field]!)]));
    },
  };
}

/** EDN names members by keywords. */
function enumeration(members: readonly string[]): RecordedForm {
  return {
    words: members.map((member) => `"${member}"`).join(" or "),
    isNullable: false,
    read(recorded) {
      const name = typeof recorded === "string" ? recorded.replace(/^:/, "") : undefined;
      return name !== undefined && members.includes(name) ? { kind: "member", name } : undefined;
    },
    write: (value) => (isKind(value, "member") ? value.name : null),
  };
}

function fieldsOf(recorded: HistoryValue): Readonly<Record<string, HistoryValue>> | undefined {
  if (typeof recorded !== "object" || recorded === null || isList(recorded)) return undefined;
  return recorded as Readonly<Record<string, HistoryValue>>;
}

function all(values: readonly (Value | undefined)[]): readonly Value[] | undefined {
  return values.includes(undefined) ? undefined : (values as readonly Value[]);
}
