import fc from "fast-check";
import { expect, test } from "vitest";
import { Interner } from "./interner.ts";

const widths = fc.integer({ min: 1, max: 3 });
const word = fc.oneof(fc.nat({ max: 3 }), fc.integer());

test("an interner numbers runs of words as a map from their text would", () => {
  const scene = widths.chain((width) => {
    const run = fc.array(word, { minLength: width, maxLength: width });
    return fc.tuple(fc.constant(width), fc.array(run));
  });
  const property = fc.property(scene, ([width, runs]) => {
    const interner = new Interner(width);
    const ids = new Map<string, number>();
    for (const run of runs) {
      const key = run.join();
      if (!ids.has(key)) ids.set(key, ids.size);
      expect(interner.intern(Int32Array.from(run))).toBe(ids.get(key));
      expect(interner.size).toBe(ids.size);
    }
  });
  fc.assert(property);
});

test("an interner keeps its numbers however much it grows", () => {
  const interner = new Interner(2);
  const runs = Array.from({ length: 5000 }, (_, i) => Int32Array.of(i % 70, i << 13));
  expect(runs.map((run) => interner.intern(run))).toEqual(runs.map((_, i) => i));
  expect(runs.map((run) => interner.intern(run))).toEqual(runs.map((_, i) => i));
});
