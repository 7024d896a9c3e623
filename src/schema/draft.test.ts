import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { strayRead } from "./array.ts";
import {
  array,
  channels,
  list,
  messages,
  node,
  oneOf,
  option,
  range,
  record,
  sequence,
  set,
} from "./schema.ts";
import { outcome } from "./test-operations.ts";
import { Packed, Plain } from "./test-packed.ts";
import { kindsOfStates } from "./test-states.ts";
import type { DraftOf } from "./type.ts";

describe("a packed draft", () => {
  test.each(kindsOfStates)("%s does what the plain one does, to the bit, or throws the same", (_, states) => {
    const stateAndOperations = states.chain((state) =>
      fc.tuple(fc.constant(state), fc.array(state.operation, { minLength: 1, maxLength: 20 })),
    );
    const property = fc.property(stateAndOperations, ([{ type }, operations]) => {
      const [packed, stored, plain] = [new Packed(type), new Packed(type), new Plain(type)];
      const draft = packed.draft();
      for (const operation of operations) {
        const before = packed.words.slice();
        const result = outcome(operation, draft);
        expect(result).toEqual(outcome(operation, plain.draft));
        if (!isDeepStrictEqual(packed.value, plain.value)) expect(packed.value).toEqual(plain.value);
        stored.value = plain.value;
        expect(packed.words).toEqual(stored.words);
        if ("error" in result) expect(packed.words).toEqual(before);
      }
    });
    fc.assert(property, { numRuns: 150 });
  });
});

describe("a value outside a field's range", () => {
  const type = record({
    ballot: range(1, 3),
    leader: record({ log: sequence(option(range(0, 1)), 2) }),
    votes: array(node(3), oneOf("yes", "no")),
    queue: list(range(0, 9), 2),
    seen: set(range(0, 2000), { capacity: 1 }),
    sent: messages({ promise: { ballot: range(1, 3) } }),
  });
  type Draft = DraftOf<typeof type>;
  const cases: readonly (readonly [string, (s: Draft) => unknown])[] = [
    ["ballot: 4 is not in 1..3", (s) => Object.assign(s, { ballot: 4 })],
    ["ballot: NaN is not in 1..3", (s) => Object.assign(s, { ballot: Number.NaN })],
    ["ballot: 1.5 is not in 1..3", (s) => Object.assign(s, { ballot: 1.5 })],
    ["leader.log[1]: 2 is not in 0..1", (s) => Object.assign(s.leader, { log: [null, 2] })],
    ["leader.log: [0,0,0] is not in sequences", (s) => Object.assign(s.leader, { log: [0, 0, 0] })],
    ['votes[n2]: "maybe" is not in yes | no', (s) => s.votes.set(1, "maybe" as "yes")],
    ["votes.index: 3 is not in n1..n3", (s) => s.votes.get(3)],
    ["queue position: 0 is not in an empty list", (s) => s.queue.at(0)],
    ["queue.length: 3 is not in 0..2", (s) => [1, 2, 3].map((item) => s.queue.push(item))],
    ["queue.length: 0.5 is not in 0..2", (s) => s.queue.truncate(0.5)],
    ["is not in its capacity of 1", (s) => [1, 2].map((element) => s.seen.add(element))],
    ["sent.promise.ballot: 0 is not in 1..3", (s) => s.sent.promise.send({ ballot: 0 })],
  ];
  test.each(cases)("is refused: %s", (message, write) => {
    for (const draft of [new Packed(type).draft(), new Plain(type).draft]) {
      expect(() => write(draft as Draft)).toThrow(message);
    }
  });

  test("is not in a row that does not exist", () => {
    const rows = record({ rows: array(range(1, 2), record({ x: range(0, 1) })) });
    for (const draft of [new Packed(rows).draft(), new Plain(rows).draft]) {
      const { rows: all } = draft as DraftOf<typeof rows>;
      expect([all[0], all[3], all[-1]]).toEqual([undefined, undefined, undefined]);
      expect(() => Object.assign(all[3]!, { x: 1 })).toThrow(TypeError);
    }
    expect(strayRead.last?.message).toBe("rows.index: 3 is not in 1..2");
  });
});

describe("a name that is no field", () => {
  const type = record({
    lock: record({ granted: range(0, 3), holder: option(node(2)) }),
    last: option(record({ x: range(0, 3) })),
    sent: messages({ a: { x: range(0, 3), y: range(0, 3) } }),
    links: channels(node(2), node(2), { b: {} }, 1),
  });
  type Draft = DraftOf<typeof type>;
  const x = { x: 1, y: 2 };
  test.each<[string, (s: Draft) => unknown]>([
    ["sent.a: z is not a field of message a; it has x, y", (s) => s.sent.a.send({ ...x, z: 3 } as never)],
    ["sent.a: z is not a field of message a; it has x, y", (s) => s.sent.a.match({ z: 3 } as never)],
    ["sent.a.x: undefined is not in 0..3", (s) => s.sent.a.match({ x: undefined } as never)],
    ['sent.a.type: "b" is not in a', (s) => s.sent.a.send({ type: "b", ...x } as never)],
    ['sent.a.type: "b" is not in a', (s) => s.sent.a.match({ type: "b" } as never)],
    [
      "links[n1][n2].item: x is not a field of message b; it has none",
      (s) => s.links[0]![1]!.send({ type: "b", ...x }),
    ],
    ["last: z is not a field of the record; it has x", (s) => Object.assign(s, { last: { x: 1, z: 3 } })],
    [
      "lock: z is not a field of the record; it has granted, holder",
      (s) => Object.assign(s, { lock: { granted: 1, holder: null, z: 3 } }),
    ],
    ["lock: null is not a record with granted, holder", (s) => Object.assign(s, { lock: null })],
  ])("is refused: %s", (message, write) => {
    for (const draft of [new Packed(type).draft(), new Plain(type).draft]) {
      expect(() => write(draft as Draft)).toThrow(message);
    }
  });

  test("is refused where it is read, too, and where it is written", () => {
    type Loose = { readonly [name: string]: { [name: string]: unknown } };
    const cases: readonly (readonly [string, (s: Loose) => unknown])[] = [
      ["kk is not a field of the state; it has lock, last, sent, links", (s) => s.kk],
      ["kk is not a field of the state", (s) => Object.assign(s, { kk: 1 })],
      ["by is not a field of lock; it has granted, holder", (s) => s.lock!.by],
      ["b is not a field of sent; it has a", (s) => s.sent!.b],
      ["length is not a field of sent.a; it has size, has, ", (s) => (s.sent!.a as Loose).length],
    ];
    for (const [message, look] of cases) {
      for (const draft of [
        new Packed(type).draft(),
        new Packed(type).draft(new Int32Array(9)),
        new Plain(type).draft,
      ]) {
        expect(() => look(draft as Loose)).toThrow(message);
      }
    }
  });

  test("is none of a part of the state itself, or message, which can be given whole", () => {
    const parts = record({
      now: record({ x: range(0, 3) }),
      old: record({ x: range(0, 3) }),
      seen: set(record({ x: range(0, 3) })),
    });
    for (const draft of [new Packed(parts).draft(), new Plain(parts).draft] as DraftOf<typeof parts>[]) {
      draft.now.x = 2;
      draft.old = draft.now;
      draft.seen.add(draft.now);
      draft.seen.add({ type: "message", x: 2 } as never);
      expect([draft.old.x, draft.seen.values()]).toEqual([2, [{ x: 2 }]]);
    }
  });
});
