import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantiate, pack } from "../model/instance.ts";
import { PairMemo, StateMemo } from "./memo.ts";
import { holds, planned } from "./test-models.ts";
import { type GuardPlan, modelPlans } from "./test-plans.ts";
import { look, searchPlainly } from "./test-search.ts";

/** How many guards hold before the first that does not: what is read depends on what was read. */
function ask(plan: Parameters<typeof holds>[0], guards: readonly GuardPlan[], state: unknown): number {
  const first = guards.findIndex((guard) => !holds(plan, [guard], state));
  return first < 0 ? guards.length : first;
}

describe("a kept answer", () => {
  test("about a state is the one that asking again would give", () => {
    const property = fc.property(modelPlans, fc.nat(), (plan, from) => {
      const instance = instantiate(planned(plan));
      let asked = 0;
      const memo = new StateMemo(instance, (draft) => {
        asked++;
        return ask(plan, plan.bad, draft);
      });
      const { states } = searchPlainly(instance);
      const shuffled = states.map((_, i) => states[(i * 7919 + from) % states.length]!.state);
      for (const state of shuffled) {
        expect(memo.answer(pack(instance, state))).toBe(ask(plan, plan.bad, look(instance, state)));
      }
      // Answers are forgotten while the mask still grows: only after another round are all of them kept.
      for (const state of shuffled) memo.answer(pack(instance, state));
      const askedSoFar = asked;
      for (const state of shuffled) memo.answer(pack(instance, state));
      expect(asked).toBe(askedSoFar);
    });
    fc.assert(property, { numRuns: 40 });
  });

  test("about a pair of states is the one that asking again would give", () => {
    const property = fc.property(modelPlans, (plan) => {
      const instance = instantiate(planned(plan));
      const both = (before: unknown, after: unknown): number => {
        const first = ask(plan, plan.bad, after);
        return first === 1 ? first : 10 * first + ask(plan, plan.bad, before);
      };
      const memo = new PairMemo(instance, both);
      for (const { before, after } of searchPlainly(instance).edges.slice(0, 500)) {
        const [ours, theirs] = [before.state, after];
        expect(memo.answer(pack(instance, ours), pack(instance, theirs))).toBe(
          both(look(instance, ours), look(instance, theirs)),
        );
      }
    });
    fc.assert(property, { numRuns: 30 });
  });

  test("is right however little room there is to keep it", () => {
    const property = fc.property(modelPlans, fc.constantFrom(0, 800, 2000), (plan, mostBytes) => {
      const instance = instantiate(planned(plan));
      const asked = (state: unknown): number => ask(plan, plan.bad, state);
      const single = new StateMemo(instance, asked, undefined, mostBytes);
      const pair = new PairMemo(instance, (before, after) => 10 * asked(before) + asked(after), mostBytes);
      for (const { before, after } of searchPlainly(instance).edges.slice(0, 300)) {
        const [was, is] = [before.state, after];
        const answers = [asked(look(instance, was)), asked(look(instance, is))] as const;
        expect(single.answer(pack(instance, is))).toBe(answers[1]);
        expect(pair.answer(pack(instance, was), pack(instance, is))).toBe(10 * answers[0] + answers[1]);
      }
    });
    fc.assert(property, { numRuns: 20 });
  });

  test("is shared by the states of a class", () => {
    const property = fc.property(modelPlans, (plan) => {
      const instance = instantiate(planned(plan));
      const memo = new StateMemo(instance, (draft) => ask(plan, plan.bad, draft));
      const { states } = searchPlainly(instance);
      for (const { state } of states) memo.classOf(pack(instance, state));
      const answers = new Map<number, number>();
      for (const { state } of states) {
        const id = memo.classOf(pack(instance, state));
        const answer = ask(plan, plan.bad, look(instance, state));
        expect(answers.get(id) ?? answer).toBe(answer);
        answers.set(id, answer);
      }
    });
    fc.assert(property, { numRuns: 20 });
  });
});
