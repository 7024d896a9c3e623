import { canonicalText, isList, isSame, type Value } from "./value.ts";

/** How logs write the calls of an object: what a test harness calls `f` and `value` becomes method,
 *  arguments and result. */
export interface Recording {
  /** Whether the key of an event is the first argument of its method, or names one of several independent
   *  objects. */
  readonly key: "argument" | "instance";
  /** By the name that logs use; a method may have several. */
  readonly methods: ReadonlyMap<string, RecordedMethod>;
}

export interface RecordedMethod {
  readonly method: string;
  /** How many arguments the method has, without the key; any number if absent. */
  readonly arity?: number;
  /** A list of arguments as the object takes them; `undefined` if it does not. As they are if absent. */
  readonly argsOfList?: (args: readonly Value[]) => readonly Value[] | undefined;
  /** The arguments in the value of an invocation, without the key; `undefined` if it is not what the
   *  method takes. */
  readonly argsOf: (value: Value) => readonly Value[] | undefined;
  /** What the method takes, in words that complete "write … as the value". */
  readonly takes: string;
  /** The result in the value of a return; `undefined` if the method can have no such result. */
  readonly resultOf: (value: Value) => Value | undefined;
  /** Whether the value of a return, where it is not null, says again what the call was; anything does if absent. */
  readonly isRepeated?: (value: Value, args: readonly Value[]) => boolean;
  /** Whether an invocation has to say a value, and a return a result, be it null: one that was left out is no null then. */
  readonly needsValue?: boolean;
  readonly needsResult?: boolean;
  /** What the method returns, in words that complete "write … as the result"; anything if absent. */
  readonly returns?: string;
}

export type Shape = Omit<RecordedMethod, "method">;

/** Takes nothing and returns a value. */
const query: Shape = {
  arity: 0,
  argsOf: (value) => (value === null ? [] : undefined),
  takes: "nothing",
  resultOf: (value) => value,
  needsResult: true,
};

/** Takes nothing and returns nothing. */
const command: Shape = { ...query, resultOf: () => null, returns: "nothing", needsResult: false };

/** Takes a value, which logs repeat at the return, and returns nothing. */
const update: Shape = {
  arity: 1,
  argsOf: (value) => [value],
  takes: "one value",
  needsValue: true,
  resultOf: () => null,
  returns: "nothing",
  isRepeated: (value, [given]) => isSame(value, given!),
};

/** Takes the old and the new value; logs that repeat them at the return, or say nothing there, mean
 *  success. */
const compareAndSet: Shape = {
  arity: 2,
  argsOf: (value) => (isList(value) && value.length === 2 ? value : undefined),
  takes: "[old, new]",
  resultOf: (value) =>
    typeof value === "boolean" ? value : value === null || isList(value) ? true : undefined,
  returns: "true or false",
  isRepeated: (value, args) => typeof value === "boolean" || isSame(value, args),
};

/** Takes a list of arguments and returns a value. */
const call: Shape = {
  argsOf: (value) => (value === null ? [] : isList(value) ? value : [value]),
  takes: "a list of arguments",
  resultOf: (value) => value,
};

/** The shapes that the calls of most objects have. */
export const shapes = { query, command, update, compareAndSet, call } as const;

/** A recording from the shapes of the methods; `names` lists for each method what else logs call it. */
export function recordingOf(
  key: Recording["key"],
  methods: Readonly<Record<string, { readonly shape: Shape; readonly names?: readonly string[] }>>,
): Recording {
  const entries = Object.entries(methods).flatMap(([method, { shape, names = [] }]) =>
    [method, ...names].map((name): [string, RecordedMethod] => [name, { method, ...shape }]),
  );
  return { key, methods: new Map(entries) };
}

/** What a key, or a client, is called in a history: text that reads like another value is in quotes. */
export function nameOfKey(key: Value): string {
  return typeof key === "string" && !isJson(key) ? key : canonicalText(key);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
