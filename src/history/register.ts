import type { SequentialObject } from "./sequential-object.ts";
import { canonicalText, isSame, type Value } from "./value.ts";

/** A register: read, write and compare-and-set, which says whether it wrote. */
export function register(initial: Value = null): SequentialObject<Value> {
  return {
    initial,
    apply(value, method, args) {
      if (method === "read" && args.length === 0) return [value, value];
      if (method === "write" && args.length === 1) return [args[0]!, null];
      if (method === "cas" && args.length === 2) {
        return isSame(value, args[0]!) ? [args[1]!, true] : [value, false];
      }
      throw new RangeError(
        `a register has no ${method} of ${args.length} arguments; it has read(), write(value) and cas(old, new)`,
      );
    },
    key: canonicalText,
    isReadOnly: ({ method, ...operation }) =>
      method === "read" || (method === "cas" && operation.kind === "complete" && operation.result === false),
  };
}
