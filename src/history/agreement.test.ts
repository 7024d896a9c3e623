import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { History } from "./history.ts";
import { type Call, HistoryRecorder } from "./history-recorder.ts";
import { keyValueStore } from "./key-value-store.ts";
import { linearize } from "./linearize.ts";
import { register } from "./register.ts";
import { refutationOf } from "./replay.ts";
import type { SequentialObject } from "./sequential-object.ts";
import { choicesOf, randomHistory } from "./test-random-history.ts";
import { canonicalText, type Value } from "./value.ts";

/** Tries every order of some of the operations. */
function isLinearizableByForce(history: History, object: SequentialObject<unknown>): boolean {
  const extend = (order: readonly number[]): boolean => {
    if (refutationOf(order, history, object) === undefined) return true;
    return history.some((_, index) => !order.includes(index) && extend([...order, index]));
  };
  return extend([]);
}

type MethodCall = Omit<Call, "client">;

/** Small histories of any verdict: three clients call, return something that the method can return, or
 *  give up. */
function histories(
  calls: readonly MethodCall[],
  results: (call: Call) => readonly Value[],
): fc.Arbitrary<History> {
  const turn = fc.record({
    client: fc.constantFrom("a", "b", "c"),
    call: fc.constantFrom(...calls),
    choice: fc.nat(11),
  });
  return fc.array(turn, { minLength: 4, maxLength: 13 }).map((turns) => {
    const recorder = new HistoryRecorder();
    let called = 0;
    for (const { client, call, choice } of turns) {
      const inFlight = recorder.inFlight(client);
      if (inFlight !== undefined) {
        const possible = results(inFlight);
        if (choice === 11) recorder.abandon(client);
        else recorder.complete(client, possible[choice % possible.length]!);
      } else if (called++ < 6) {
        recorder.invoke({ client, ...call });
      }
    }
    return recorder.history();
  });
}

const registerCalls: MethodCall[] = [
  { method: "read", args: [] },
  { method: "read", args: [] },
  { method: "write", args: [1] },
  { method: "write", args: [2] },
  { method: "cas", args: [0, 1] },
  { method: "cas", args: [1, 2] },
];

const storeCalls: MethodCall[] = ["x", "y"].flatMap((key) => [
  { method: "get", args: [key] },
  { method: "get", args: [key] },
  { method: "put", args: [key, 1] },
  { method: "append", args: [key, 2] },
  { method: "delete", args: [key] },
  { method: "cas", args: [key, null, 1] },
]);

function registerResults({ method }: Call): readonly Value[] {
  if (method === "read") return [0, 1, 2];
  return method === "cas" ? [false, true] : [null];
}

function storeResults({ method }: Call): readonly Value[] {
  if (method === "get") return [null, 1, [2], [1, 2]];
  return method === "cas" ? [false, true] : [null];
}

/** The same object with nothing that shortens a search. */
function plain<State>({ initial, apply, key }: SequentialObject<State>): SequentialObject<State> {
  return { initial, apply, key };
}

const objects = [
  { name: "a register", object: register(0), histories: histories(registerCalls, registerResults) },
  { name: "a key-value store", object: keyValueStore(), histories: histories(storeCalls, storeResults) },
];

describe.each(objects)("on small histories of $name", ({ object, histories: small }) => {
  test("the checker agrees with brute force, and its witnesses stand", () => {
    const seen = { linearizable: 0, "not-linearizable": 0, unknown: 0, pending: 0 };
    fc.assert(
      fc.property(small, (history) => {
        const verdict = linearize(history, object);
        seen[verdict.kind]++;
        if (history.some((operation) => operation.kind === "pending")) seen.pending++;
        expect(verdict.kind === "linearizable").toBe(isLinearizableByForce(history, plain(object)));
        if (verdict.kind === "linearizable") {
          expect(refutationOf(verdict.linearization, history, plain(object))).toBeUndefined();
        }
      }),
      { numRuns: 1500 },
    );
    // Without all of these the agreement would say little.
    expect(seen.unknown).toBe(0);
    expect(seen.linearizable).toBeGreaterThan(300);
    expect(seen["not-linearizable"]).toBeGreaterThan(300);
    expect(seen.pending).toBeGreaterThan(300);
  });
});

describe("on histories of some dozens of operations", () => {
  const object = keyValueStore();
  const values = [null, 0, 1, 2];

  /** A history that could happen, with one result replaced, perhaps by the same. */
  const almostLinearizable = fc
    .record({ seed: fc.integer(), which: fc.nat(), result: fc.constantFrom(...values) })
    .map(({ seed, which, result }): History => {
      const choose = choicesOf(seed);
      const history = randomHistory({
        object,
        clients: 5,
        operations: 40,
        lostPerMille: 60,
        choose,
        call: () => {
          const key = ["x", "y"][choose(2)]!;
          if (choose(3) === 0) return { method: "get", args: [key] };
          return choose(2) === 0
            ? { method: "put", args: [key, choose(3)] }
            : { method: "cas", args: [key, choose(3), choose(3)] };
        },
      });
      const reads = history.filter(
        (operation) => operation.method === "get" && operation.kind === "complete",
      );
      const changed = reads[which % reads.length];
      return history.map((operation) =>
        operation === changed && operation.kind === "complete" ? { ...operation, result } : operation,
      );
    });

  test("taking the object apart and taking reads at once change no verdict", () => {
    const seen = { linearizable: 0, "not-linearizable": 0, unknown: 0 };
    fc.assert(
      fc.property(almostLinearizable, (history) => {
        const verdict = linearize(history, object);
        seen[verdict.kind]++;
        expect(linearize(history, plain(object)).kind).toBe(verdict.kind);
      }),
      { numRuns: 300 },
    );
    expect(seen.unknown).toBe(0);
    expect(seen.linearizable).toBeGreaterThan(50);
    expect(seen["not-linearizable"]).toBeGreaterThan(50);
  });

  test("a history that an object made is linearizable with respect to it", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const choose = choicesOf(seed);
        const call = () => registerCalls[choose(registerCalls.length)]!;
        const history = randomHistory({
          object: register(0),
          clients: 6,
          operations: 60,
          lostPerMille: 30,
          choose,
          call,
        });
        expect(linearize(history, register(0)).kind).toBe("linearizable");
      }),
      { numRuns: 200 },
    );
  });
});

describe("histories of broken objects", () => {
  /** What `run` does to a register that also remembers the value before the last write. */
  function broken(
    run: (
      state: readonly [Value, Value],
      method: string,
      args: readonly Value[],
    ) => readonly [readonly [Value, Value], Value],
  ): SequentialObject<readonly [Value, Value]> {
    return { initial: [0, 0], apply: run, key: canonicalText };
  }

  const twins = {
    "reads lag one write behind": broken(([now, before], method, args) =>
      method === "read" ? [[now, before], before] : [[args[0]!, now], null],
    ),
    "a write of the value before the last is lost": broken(([now, before], method, args) =>
      method === "read"
        ? [[now, before], now]
        : args[0] === before
          ? [[now, before], null]
          : [[args[0]!, now], null],
    ),
  };

  test.each(Object.entries(twins))("are found out when %s", (_, twin) => {
    const choose = choicesOf(7);
    const call = () =>
      choose(2) === 0 ? { method: "read", args: [] } : { method: "write", args: [choose(3)] };
    const history = randomHistory({
      object: twin,
      clients: 3,
      operations: 200,
      lostPerMille: 0,
      choose,
      call,
    });
    expect(linearize(history, register(0)).kind).toBe("not-linearizable");
  });
});
