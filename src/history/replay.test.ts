import { describe, expect, test } from "vitest";
import type { History } from "./history.ts";
import { register } from "./register.ts";
import { refutationOf } from "./replay.ts";

const history: History = [
  { kind: "complete", client: "a", method: "write", args: [1], invoked: 0, returned: 1, result: null },
  { kind: "complete", client: "b", method: "read", args: [], invoked: 2, returned: 3, result: 1 },
  { kind: "pending", client: "c", method: "write", args: [2], invoked: 4 },
];

function refutation(...order: number[]): string | undefined {
  return refutationOf(order, history, register(0));
}

describe("an order of operations", () => {
  test("stands with and without what is pending", () => {
    expect(refutation(0, 1)).toBeUndefined();
    expect(refutation(0, 1, 2)).toBeUndefined();
  });

  test("is refuted if an operation that returned is missing, or one takes effect twice", () => {
    expect(refutation(0)).toBe("operation 1 returned but never takes effect");
    expect(refutation(0, 1, 2, 2)).toBe("an operation takes effect twice");
  });

  test("is refuted if it contradicts real time, for pending operations too", () => {
    expect(refutation(1, 0)).toBe(
      "operation 0 returned before operation 1 was called, but takes effect after it",
    );
    expect(refutation(0, 2, 1)).toBe(
      "operation 1 returned before operation 2 was called, but takes effect after it",
    );
  });

  test("is refuted if the object gives another result", () => {
    const late = history.map((operation) => ({ ...operation, invoked: operation.invoked - 10 }));
    expect(refutationOf([0, 2, 1], late, register(0))).toBe("operation 1 returned 1, but would return 2");
  });
});
