/** An argument or a result as a history records it: what JSON can say, and integers of any size. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | { readonly [field: string]: Value };

/** The text that equal values share and different ones do not; fields are sorted by name. Reads like JSON. */
export function canonicalText(value: Value): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  const fields = Object.keys(value).sort();
  return `{${fields.map((field) => `${JSON.stringify(field)}:${canonicalText(value[field]!)}`).join(",")}}`;
}

export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  return typeof a !== "string" && typeof b !== "string" && canonicalText(a) === canonicalText(b);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
