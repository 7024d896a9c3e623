import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forget } from "./record.ts";
import { flag, range, record, set, volatile } from "./schema.ts";
import { Packed, Plain } from "./test-packed.ts";
import { states } from "./test-states.ts";

describe("forget", () => {
  const type = record({
    promised: range(1, 5),
    leading: volatile(flag()),
    votes: volatile(set(range(0, 40))),
    session: record({ id: range(0, 9), open: volatile(range(2, 3)) }),
  });
  const before = { promised: 4, leading: true, votes: [0, 40], session: { id: 7, open: 3 } };
  const after = { promised: 4, leading: false, votes: [], session: { id: 7, open: 2 } };

  test("resets the volatile fields, at any depth, and no others", () => {
    const packed = new Packed(type);
    packed.value = before;
    forget(packed.draft() as object);
    expect(packed.value).toEqual(after);
    const plain = new Plain(type);
    plain.value = before;
    forget(plain.draft as object);
    expect(plain.value).toEqual(after);
  });

  test("is refused for a record that has nothing to lose", () => {
    const durable = record({ x: range(0, 1) });
    for (const draft of [new Packed(durable).draft(), new Plain(durable).draft]) {
      expect(() => forget(draft as object)).toThrow("takes a record of the state with volatile fields");
    }
  });

  test("does to any state what it does to a plain one", () => {
    const lossy = states.filter(({ type }) => type.isVolatile);
    const stateAndValue = lossy.chain((state) => fc.tuple(fc.constant(state), state.value));
    const property = fc.property(stateAndValue, ([{ type }, value]) => {
      const packed = new Packed(type);
      packed.value = value;
      forget(packed.draft() as object);
      expect(packed.value).toEqual(type.forgotten(value as never));
    });
    fc.assert(property);
  });
});

describe("a record", () => {
  test.each(["0x", "a-b", "", "constructor", "__proto__"])("has no field called %j", (name) => {
    expect(() => record(Object.fromEntries([[name, flag()]]))).toThrow(/is not a name for a field/);
  });
});
