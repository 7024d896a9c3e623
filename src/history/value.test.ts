import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalText, isSame, type Value } from "./value.ts";

const values = fc.jsonValue() as fc.Arbitrary<Value>;

describe("the canonical text of a value", () => {
  test("does not depend on the order of fields", () => {
    expect(canonicalText({ b: [1, null], a: "x" })).toBe('{"a":"x","b":[1,null]}');
    expect(canonicalText({ a: "x", b: [1, null] })).toBe('{"a":"x","b":[1,null]}');
  });

  test("tells text from numbers and one large integer from the next", () => {
    expect(canonicalText("1")).not.toBe(canonicalText(1));
    expect(canonicalText(9007199254740993n)).not.toBe(canonicalText(9007199254740992n));
  });

  test("is JSON that reads back as the value", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("is shared exactly by values that are the same", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(isSame(a, b)).toBe(canonicalText(a) === canonicalText(b));
        expect(isSame(a, structuredClone(a))).toBe(true);
      }),
    );
  });
});
