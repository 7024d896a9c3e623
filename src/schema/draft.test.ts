import { isDeepStrictEqual } from "node:util";
import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import type { Operation } from "./test-operations.ts";
import { Packed, Plain } from "./test-packed.ts";
import { states } from "./test-states.ts";

/** What came of an operation, for comparison. */
function outcome(operation: Operation, draft: unknown): unknown {
  try {
    return { result: operation.run(draft) };
  } catch (error) {
    return { error: String(error) };
  }
}

const stateAndOperations = states.chain((state) =>
  fc.tuple(fc.constant(state), fc.array(state.operation, { minLength: 1, maxLength: 20 })),
);

describe("a packed draft", () => {
  test.prop([stateAndOperations])("does what the plain one does", ([{ type }, operations]) => {
    const packed = new Packed(type);
    const plain = new Plain(type);
    const drafts = [packed.draft(), plain.draft];
    for (const operation of operations) {
      const before = packed.words.slice();
      const [ours, theirs] = drafts.map((draft) => outcome(operation, draft));
      expect(ours).toEqual(theirs);
      if (!isDeepStrictEqual(packed.value, plain.value)) expect(packed.value).toEqual(plain.value);
      if ("error" in (ours as object)) expect(packed.words).toEqual(before);
    }
  });
});
