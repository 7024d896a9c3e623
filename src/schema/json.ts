/** What JSON has, and nothing else: values that are compared by their JSON text, in which others look alike. */

/** @throws TypeError that names what in `value` JSON does not have; a field that is `undefined` is one that is not there */
export function requireJson(value: unknown, path: string): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) requireJson(value[i], `${path}[${i}]`);
    return;
  }
  if (typeof value === "object" && isPlain(value)) {
    for (const name of Object.keys(value)) {
      const field = value[name as never] as unknown;
      if (field !== undefined) requireJson(field, `${path}.${name}`);
    }
    return;
  }
  throw new TypeError(
    `${path} is ${nameOf(value)}: make it of numbers, texts, true, false, null, and lists and plain objects of them`,
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  if (typeof value !== "object") return typeof value === "number" ? String(value) : typeof value;
  const name: unknown = Object.getPrototypeOf(value).constructor?.name;
  return ["Map", "Set", "Date", "Promise"].includes(String(name))
    ? `a ${name}`
    : "no plain object, but a part of the state or the like";
}
