import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bounded, extrapolate, type Point } from "./growth.ts";

/** Knows a count at all points but those that are not below `target`. */
const below =
  (target: Point, count: (point: Point) => number) =>
  (point: Point): number | undefined =>
    point.join() === target.join() ? undefined : count(point);

describe("an extrapolation", () => {
  test("is exact where what it extends is a product of geometric series", () => {
    const ratios = fc.array(fc.double({ min: 1.5, max: 14, noNaN: true }), { minLength: 1, maxLength: 3 });
    const property = fc.property(ratios, fc.integer({ min: 2, max: 4 }), (ratio, size) => {
      const target = ratio.map(() => size);
      const count = (point: Point): number =>
        point.reduce((product, value, i) => product * ratio[i]! ** value, 7);
      const found = extrapolate(target, below(target, count))!;
      expect(found.value / count(target)).toBeCloseTo(1, 6);
      expect(found.low).toBeLessThanOrEqual(found.value);
      expect(found.high).toBeGreaterThanOrEqual(found.value);
    });
    fc.assert(property);
  });

  test("follows a ratio that changes", () => {
    // The states of two-phase commit with 3 to 7 participants, and with 8.
    const states = new Map([3, 4, 5, 6, 7].map((n, i) => [n, [288, 1_568, 8_832, 50_816, 296_448][i]!]));
    const found = extrapolate([8], ([n]) => states.get(n!))!;
    expect(found.value / 1_745_408).toBeCloseTo(1, 1);
  });

  test("takes more than one step, and trusts it less", () => {
    const known = ([n]: Point): number | undefined => (n! <= 3 ? 10 ** n! : undefined);
    const [near, far] = [4, 6].map((n) => extrapolate([n], known)!);
    expect(far!.value).toBeCloseTo(10 ** 6, 0);
    expect(far!.high / far!.low).toBeGreaterThan(near!.high / near!.low);
  });

  test("says nothing where too little is known", () => {
    expect(extrapolate([3], () => undefined)).toBeUndefined();
    expect(extrapolate([3], ([n]) => (n === 1 ? 5 : undefined))).toBeUndefined();
    expect(extrapolate([], () => undefined)).toBeUndefined();
  });

  test("says nothing of what is far away, or where all ways lead elsewhere", () => {
    const known = ([n]: Point): number | undefined => (n! <= 3 ? 10 ** n! : undefined);
    expect(extrapolate([7], known)).toBeDefined();
    expect(extrapolate([8], known)).toBeUndefined();
    expect(extrapolate([5], ([n]) => [1, 10 ** 4, 10 ** 9][n!])).toBeUndefined();
    const wild = new Map(Object.entries({ "0,2": 1, "1,2": 10 ** 5, "2,0": 10 ** 6, "2,1": 10 ** 6 }));
    expect(extrapolate([2, 2], (at) => wild.get(at.join()))).toBeUndefined();
  });

  test("goes along all bounds at once where nothing else is known", () => {
    const known = ([a, b]: Point): number | undefined => (a === b && a! < 4 ? 3 ** a! : undefined);
    expect(extrapolate([4, 4], known)!.value).toBeCloseTo(81, 6);
  });

  test("is kept between what was seen and what is possible", () => {
    const estimate = { value: 50, low: 20, high: 90 };
    expect(bounded(estimate, 30, 40)).toEqual({ value: Math.sqrt(30 * 40), low: 30, high: 40 });
    expect(bounded(estimate, 30, 60)).toEqual({ value: 50, low: 30, high: 60 });
    expect(bounded(estimate, 91, 1000)).toBeUndefined();
    expect(bounded(estimate, 1, Infinity)).toEqual(estimate);
  });
});
