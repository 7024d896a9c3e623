import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HistoryRecorder } from "./history-recorder.ts";
import { linearize } from "./linearize.ts";
import {
  abandoned,
  type Call,
  invoked,
  type Possibilities,
  possibilitiesOf,
  possibleResults,
  responded,
} from "./possibilities.ts";
import { register } from "./register.ts";
import { refutationOf } from "./replay.ts";
import type { Value } from "./value.ts";

const object = register(0);
const write = (value: number): Call => ({ method: "write", args: [value] });
const read: Call = { method: "read", args: [] };
const start = possibilitiesOf<Value>([0]);
const results = (set: Possibilities<Value>, client: number) => possibleResults(set, object, client).sort();

describe("possibilities", () => {
  it("leave open whether a pending call has taken effect", () => {
    const writing = invoked(start, 1, write(1));
    expect(results(invoked(writing, 2, read), 2)).toEqual([0, 1]);
    const returned = responded(writing, object, 1, null);
    expect(results(invoked(returned, 2, read), 2)).toEqual([1]);
  });

  it("keep a result that was seen", () => {
    const both = invoked(invoked(start, 1, write(1)), 2, read);
    const seen = responded(both, object, 2, 1);
    expect(results(invoked(seen, 3, read), 3)).toEqual([1]);
    const unseen = responded(both, object, 2, 0);
    expect(results(invoked(unseen, 3, read), 3)).toEqual([0, 1]);
  });

  it("let an abandoned call take effect late, once", () => {
    const gone = abandoned(invoked(start, 1, write(1)), object, 1);
    const two = responded(invoked(gone, 2, write(2)), object, 2, null);
    const one = responded(invoked(two, 2, read), object, 2, 1);
    expect(results(invoked(two, 2, read), 2)).toEqual([1, 2]);
    expect(results(invoked(one, 2, read), 2)).toEqual([1]);
  });

  it("are none when a result cannot be explained", () => {
    expect(responded(invoked(start, 1, read), object, 1, 7)).toEqual([]);
  });

  it("forget an abandoned read, and how a state came about", () => {
    expect(abandoned(invoked(start, 1, read), object, 1)).toEqual(start);
    const twice = responded(
      invoked(responded(invoked(start, 1, write(1)), object, 1, null), 1, write(2)),
      object,
      1,
      null,
    );
    expect(responded(invoked(start, 2, write(2)), object, 2, null)).toEqual(twice);
  });

  it("stay few however many equal calls are abandoned", () => {
    let set = start;
    for (let i = 0; i < 8; i++) set = abandoned(invoked(set, i, write(1)), object, i);
    expect(set).toHaveLength(1);
  });
});

interface Turn {
  readonly client: number;
  readonly call: Call;
  readonly choice: number;
}

const turns = fc.array(
  fc.record({
    client: fc.integer({ min: 1, max: 3 }),
    call: fc.constantFrom(
      read,
      read,
      write(1),
      write(2),
      { method: "cas", args: [0, 1] },
      { method: "cas", args: [1, 2] },
    ),
    choice: fc.nat(11),
  }),
  { minLength: 4, maxLength: 14 },
);

/** The same history as events for the possibilities and as a record. */
function play(all: readonly Turn[]) {
  const recorder = new HistoryRecorder();
  const inFlight = new Map<number, Call>();
  let set = start;
  let called = 0;
  for (const { client, call, choice } of all) {
    const current = inFlight.get(client);
    if (current === undefined) {
      if (called++ >= 6) continue;
      recorder.invoke({ client: `${client}`, ...call });
      inFlight.set(client, call);
      set = invoked(set, client, call);
      continue;
    }
    inFlight.delete(client);
    if (choice >= 10) {
      recorder.abandon(`${client}`);
      set = abandoned(set, object, client);
    } else {
      const possible =
        current.method === "read" ? [0, 1, 2] : current.method === "cas" ? [false, true] : [null];
      const result = possible[choice % possible.length]!;
      recorder.complete(`${client}`, result);
      set = responded(set, object, client, result);
    }
  }
  return { history: recorder.history(), set };
}

describe("on random histories", () => {
  it("possibilities are left exactly if the offline checker and brute force find a linearization", () => {
    const seen = { linearizable: 0, "not-linearizable": 0, unknown: 0, pending: 0 };
    fc.assert(
      fc.property(turns, (all) => {
        const { history, set } = play(all);
        const verdict = linearize(history, object).kind;
        seen[verdict]++;
        if (history.some(({ kind }) => kind === "pending")) seen.pending++;
        expect(set.length > 0).toBe(verdict === "linearizable");
        const extend = (order: readonly number[]): boolean =>
          refutationOf(order, history, object) === undefined ||
          history.some((_, index) => !order.includes(index) && extend([...order, index]));
        expect(set.length > 0).toBe(extend([]));
      }),
      { numRuns: 1500 },
    );
    expect(seen.unknown).toBe(0);
    expect(seen.linearizable).toBeGreaterThan(300);
    expect(seen["not-linearizable"]).toBeGreaterThan(300);
    expect(seen.pending).toBeGreaterThan(300);
  });
});
