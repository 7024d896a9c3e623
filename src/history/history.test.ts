import { describe, expect, test } from "vitest";
import { type CompleteOperation, requireWellFormed } from "./history.ts";
import { HistoryRecorder } from "./history-recorder.ts";

function read(client: string, invoked: number, returned: number): CompleteOperation {
  return { kind: "complete", client, method: "read", args: [], invoked, returned, result: 0 };
}

describe("a history", () => {
  test("may be told in any order of its operations", () => {
    expect(() => requireWellFormed([read("a", 4, 6), read("b", 0, 5), read("a", 1, 2)])).not.toThrow();
  });

  test("is refused if a client has two operations in flight, naming client and positions", () => {
    expect(() => requireWellFormed([read("a", 0, 3), read("a", 2, 5)])).toThrow(
      new RangeError(
        "client a has two operations in flight: it called read at 2, while read, called at 0, had not returned",
      ),
    );
  });

  test("is refused if a client calls while an earlier call is pending", () => {
    const pending = { kind: "pending", client: "a", method: "write", args: [1], invoked: 0 } as const;
    expect(() => requireWellFormed([pending, read("a", 2, 5)])).toThrow("client a has two operations");
    expect(() => requireWellFormed([{ ...pending, abandoned: 1 }, read("a", 2, 5)])).not.toThrow();
  });

  test("is refused if two events share a position or a return precedes its call", () => {
    expect(() => requireWellFormed([read("a", 0, 2), read("b", 1, 2)])).toThrow(
      new RangeError("clients a and b both have an event at position 2"),
    );
    expect(() => requireWellFormed([read("a", 3, 2)])).toThrow(
      new RangeError("client a has a return at 2 before its call at 3"),
    );
  });
});

describe("a recorder", () => {
  test("numbers events in the order they are told", () => {
    const recorder = new HistoryRecorder();
    recorder.invoke({ client: "a", method: "write", args: [1] });
    recorder.invoke({ client: "b", method: "read", args: [] });
    recorder.complete("b", 0);
    recorder.abandon("a");
    recorder.invoke({ client: "a", method: "read", args: [] });
    expect(recorder.history()).toEqual([
      { kind: "pending", client: "a", method: "write", args: [1], invoked: 0, abandoned: 3 },
      { kind: "complete", client: "b", method: "read", args: [], invoked: 1, returned: 2, result: 0 },
      { kind: "pending", client: "a", method: "read", args: [], invoked: 4 },
    ]);
  });

  test("forgets an operation that is known not to have happened", () => {
    const recorder = new HistoryRecorder();
    recorder.invoke({ client: "a", method: "write", args: [1] });
    recorder.cancel("a");
    expect(recorder.history()).toEqual([]);
  });

  test("refuses a second call in flight and a return without a call", () => {
    const recorder = new HistoryRecorder();
    recorder.invoke({ client: "a", method: "write", args: [1] });
    expect(() => recorder.invoke({ client: "a", method: "read", args: [] })).toThrow(RangeError);
    expect(() => recorder.complete("b", 0)).toThrow(
      new RangeError("client b has no operation in flight at 2"),
    );
  });
});
