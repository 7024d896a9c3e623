import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import { range } from "../schema/schema.ts";
import { type CostEstimate, estimateCost } from "./estimate.ts";

/** Two jugs that are filled, emptied and poured into each other; without a common divisor, 2 · (big + small) states. */
const jugs = model({
  name: "jugs",
  about: "two jugs and a tap",
  bounds: {
    big: { default: 5, min: 1, max: 1_000_000, about: "what one holds" },
    small: { default: 3, min: 1, max: 1_000_000, about: "what the other holds" },
  },
  system({ big, small }) {
    return system({ big: range(0, big), small: range(0, small) }, ({ action, always }) => ({
      actions: {
        fill: action({ filled: range(0, 1) }, (s, { filled }) => {
          if (filled === 0 ? s.big === big : s.small === small) return false;
          if (filled === 0) s.big = big;
          else s.small = small;
        }),
        empty: action({ emptied: range(0, 1) }, (s, { emptied }) => {
          if (emptied === 0 ? s.big === 0 : s.small === 0) return false;
          if (emptied === 0) s.big = 0;
          else s.small = 0;
        }),
        pour: action({ from: range(0, 1) }, (s, { from }) => {
          const amount = from === 0 ? Math.min(s.big, small - s.small) : -Math.min(s.small, big - s.big);
          if (amount === 0) return false;
          s.big -= amount;
          s.small += amount;
        }),
      },
      properties: { within: always((s) => s.big <= big) },
    }));
  },
});

function estimate(big: number, small: number, maxSeconds: number): CostEstimate {
  return estimateCost(instantiate(jugs, { big, small }), { properties: ["within"], maxSeconds });
}

describe("an estimate", () => {
  test.for([
    [5, 3, 16],
    [20, 13, 66],
    [50, 37, 174],
  ] as const)("counts a check that is done in time: jugs of %i and %i", ([big, small, states]) => {
    const found = estimate(big, small, 5);
    expect(found).toMatchObject({ isExact: true, atLeast: states, measured: [] });
    expect(found.states).toEqual({ value: states, low: states, high: states });
  });

  test("is never far from what two bounds can give, nor above what the types have room for", () => {
    for (const [big, small] of [
      [500_001, 4],
      [20_001, 20_000],
      [1_000_000, 999_999],
    ] as const) {
      const { states, isExact, atLeast } = estimate(big, small, 0.5);
      if (isExact) continue;
      expect(atLeast).toBeGreaterThan(0);
      const most = 2 ** (Math.ceil(Math.log2(big + 1)) + Math.ceil(Math.log2(small + 1)));
      expect(states?.high ?? 0).toBeLessThanOrEqual(most);
      expect(states?.low ?? atLeast).toBeGreaterThanOrEqual(atLeast);
    }
  });

  test("does without smaller bounds that the model is not ready for", () => {
    const picky = model({
      ...jugs,
      system: (bounds) => {
        if (bounds.small < 4) throw new TypeError("not that small");
        return jugs.system(bounds);
      },
    });
    const found = estimateCost(instantiate(picky, { big: 900_001, small: 900_000 }), {
      properties: ["within"],
      maxSeconds: 0.2,
    });
    expect(found.measured.every(({ bounds }) => bounds.small! >= 4)).toBe(true);
  });

  test("is of the check as it is where that ends with a violation", () => {
    const broken = model({
      ...jugs,
      system: (bounds) => ({
        ...jugs.system(bounds),
        properties: { within: { kind: "always", parts: 1, isStable: false, test: ({ big }) => big === 0 } },
      }),
    });
    const found = estimateCost(instantiate(broken, { big: 9999, small: 2 }), {
      properties: ["within"],
      maxSeconds: 10,
    });
    expect(found.isExact).toBe(true);
    expect(found.states!.value).toBeLessThan(10);
  });
});
