import { describe, expect, test } from "vitest";
import { instantiate } from "../model/instance.ts";
import { type Model, model, type Parts, system, type Vocabulary } from "../model/model.ts";
import { array, oneOf, range } from "../schema/schema.ts";
import { counters, type Draft, fields, run } from "./test-counters.ts";

describe("a limit", () => {
  test("that is not reached does not matter", () => {
    expect(run(counters(), { maxStates: 90_000, maxDepth: 599 })).toMatchObject({
      ending: "complete",
      states: 90_000,
      transitions: 2 * 299 * 300,
      depth: 598,
    });
  });

  test("of states ends the search soon after", () => {
    const { ending, states } = run(counters(), { maxStates: 5000 });
    expect(ending).toBe("states");
    expect(states).toBeGreaterThan(5000);
    expect(states).toBeLessThanOrEqual(5000 + 256);
  });

  test.each([0, 1, 17])("of depth ends the search before steps from states %i deep", (maxDepth) => {
    const { ending, states, transitions, depth } = run(counters(), { maxDepth });
    expect({ ending, depth }).toEqual({ ending: "depth", depth: maxDepth });
    expect(states).toBe(((maxDepth + 1) * (maxDepth + 2)) / 2);
    expect(transitions).toBe(maxDepth * (maxDepth + 1));
  });

  test("of memory ends the search before more is used", () => {
    const { ending, bytes, states } = run(counters(), { maxBytes: 2 ** 20 });
    expect(ending).toBe("memory");
    expect(states).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(2 ** 20);
  });

  test("of memory also where the table cannot grow and one state has very many successors", () => {
    const leap = counters(({ action }) => ({
      actions: { leap: action(fields, (s, to) => void Object.assign(s, to)) },
    }));
    expect(run(leap, { maxBytes: 0 }).ending).toBe("memory");
    expect(run(leap, { maxBytes: 2 ** 21, maxStates: 70_000 }).ending).toMatch(/memory|states/);
  });
});

test("states that look alike in the table are told apart", () => {
  const digit = range(0, 69);
  const many = model({
    name: "many",
    about: "more states than 32 bits of a hash can tell apart",
    bounds: {},
    system: () =>
      system({ a: digit, b: digit, c: digit, unused: array(3, range(0, 2 ** 20)) }, ({ action }) => ({
        actions: {
          next: action({ which: oneOf("a", "b", "c") }, (s, { which }) => {
            s[which] = (s[which] + 1) % 70;
          }),
        },
      })),
  });
  expect(instantiate(many).isTiny).toBe(false);
  expect(run(many)).toMatchObject({ ending: "complete", states: 70 ** 3, transitions: 3 * 70 ** 3 });
});

describe("a violation", () => {
  const forbid = (x: number): Model =>
    counters(({ always }) => ({ properties: { kept: always((s) => s.x < x || s.y < 2) } }));

  test("is found where it comes first, in the least state", () => {
    const { ending, violations, states } = run(forbid(3));
    expect(ending).toBe("violation");
    expect(violations).toMatchObject([{ property: "kept", depth: 5 }]);
    expect(states).toBe(21);
  });

  test("is found in a first state, even where no step is to be taken", () => {
    const wrong = counters(({ always }) => ({ properties: { kept: always((s) => s.x > 0) } }));
    expect(run(wrong, { maxDepth: 0 })).toMatchObject({
      ending: "violation",
      states: 1,
      violations: [{ property: "kept", depth: 0 }],
    });
  });

  test("is not looked for in properties that were not asked for", () => {
    expect(run(forbid(3), { properties: [] }).ending).toBe("complete");
  });

  test("of one of many parts is found", () => {
    const parts = counters(({ alwaysEach }) => ({
      properties: { kept: alwaysEach(3, (s, part) => part !== 2 || s.y < 4) },
    }));
    expect(run(parts).violations).toMatchObject([{ property: "kept", depth: 4 }]);
  });
});

describe("a broken property", () => {
  const meddle = (s: Draft): boolean => {
    if (s.x === 2) s.y = 0;
    return true;
  };
  const message = "property meddles threw TypeError: a property only looks: write to the state in actions";
  const properties: readonly (readonly [string, (words: Vocabulary<Draft>) => Partial<Parts<Draft>>])[] = [
    ["always", ({ always }) => ({ properties: { meddles: always(meddle) } })],
    ["sometimes", ({ sometimes }) => ({ properties: { meddles: sometimes((s) => !meddle(s)) } })],
    ["step", ({ step }) => ({ properties: { meddles: step((_, after) => meddle(after)) } })],
  ];
  test.each(properties)("of kind %s that writes ends the run by name", (_, more) => {
    const { ending, fault } = run(counters(more));
    expect(ending).toBe("fault");
    expect(fault?.message).toBe(message);
  });
});
