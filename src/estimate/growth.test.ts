import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extrapolate, type Point } from "./growth.ts";

/** Knows a count at all points but those that are not below `target`. */
const below =
  (target: Point, count: (point: Point) => number) =>
  (point: Point): number | undefined =>
    point.join() === target.join() ? undefined : count(point);

describe("an extrapolation", () => {
  test("is exact where what it extends is a product of geometric series", () => {
    const ratios = fc.array(fc.double({ min: 1.5, max: 20, noNaN: true }), { minLength: 1, maxLength: 3 });
    const property = fc.property(ratios, fc.integer({ min: 2, max: 4 }), (ratio, size) => {
      const target = ratio.map(() => size);
      const count = (point: Point): number =>
        point.reduce((product, value, i) => product * ratio[i]! ** value, 7);
      const found = extrapolate(
        target,
        ratio.map(() => 0),
        below(target, count),
      )!;
      expect(found.value / count(target)).toBeCloseTo(1, 6);
      expect(found.low).toBeLessThanOrEqual(found.value);
      expect(found.high).toBeGreaterThanOrEqual(found.value);
    });
    fc.assert(property);
  });

  test("follows a ratio that changes", () => {
    // The states of two-phase commit with 3 to 7 participants, and with 8.
    const states = new Map([3, 4, 5, 6, 7].map((n, i) => [n, [288, 1_568, 8_832, 50_816, 296_448][i]!]));
    const found = extrapolate([8], [1], ([n]) => states.get(n!))!;
    expect(found.value / 1_745_408).toBeCloseTo(1, 1);
  });

  test("takes more than one step, and trusts it less", () => {
    const known = ([n]: Point): number | undefined => (n! <= 3 ? 10 ** n! : undefined);
    const [near, far] = [4, 6].map((n) => extrapolate([n], [0], known)!);
    expect(far!.value).toBeCloseTo(10 ** 6, 0);
    expect(far!.high / far!.low).toBeGreaterThan(near!.high / near!.low);
  });

  test("says nothing where too little is known", () => {
    expect(extrapolate([3], [2], () => undefined)).toBeUndefined();
    expect(extrapolate([3], [1], ([n]) => (n === 1 ? 5 : undefined))).toBeUndefined();
  });
});
