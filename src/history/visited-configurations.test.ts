import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LinearizedSet, scramble } from "./linearized-set.ts";
import { StepTable, UNKNOWN } from "./step-table.ts";
import { stateFactor, VisitedConfigurations } from "./visited-configurations.ts";

const completeCount = 70;
const pendingCount = 40;

function linearizedSetOf(operations: Iterable<number>): LinearizedSet {
  const set = new LinearizedSet(completeCount, pendingCount);
  for (const operation of operations) set.add(operation);
  return set;
}

describe("a set of linearized operations", () => {
  test("is the same however it came about", () => {
    const toggles = fc.array(fc.nat(completeCount + pendingCount - 1), { maxLength: 200 });
    fc.assert(
      fc.property(toggles, (operations) => {
        const members = new Set<number>();
        const set = linearizedSetOf([]);
        for (const operation of operations) {
          if (members.delete(operation)) {
            set.delete(operation);
          } else {
            members.add(operation);
            set.add(operation);
          }
          expect(set.has(operation)).toBe(members.has(operation));
        }
        expect(set).toEqual(linearizedSetOf([...members].sort((a, b) => b - a)));
      }),
    );
  });

  test("is told by the window between its full words and its empty ones", () => {
    const set = linearizedSetOf(Array.from({ length: 32 }, (_, operation) => operation));
    expect([set.low, set.high]).toEqual([1, 0]);
    set.add(69);
    expect([set.low, set.high]).toEqual([1, 2]);
    set.delete(3);
    expect([set.low, set.high]).toEqual([0, 2]);
  });
});

describe("the visited configurations", () => {
  const configurations = fc.array(
    fc.record({
      complete: fc.uniqueArray(fc.constantFrom(0, 1, 31, 32, 69)),
      pending: fc.uniqueArray(fc.constantFrom(70, 101, 102, 109)),
      state: fc.nat(2),
    }),
    { maxLength: 300 },
  );

  test("refuse what they hold and what uses more pending operations, and nothing else", () => {
    fc.assert(
      fc.property(configurations, (met) => {
        const visited = new VisitedConfigurations();
        const added: typeof met = [];
        for (const { complete, pending, state } of met) {
          const isAdded = visited.add(linearizedSetOf([...complete, ...pending]), state);
          const covering = added.filter(
            (other) =>
              other.state === state &&
              other.complete.length === complete.length &&
              other.complete.every((operation) => complete.includes(operation)) &&
              other.pending.every((operation) => pending.includes(operation)),
          );
          if (isAdded) {
            // Only a few of those with fewer pending operations are looked at, but an equal one is found.
            expect(
              covering.length < 8 || covering.every((other) => other.pending.length < pending.length),
            ).toBe(true);
            added.push({ complete, pending, state });
          } else {
            expect(covering).not.toEqual([]);
          }
        }
        expect(visited.size).toBe(added.length);
      }),
    );
  });

  test("are told apart when their hashes coincide", () => {
    // States are mixed into the hash by an odd factor; this is the state that the factor turns into the hash of operation 0.
    let inverse = 1;
    for (let round = 0; round < 5; round++) inverse = Math.imul(inverse, 2 - Math.imul(stateFactor, inverse));
    const state = Math.imul(scramble(1), inverse);
    const visited = new VisitedConfigurations();
    expect(visited.add(linearizedSetOf([0]), 0)).toBe(true);
    expect(visited.add(linearizedSetOf([]), state)).toBe(true);
    expect(visited.add(linearizedSetOf([0]), 0)).toBe(false);
    expect(visited.add(linearizedSetOf([]), state)).toBe(false);
  });

  test("stay exact when they are many", () => {
    const visited = new VisitedConfigurations();
    const addAll = () => {
      let added = 0;
      for (let state = 0; state < 5000; state++) {
        if (visited.add(linearizedSetOf([state % completeCount]), state)) added++;
      }
      return added;
    };
    expect(addAll()).toBe(5000);
    expect(addAll()).toBe(0);
    expect(visited.bytes).toBeGreaterThan(5000 * 16);
  });
});

describe("the table of steps", () => {
  test("answers what was put in, however many there are", () => {
    const steps = new StepTable();
    for (let state = 0; state < 3000; state++) steps.add(state, state % 7, state - 1);
    for (let state = 0; state < 3000; state++) {
      expect(steps.get(state, state % 7)).toBe(state - 1);
      expect(steps.get(state, 7)).toBe(UNKNOWN);
    }
  });
});
