import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explore } from "../explore/explore.ts";
import { planned } from "../explore/test-models.ts";
import { modelPlans } from "../explore/test-plans.ts";
import { followPath } from "../explore/trace.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import { type Model, model, type Parts, system, type Vocabulary } from "../model/model.ts";
import { array, node, range } from "../schema/schema.ts";
import { simulate } from "./simulate.ts";
import type { SimulationOptions } from "./simulation.ts";
import { STRATEGIES } from "./strategy.ts";

const run = (instance: Instance, options: Partial<SimulationOptions> = {}) =>
  simulate(instance, {
    properties: instance.properties.map(([name]) => name),
    strategy: "mixed",
    steps: 60,
    seed: 1,
    from: 0,
    to: 50,
    ...options,
  });

describe("a simulation of any model", () => {
  test("finds only what a whole search finds too, never in fewer steps, on a way that plain steps can go", async () => {
    const sometimes = { violated: 0, witnessed: 0 };
    const property = fc.asyncProperty(modelPlans, fc.nat(), async (plan, seed) => {
      const instance = instantiate(planned(plan));
      for (const properties of [["good"], ["bad"], ["left"], ["follows"], ["ends"]]) {
        const { violation, witnesses, fault } = await run(instance, { properties, seed, to: 8, steps: 12 });
        const whole = explore(instance, { properties, maxBytes: 2 ** 22 });
        expect(fault).toBeUndefined();
        for (const found of [...(violation ? [violation] : []), ...witnesses]) {
          const { steps } = followPath(instance, found.states, found.actions);
          const least = [...whole.violations, ...whole.witnesses].find(
            ({ property: name }) => name === found.property,
          )!;
          expect(steps.length).toBeGreaterThanOrEqual(least.depth + (least.step ? 1 : 0));
        }
        if (violation) sometimes.violated++;
        if (witnesses.length > 0) sometimes.witnessed++;
      }
    });
    await fc.assert(property, { numRuns: 15 });
    expect(Math.min(sometimes.violated, sometimes.witnessed)).toBeGreaterThan(0);
  });
});

const nodes = node(3);

/** What properties and bodies see of three counting nodes. */
interface Counting {
  readonly hands: { get(at: number): number; set(at: number, value: number): void };
}
const at = ({ hands }: Counting): number[] => [0, 1, 2].map((n) => hands.get(n));

/** Three nodes that count to 9, with further actions and other parts. */
function counting(parts: (words: Vocabulary<Counting>) => Partial<Parts<Counting>>): Model {
  return model({
    name: "counting",
    about: "three nodes that count",
    bounds: {},
    system: () =>
      system({ hands: array(nodes, range(0, 9)) }, (words) => {
        const { actions, ...rest } = parts(words as never);
        const count = words.action({ at: nodes }, (s, { at }) => {
          if (s.hands.get(at) === 9) return false;
          s.hands.set(at, s.hands.get(at) + 1);
        });
        return { actions: { count, ...actions }, ...rest } as never;
      }),
  });
}

describe("what is found", () => {
  test("is shrunk to the fewest steps, and then to the fewest changes of hands", async () => {
    const instance = instantiate(
      counting(({ always }) => ({ properties: { low: always((s) => at(s)[0]! < 3 || at(s)[2]! < 3) } })),
    );
    const { violation } = await run(instance, { strategy: "uniform" });
    expect(violation!.actions).toHaveLength(6);
    expect(violation!.stepsBefore).toBeGreaterThan(6);
    const turns = violation!.states.slice(1).map((after, i) => {
      const [was, is] = [violation!.states[i]!, after].map((s) => (s as { hands: number[] }).hands);
      return is!.findIndex((value, n) => value !== was![n]);
    });
    expect(turns.filter((turn, i) => i > 0 && turn !== turns[i - 1])).toHaveLength(1);
  });

  test("is reported though the model throws at walks that are tried to make it shorter", async () => {
    const fragile = counting(({ action, always }) => ({
      actions: {
        // Nearly every way leads here after the first node has counted, but shrinking tries to leave that out.
        leap: action({}, (s) => {
          if (at(s)[2] !== 4) return false;
          s.hands.set(1, at(s)[0] === 0 ? 99 : 9);
        }),
      },
      properties: { low: always((s) => at(s)[1]! < 9) },
    }));
    const found = await Promise.all(
      [1, 2, 3, 4].map((seed) => run(instantiate(fragile), { seed, to: 1, strategy: "uniform" })),
    );
    for (const { ending, violation, fault } of found) {
      expect([ending, violation?.property, fault]).toEqual(["violation", "low", undefined]);
      expect(violation!.actions).toEqual(["count", "count", "count", "count", "count", "leap"]);
    }
  });

  test("has a fault only where that makes it shorter", async () => {
    const faulty = (by: number) =>
      counting(({ always, fault }) => ({
        faults: {
          slip: fault(
            { at: nodes },
            (s, { at: n }) => {
              if (s.hands.get(n) + by > 9) return false;
              s.hands.set(n, s.hands.get(n) + by);
            },
            { budget: 3 },
          ),
        },
        properties: { low: always((s) => at(s)[1]! < 4) },
      }));
    const [same, shorter] = await Promise.all(
      [1, 2].map((by) => run(instantiate(faulty(by)), { strategy: "faults-early" })),
    );
    expect(same!.violation!.actions).toEqual(["count", "count", "count", "count"]);
    expect(shorter!.violation!.actions).toHaveLength(2);
  });

  test("can be a violation in the first state, in a step that changes nothing, or beside the way", async () => {
    const first = counting(({ always }) => ({ properties: { never: always(() => "no") } }));
    expect((await run(instantiate(first))).violation).toMatchObject({ run: 0, actions: [] });
    const idle = counting(({ action, step }) => ({
      actions: { idle: action({}, (s) => (at(s)[0] === 2 ? undefined : false)) },
      properties: { moves: step((before, after) => at(before).join() !== at(after).join()) },
    }));
    expect((await run(instantiate(idle))).violation!.actions).toEqual(["count", "count", "idle"]);
  });

  test("is the least witness of what should happen sometimes, and is never taken for a proof", async () => {
    const instance = instantiate(
      counting(({ sometimes }) => ({
        properties: {
          far: sometimes((s) => at(s)[1] === 5),
          beyond: sometimes((s) => at(s)[1]! > 9),
        },
      })),
    );
    const { ending, witnesses } = await run(instance);
    expect(witnesses.map(({ property, actions }) => [property, actions.length])).toEqual([["far", 5]]);
    expect(ending).toBe("runs");
  });

  test("is an exception, with the state it was thrown in", async () => {
    const thrown = counting(({ action }) => ({
      actions: {
        leap: action({}, (s) => {
          if (at(s)[0] !== 4) return false;
          s.hands.set(0, 99);
        }),
      },
    }));
    const { ending, fault } = await run(instantiate(thrown));
    expect(ending).toBe("fault");
    expect(fault!.message).toMatch(/^leap\(\) threw OutOfRange: hands\[n1\]: 99/);
    expect((fault!.state as { hands: number[] }).hands[0]).toBe(4);
  });

  test("is a body that writes and then says that it is not enabled", async () => {
    const wrong = counting(({ action }) => ({
      actions: {
        half: action({}, (s) => {
          s.hands.set(0, 9 - at(s)[0]!);
          return false;
        }),
      },
    }));
    expect((await run(instantiate(wrong))).fault!.message).toBe(
      "action half wrote to the state and then returned false (hands[n1]: 0 → 9)",
    );
  });

  test.each<[string, () => unknown, RegExp]>([
    ["is not a function of the state", () => Math.random() < 0.5, /^action odd did something else/],
    ["answers a promise", async () => false, /^action odd answered a promise/],
    ["is a generator", function* () {}, /^action odd answered a generator/],
  ])("is a body that %s", async (_, body, message) => {
    const wrong = counting(({ action }) => ({ actions: { odd: action({}, body as () => boolean) } }));
    expect((await run(instantiate(wrong))).fault!.message).toMatch(message);
  });

  test("is an exception in a property, by its name", async () => {
    const wrong = counting(({ always }) => ({
      properties: {
        odd: always((s) => {
          if (at(s)[2] === 2) throw new Error("lost");
          return true;
        }),
      },
    }));
    expect((await run(instantiate(wrong))).fault!.message).toBe("property odd threw Error: lost");
  });
});

describe("runs", () => {
  const instance = instantiate(
    counting(({ always }) => ({ properties: { low: always((s) => at(s).join() !== "7,0,2") } })),
  );

  test.each(STRATEGIES)(
    "are the same for the same seed, and each can be repeated by itself: %s",
    async (strategy) => {
      const [first, again] = await Promise.all(
        [1, 2].map(() => run(instance, { strategy, seed: 7, to: 3000 })),
      );
      expect(again).toEqual(first);
      const { violation } = first!;
      if (violation === undefined) return;
      const alone = await run(instance, { strategy, seed: 7, from: violation.run, to: violation.run + 1 });
      expect(alone.violation).toEqual(violation);
      const { stepsBefore } = violation;
      expect(alone).toMatchObject({ runs: 1, taken: stepsBefore, longest: stepsBefore });
    },
  );

  test("differ from seed to seed", async () => {
    const found = await Promise.all([1, 2, 3, 4].map((seed) => run(instance, { seed, to: 3000 })));
    expect(new Set(found.map(({ violation }) => violation?.run)).size).toBeGreaterThan(1);
  });

  test("are as many and as long as asked, and end where nothing more can change", async () => {
    const still = instantiate(counting(() => ({})));
    expect(await run(still, { to: 70, steps: 11 })).toMatchObject({
      ending: "runs",
      runs: 70,
      taken: 770,
      longest: 11,
    });
    expect(await run(still, { to: 70, steps: 99 })).toMatchObject({ runs: 70, taken: 70 * 27, longest: 27 });
  });

  test("count each step that they look at, taken or not", async () => {
    const { fired } = await run(instantiate(counting(() => ({}))), { to: 1, steps: 27 });
    // Every node has one step until it is at the top, and one state is looked at last where nothing is left.
    expect(fired[0]).toBeGreaterThan(27);
    expect(fired[0]).toBeLessThanOrEqual(27 * 3);
  });
});
