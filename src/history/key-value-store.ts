import type { SequentialObject } from "./sequential-object.ts";
import { canonicalText, isList, isSame, type Value } from "./value.ts";

/** The keys, as canonical text and sorted, with values other than the absent one. */
type Entries = readonly (readonly [key: string, value: Value])[];

/** A store of values by key: get, put, append, delete, and compare-and-set, which says whether it wrote. A
 *  key that is not there has the value `absent`. */
export function keyValueStore(absent: Value = null): SequentialObject<Entries> {
  const apply = (entries: Entries, method: string, args: readonly Value[]): readonly [Entries, Value] => {
    const [key, first, second] = args;
    const name = canonicalText(key ?? null);
    const entry = entries.find((candidate) => candidate[0] === name);
    const old = entry === undefined ? absent : entry[1];
    const replaceBy = (value: Value) => withValue(entries, name, value, absent);
    switch (`${method}/${args.length}`) {
      case "get/1":
        return [entries, old];
      case "put/2":
        return [replaceBy(first!), null];
      case "append/2":
        return [replaceBy(appended(entry === undefined ? null : old, first!)), null];
      case "delete/1":
        return [replaceBy(absent), null];
      case "cas/3":
        return isSame(old, first!) ? [replaceBy(second!), true] : [entries, false];
      default:
        throw new RangeError(
          `a key-value store has no ${method} of ${args.length} arguments; it has get(key), put(key, value), ` +
            "append(key, value), delete(key) and cas(key, old, new)",
        );
    }
  };
  return {
    initial: [],
    apply,
    // Long text is told by its length rather than by escapes: that is several times faster.
    key: (entries) =>
      textOf(entries, (value) =>
        typeof value === "string" ? `${value.length}'${value}` : canonicalText(value),
      ),
    describe: (entries) => textOf(entries, canonicalText),
    partition: (operation) => canonicalText(operation.args[0] ?? null),
    isReadOnly: ({ method, ...operation }) =>
      method === "get" || (method === "cas" && operation.kind === "complete" && operation.result === false),
  };
}

function textOf(entries: Entries, textOfValue: (value: Value) => string): string {
  return `{${entries.map(([key, value]) => `${key}:${textOfValue(value)}`).join()}}`;
}

function withValue(entries: Entries, key: string, value: Value, absent: Value): Entries {
  const others = entries.filter((entry) => entry[0] !== key);
  if (isSame(value, absent)) return others;
  return [...others, [key, value] as const].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Text continues text, a list gets one more item; without an old value, text stands by itself and
 *  anything else starts a list, of which any other old value becomes the first item. */
function appended(old: Value, value: Value): Value {
  if (typeof value === "string" && (old === null || typeof old === "string")) return (old ?? "") + value;
  if (old === null) return [value];
  return isList(old) ? [...old, value] : [old, value];
}
