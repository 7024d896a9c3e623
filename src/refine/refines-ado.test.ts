import { describe, expect, test } from "vitest";
import type { AdoR, Round } from "../ado/ado-r.ts";
import { type Answered, adoSpecification } from "./refines-ado.ts";

const root = { round: 0, index: 0 };
const first: Round = { round: 1, owner: 0, parent: root, methods: ["a", "b"], committed: 1 };
const heir: Round = { round: 2, owner: 1, parent: { round: 1, index: 1 }, methods: [], committed: 0 };
const idle: Round = { ...heir, committed: -1 };

const specification = adoSpecification({ leastPush: 0, result: (methods) => methods.join("") });
const wrongWith = (rounds: AdoR, ...answers: Answered[]): string | undefined =>
  specification.invariant!({ rounds, answers });

describe("what clients were told", () => {
  test.each<[string, AdoR, Answered]>([
    ["a method that is committed", [first], { at: { round: 1, index: 1 }, result: "a" }],
    ["what a round adopted, once it pushed that", [first, heir], { at: { round: 2, index: 0 }, result: "a" }],
  ])("is right of %s", (_, rounds, answer) => {
    expect(wrongWith(rounds, answer)).toBeUndefined();
  });

  test.each<[string, AdoR, Answered, string]>([
    [
      "a method that is not committed",
      [first],
      { at: { round: 1, index: 2 } },
      "(1,2) is committed, and it is not",
    ],
    [
      "a round that pushed nothing",
      [first, idle],
      { at: { round: 2, index: 0 } },
      "(2,0) is committed, and it is not",
    ],
    [
      "a round that there is not",
      [first],
      { at: { round: 9, index: 0 } },
      "(9,0) is committed, and it is not",
    ],
    ["another result", [first], { at: { round: 1, index: 1 }, result: "ab" }, 'was told "ab" instead of "a"'],
  ])("is wrong of %s", (_, rounds, answer, why) => {
    expect(wrongWith(rounds, answer)).toContain(why);
  });
});

describe("a step", () => {
  const explain = (before: AdoR, after: AdoR) =>
    specification.explain({ rounds: before, answers: [] }, { rounds: after, answers: [] });

  test("is late if a later round is there already", () => {
    const earlier: Round = { round: 1, owner: 0, parent: root, methods: [], committed: -1 };
    const later: Round = { round: 2, owner: 1, parent: root, methods: [], committed: -1 };
    expect(explain([later], [earlier, later])).toEqual({ events: ["PullOk", "LatePull"] });
  });

  test("that commits what a later round did not adopt is told the guard", () => {
    const later: Round = { round: 2, owner: 1, parent: root, methods: [], committed: -1 };
    const before = [{ ...first, committed: -1 }, later];
    expect(explain(before, [first, later])).toEqual({ why: expect.stringMatching(/^PushPre: /) });
  });
});
