import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { node, oneOf, option, range, record, sequence, subset } from "./schema.ts";
import { scalars, valuesOf } from "./test-scalars.ts";
import { asScalar } from "./values.ts";

describe("codes", () => {
  const typeAndCode = scalars().chain((written) =>
    fc.tuple(fc.constant(written), fc.nat({ max: written.type.size - 1 })),
  );
  test.prop([typeAndCode])("are given back by the value they stand for", ([{ type }, code]) => {
    expect(type.encode(type.decode(code), "")).toBe(code);
  });

  const typeAndValue = scalars().chain((written) => fc.tuple(fc.constant(written), valuesOf(written.type)));
  test.prop([typeAndValue])("give back the value they were made of", ([{ type }, value]) => {
    const copy = structuredClone(value);
    expect(type.decode(type.encode(copy, ""))).toEqual(value);
  });

  test.prop([scalars().filter(({ type }) => type.size <= 300)])(
    "enumerate the values without repetition",
    ({ type }) => {
      const values = type.values().map((value) => JSON.stringify(value));
      expect(new Set(values).size).toBe(type.size);
    },
  );

  test("are as many as the combinations", () => {
    expect(option(range(1, 5)).size).toBe(6);
    expect(sequence(range(0, 2), 3).size).toBe(1 + 3 + 9 + 27);
    expect(subset(node(4), { atLeast: 1, atMost: 2 }).size).toBe(4 + 6);
    expect(asScalar(record({ a: range(0, 2), b: oneOf("x", "y") })).size).toBe(6);
  });
});

describe("a type that makes no sense is refused", () => {
  test.each([
    ["a range upside down", () => range(3, 1), /two integers, the lower first: 3\.\.1/],
    ["a range of fractions", () => range(0, 1.5), /two integers/],
    ["a name twice", () => oneOf("x", "x"), /different names/],
    ["no name at all", () => oneOf(), /one or more/],
    [
      "more values than a field can hold",
      () => sequence(range(0, 99), 9),
      /more than a single field can hold/,
    ],
    ["subsets of a large domain", () => subset(range(0, 20)), /more than 16 elements/],
    ["subsets larger than the domain", () => subset(node(2), { atLeast: 3 }), /no value/],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
