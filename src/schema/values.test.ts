import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  array,
  channels,
  flag,
  node,
  oneOf,
  option,
  range,
  record,
  sequence,
  set,
  subset,
} from "./schema.ts";
import { scalars, valuesOf } from "./test-scalars.ts";
import { asScalar } from "./values.ts";

describe("codes", () => {
  test("are given back by the value they stand for", () => {
    const typeAndCode = scalars().chain(({ type }) => fc.tuple(fc.constant(type), fc.nat(type.size - 1)));
    const property = fc.property(typeAndCode, ([type, code]) => {
      expect(type.encode(type.decode(code), "")).toBe(code);
    });
    fc.assert(property);
  });

  test("give back the value they were made of", () => {
    const typeAndValue = scalars().chain(({ type }) => fc.tuple(fc.constant(type), valuesOf(type)));
    const property = fc.property(typeAndValue, ([type, value]) => {
      expect(type.decode(type.encode(structuredClone(value), ""))).toEqual(value);
    });
    fc.assert(property);
  });

  test("enumerate the values without repetition", () => {
    const small = scalars().filter(({ type }) => type.size <= 300);
    const property = fc.property(small, ({ type }) => {
      const values = type.values().map((value) => JSON.stringify(value));
      expect(new Set(values).size).toBe(type.size);
    });
    fc.assert(property);
  });

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
    ["an option of an option", () => option(option(flag())), /null could be either/],
    [
      "a value that holds a set",
      () => option(record({ a: set(flag()) })),
      /cannot be a value inside another/,
    ],
    ["rows below zero", () => array(range(-1, 1), set(flag())), /begin at 0 or above/],
    ["a large set without a capacity", () => set(range(0, 5000)), /needs a capacity/],
    ["channels of no elements", () => channels(0, node(2), {}, 1), /two integers/],
    ["subsets larger than the domain", () => subset(node(2), { atLeast: 3 }), /no value/],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow(message);
  });
});
