import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instance, instantiate, pack } from "../model/instance.ts";
import { isSameState } from "../model/plain.ts";
import { explore } from "./explore.ts";
import type { Finding } from "./finding.ts";
import { holds, noLeaps, planned, view } from "./test-models.ts";
import { type ModelPlan, modelPlans } from "./test-plans.ts";
import { look, type PlainEdge, type PlainSearch, searchPlainly, statesIn } from "./test-search.ts";

const maxBytes = 2 ** 22;

/** Runs `check` on random models, with their plain search. */
function onModels(check: (plan: ModelPlan, instance: Instance, plain: PlainSearch) => void): void {
  const property = fc.property(modelPlans, (plan) => {
    const instance = instantiate(planned(plan));
    check(plan, instance, searchPlainly(instance));
  });
  fc.assert(property, { numRuns: 80 });
}

/** The order of findings, written down once more: by depth, action, and words as unsigned numbers. */
function inOrder(a: Finding, b: Finding): number {
  const numbers = ({ depth, state, step }: Finding): number[] =>
    [depth, step?.action ?? -1, ...state, ...(step?.after ?? [])].map((n, i) => (i < 2 ? n : n >>> 0));
  const [ours, theirs] = [numbers(a), numbers(b)];
  const i = ours.findIndex((n, i) => n !== theirs[i]);
  return i < 0 ? 0 : ours[i]! - theirs[i]!;
}

/** The least of some states, as a finding; nothing if there are none. */
function leastState(instance: Instance, property: string, plain: PlainSearch["states"]): Finding | undefined {
  const findings = plain.map(({ state, depth }): Finding => {
    return { property, depth, state: pack(instance, state), step: undefined };
  });
  return findings.sort(inOrder)[0];
}

/** The least of some edges. */
function leastEdge(instance: Instance, property: string, edges: readonly PlainEdge[]): Finding | undefined {
  const findings = edges.map(({ before, action, after }): Finding => {
    const step = { action, after: pack(instance, after) };
    return { property, depth: before.depth, state: pack(instance, before.state), step };
  });
  return findings.sort(inOrder)[0];
}

describe("a packed search of any model", () => {
  test("sees the states, steps and depth of a plain one", () => {
    onModels((_, instance, plain) => {
      const found = explore(instance, { properties: [], maxBytes });
      expect(statesIn(instance, found.memory).sort()).toEqual(
        plain.states.map(({ state }) => JSON.stringify(state)).sort(),
      );
      expect(found).toMatchObject({
        ending: "complete",
        states: plain.states.length,
        transitions: plain.edges.length,
        depth: plain.depth,
        fired: instance.transitions.map((_, i) => plain.edges.filter(({ action }) => action === i).length),
      });
    });
  });

  test("ends at the least bad state of the least depth, or at none", () => {
    onModels((plan, instance, plain) => {
      const isBad = ({ state }: { state: object }): boolean => holds(plan, plan.bad, look(instance, state));
      const least = leastState(instance, "good", plain.states.filter(isBad));
      const found = explore(instance, { properties: ["good"], maxBytes });
      expect(found.violations).toEqual(least === undefined ? [] : [least]);
      expect(found.ending).toBe(least === undefined ? "complete" : "violation");
    });
  });

  test("keeps the least of the first witnesses", () => {
    onModels((plan, instance, plain) => {
      const isBad = ({ state }: { state: object }): boolean => holds(plan, plan.bad, look(instance, state));
      const least = leastState(instance, "bad", plain.states.filter(isBad));
      const found = explore(instance, { properties: ["bad"], maxBytes });
      expect(found.witnesses).toEqual(least === undefined ? [] : [least]);
      expect(found.states).toBe(plain.states.length);
    });
  });

  test("asks properties of steps about every step, into known states and in place too", () => {
    onModels((plan, instance, plain) => {
      const isBad = (state: object): boolean => holds(plan, plan.bad, look(instance, state));
      const viewOf = (state: object): number => view(plan, look(instance, state));
      const wrong = plain.edges.filter(
        ({ before, after }) => isBad(before.state) && viewOf(before.state) === viewOf(after),
      );
      const least = leastEdge(instance, "left", wrong);
      const found = explore(instance, { properties: ["left"], maxBytes });
      expect(found.violations).toEqual(least === undefined ? [] : [least]);
    });
  });

  test("asks of the last states: those that no action but a fault changes", () => {
    let ends = 0;
    onModels((plan, instance, plain) => {
      const isFault = instance.transitions.map(({ budget }) => budget !== undefined);
      const left = plain.edges.filter(
        ({ before, action, after }) => !isFault[action] && !isSameState(before.state, after),
      );
      const changing = new Set(left.map(({ before }) => before));
      const isBad = ({ state }: { state: object }): boolean => holds(plan, plan.bad, look(instance, state));
      const least = leastState(
        instance,
        "ends",
        plain.states.filter((state) => !changing.has(state) && isBad(state)),
      );
      if (least !== undefined) ends++;
      for (const properties of [["ends"], ["ends", "left"], ["ends", "follows"]]) {
        const found = explore(instance, { properties, maxBytes });
        const ours = found.violations.filter(({ property }) => property === "ends");
        // Another violation may end the search before.
        if (found.violations.length === ours.length) expect(ours).toEqual(least === undefined ? [] : [least]);
      }
    });
    expect(ends).toBeGreaterThan(0);
  });

  test("explains every step that changes the view, and finds the least that has no explanation", () => {
    onModels((plan, instance, plain) => {
      const viewOf = (state: object): number => view(plan, look(instance, state));
      const found = explore(instance, { properties: ["follows"], maxBytes });
      const wrongFirst = plain.states.filter(({ state, depth }) => depth === 0 && viewOf(state) > 3);
      const moves = plain.edges.filter(({ before, after }) => viewOf(before.state) !== viewOf(after));
      const leaps = moves.filter(({ before, after }) => Math.abs(viewOf(before.state) - viewOf(after)) === 2);
      const least = leastState(instance, "follows", wrongFirst) ?? leastEdge(instance, "follows", leaps);
      expect(found.violations).toEqual(least === undefined ? [] : [least]);
      if (least !== undefined) return;
      const explained = (event: string): PlainEdge[] =>
        moves.filter(({ before, after }) => viewOf(after) > viewOf(before.state) === (event === "up"));
      for (const event of noLeaps.events) {
        expect(found.events[`follows/${event}`] ?? 0).toBe(explained(event).length);
        const first = leastEdge(instance, `follows/${event}`, explained(event));
        expect(found.witnesses.filter(({ property }) => property.endsWith(event))).toEqual(
          first ? [first] : [],
        );
      }
    });
  });

  test("counts the same whether or not a state fits in the table", () => {
    const property = fc.property(modelPlans, (plan) => {
      const [narrow, wide] = [false, true].map((isPadded) => instantiate(planned({ ...plan, isPadded })));
      expect([narrow!.isTiny, wide!.isTiny]).toEqual([true, false]);
      const [tiny, exact] = [narrow!, wide!].map((instance) =>
        explore(instance, { properties: [], maxBytes }),
      );
      const counts = ({ ending, states, transitions, depth, fired }: typeof tiny & object) => ({
        ending,
        states,
        transitions,
        depth,
        fired,
      });
      expect(counts(exact!)).toEqual(counts(tiny!));
    });
    fc.assert(property, { numRuns: 80 });
  });
});
