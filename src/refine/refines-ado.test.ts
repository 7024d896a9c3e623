import { describe, expect, test } from "vitest";
import type { AdoR, Round } from "../ado/ado-r.ts";
import type { AdoView, Answered } from "./ado-view.ts";
import { adoSpecification } from "./refines-ado.ts";

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

describe("a view", () => {
  const whole: AdoView = { rounds: [first, heir], answers: [{ at: { round: 1, index: 1 } }] };

  test.each<[string, (view: { [part: string]: unknown }) => object]>([
    ["answers is undefined, and not a list", ({ rounds }) => ({ rounds })],
    [
      "rounds[0].parent.round is undefined",
      (view) => ({ ...view, rounds: [{ ...first, parent: undefined }] }),
    ],
    [
      "rounds[0].methods is null, and not a list",
      (view) => ({ ...view, rounds: [{ ...first, methods: null }] }),
    ],
    ['rounds[0].committed is "1"', (view) => ({ ...view, rounds: [{ ...first, committed: "1" }] })],
    [
      "rounds[0].owner is -1, and not a whole number from 0",
      (view) => ({ ...view, rounds: [{ ...first, owner: -1 }] }),
    ],
    ["rounds[1] is round 1, after a later one", (view) => ({ ...view, rounds: [heir, first] })],
    ["answers[0].at.index is undefined", (view) => ({ ...view, answers: [{ at: { round: 1 } }] })],
  ])("is refused with the name of what is wrong: %s", (message, spoil) => {
    const wrong = spoil({ ...whole }) as AdoView;
    expect(() => specification.initial(wrong)).toThrow(message);
    expect(() => specification.invariant!(wrong)).toThrow(`the view's ${message}`);
  });

  test("violates it where more is committed than there is, and can be printed all the same", () => {
    const view: AdoView = { rounds: [{ ...first, committed: 3 }], answers: [] };
    expect(specification.invariant!(view)).toBe("(1,3) is committed, and round 1 has 2 methods");
    expect(specification.print(view).at(-1)).toBe("committed: [(1,3) is not in the tree]");
    expect(specification.tree!(view).log).toEqual(["(1,3) is not in the tree"]);
  });
});
