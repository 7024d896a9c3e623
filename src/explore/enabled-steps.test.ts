import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantiate, pack } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import { steps as plainSteps } from "../model/plain.ts";
import { range } from "../schema/schema.ts";
import { EnabledSteps } from "./enabled-steps.ts";
import { planned } from "./test-models.ts";
import { modelPlans } from "./test-plans.ts";
import { searchPlainly } from "./test-search.ts";

describe("the enabled steps of any state of any model", () => {
  test("are those of the plain implementation, in its order, and are found again by name", () => {
    const property = fc.property(modelPlans, (plan) => {
      const instance = instantiate(planned(plan));
      const { words } = instance;
      const steps = new EnabledSteps(instance);
      const names = instance.transitions.map(({ name }) => name);
      for (const { state } of searchPlainly(instance).states.slice(0, 50)) {
        const plain = [...plainSteps(instance, state)].map(({ label, after }) => ({
          action: names.indexOf(label.action),
          choice: label.choice,
          after: [...pack(instance, after)],
        }));
        steps.before.set(pack(instance, state));
        steps.list();
        const listed = Array.from({ length: steps.count }, (_, i) => {
          const after = steps.after.slice(i * words, (i + 1) * words);
          return { ...steps.nameOf(steps.actions[i]!, after), after: [...after] };
        });
        const firstAlike = plain.map((step) =>
          plain.findIndex(
            ({ action, after }) => action === step.action && after.join() === step.after.join(),
          ),
        );
        expect(listed).toEqual(firstAlike.map((i) => plain[i]));
        expect(plain.map((step) => steps.find(step))).toEqual([...plain.keys()]);
        expect(plain.map((_, i) => steps.changes(i))).toEqual(
          plain.map(({ after }) => after.join() !== [...steps.before].join()),
        );
      }
    });
    fc.assert(property, { numRuns: 30 });
  });
});

const counter = model({
  name: "counter",
  about: "takes one of many steps",
  bounds: { top: { default: 200, min: 1, max: 1000, about: "how far" } },
  system: ({ top }) =>
    system({ count: range(0, top) }, ({ action }) => ({
      actions: {
        leap: action({ to: range(0, top), by: range(1, 2) }, (s, { to, by }) => {
          if (to % by !== 0) return false;
          s.count = to;
        }),
      },
    })),
});

test("there is room for any number of steps", () => {
  const steps = new EnabledSteps(instantiate(counter));
  steps.list();
  expect(steps.count).toBe(201 + 101);
});

test("a step that is not enabled is not found, and one like it is", () => {
  const steps = new EnabledSteps(instantiate(counter));
  steps.list();
  const odd = { action: 0, choice: { to: 3, by: 2 } };
  expect(steps.find(odd)).toBe(-1);
  expect(steps.actions[steps.findLike(odd)]).toBe(0);
  const found = steps.findLike(odd);
  const name = steps.nameOf(0, steps.after.subarray(found, found + 1));
  expect(name.choice).toEqual({ to: 2, by: 1 });
});
