import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain } from "./explain.ts";
import { endOf, type History, type Operation } from "./history.ts";
import { HistoryRecorder } from "./history-recorder.ts";
import { linearize } from "./linearize.ts";
import { register } from "./register.ts";
import { refutationOf } from "./replay.ts";
import { choicesOf, randomHistory } from "./test-random-history.ts";
import { canonicalText } from "./value.ts";

const object = register(0);

function explanationOf(history: History) {
  const verdict = linearize(history, object);
  return verdict.kind === "not-linearizable" ? explain(history, object, verdict) : undefined;
}

/** What was known of `history` at `position`. */
function until(position: number, history: History): Operation[] {
  return history
    .filter((operation) => operation.invoked <= position)
    .map((operation) => (endOf(operation) <= position ? operation : pending(operation)));
}

function pending({ client, method, args, invoked }: Operation): Operation {
  return { kind: "pending", client, method, args, invoked };
}

describe("an explanation", () => {
  test("names the return, what was in flight, and how far each order got", () => {
    const recorder = new HistoryRecorder();
    recorder.invoke({ client: "a", method: "write", args: [1] });
    recorder.complete("a", null);
    recorder.invoke({ client: "b", method: "write", args: [2] });
    recorder.invoke({ client: "c", method: "read", args: [] });
    recorder.complete("c", 0);
    recorder.complete("b", null);
    recorder.invoke({ client: "a", method: "read", args: [] });
    recorder.complete("a", 7);
    expect(explanationOf(recorder.history())).toEqual({
      position: 4,
      returning: 2,
      isShortest: true,
      operations: [0, 1, 2],
      attempts: [
        {
          steps: [
            { operation: 0, result: null },
            { operation: 1, result: null },
          ],
          state: "2",
          stuck: 2,
          answer: 2,
        },
        { steps: [{ operation: 0, result: null }], state: "1", stuck: 2, answer: 1 },
      ],
    });
  });

  test("looks past the first return that cannot be explained when what returns later is to blame", () => {
    const recorder = new HistoryRecorder();
    recorder.invoke({ client: "a", method: "cas", args: [0, 1] });
    recorder.invoke({ client: "b", method: "read", args: [] });
    recorder.complete("b", 1);
    recorder.complete("a", false);
    expect(explanationOf(recorder.history())).toMatchObject({
      position: 3,
      returning: 0,
      attempts: [{ steps: [], state: "0", stuck: 1, answer: 0 }],
    });
  });

  test("gives the shortest prefix and attempts that stand up to replay", () => {
    let explained = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const choose = choicesOf(seed);
        const call = () => {
          if (choose(2) === 0) return { method: "read", args: [] };
          return choose(2) === 0
            ? { method: "write", args: [choose(4)] }
            : { method: "cas", args: [choose(4), choose(4)] };
        };
        const made = randomHistory({ object, clients: 4, operations: 30, lostPerMille: 40, choose, call });
        const history = made.map((operation) =>
          operation.kind === "complete" && operation.method === "read" && choose(8) === 0
            ? { ...operation, result: choose(4) }
            : operation,
        );
        const explanation = explanationOf(history);
        if (explanation === undefined) return;
        explained++;
        expect(explanation.isShortest).toBe(true);
        expect(linearize(until(explanation.position, history), object).kind).toBe("not-linearizable");
        expect(linearize(until(explanation.position - 1, history), object).kind).toBe("linearizable");
        expect(explanation.attempts.length).toBeGreaterThan(0);
        for (const { steps, stuck, answer } of explanation.attempts) {
          const stuckOperation = history[stuck]!;
          if (stuckOperation.kind !== "complete") throw new Error("a pending operation cannot be stuck");
          expect(canonicalText(answer)).not.toBe(canonicalText(stuckOperation.result));
          const order = steps.map((step) => step.operation);
          const reached = until(explanation.position, history).map((operation, index) =>
            order.includes(index) || endOf(operation) < stuckOperation.returned
              ? operation
              : pending(operation),
          );
          expect(refutationOf(order, reached, object)).toBeUndefined();
        }
      }),
      { numRuns: 300 },
    );
    expect(explained).toBeGreaterThan(100);
  });

  test("admits that a shorter prefix may exist when its search was cut", () => {
    const recorder = new HistoryRecorder();
    const clients = Array.from({ length: 12 }, (_, index) => `c${index}`);
    recorder.invoke({ client: "a", method: "cas", args: [0, 99] });
    for (const client of clients) recorder.invoke({ client, method: "write", args: [client] });
    recorder.invoke({ client: "b", method: "read", args: [] });
    recorder.complete("b", 99);
    for (const client of clients) recorder.complete(client, null);
    recorder.complete("a", false);
    const history = recorder.history();
    const verdict = linearize(history, object);
    if (verdict.kind !== "not-linearizable") throw new Error("the read is not to be explained");
    expect(explain(history, object, verdict).isShortest).toBe(true);
    expect(explain(history, object, verdict, { maxConfigurations: 1 }).isShortest).toBe(false);
  });
});
