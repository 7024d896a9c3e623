import { describe, expect, test } from "vitest";
import type { AdoR } from "./ado-r.ts";
import { drawTree } from "./tree.ts";

const rounds: AdoR = [
  { round: 1, owner: 0, parent: { round: 0, index: 0 }, methods: ["a", "b"], committed: 1 },
  { round: 2, owner: 1, parent: { round: 1, index: 1 }, methods: [], committed: -1 },
  { round: 3, owner: 2, parent: { round: 2, index: 0 }, methods: ["c"], committed: 1 },
];

describe("the tree of some rounds", () => {
  test("has an election for each round and its methods on it", () => {
    const { caches } = drawTree(rounds);
    expect(caches.map(({ id, parent, kind }) => [id, parent, kind])).toEqual([
      ["(1,0)", null, "election"],
      ["(1,1)", "(1,0)", "method"],
      ["(1,2)", "(1,1)", "method"],
      ["(2,0)", "(1,1)", "election"],
      ["(3,0)", "(2,0)", "election"],
      ["(3,1)", "(3,0)", "method"],
    ]);
  });

  test("is committed from its root to the last commit, rounds without methods included", () => {
    const { caches, log } = drawTree(rounds);
    const open = caches.filter(({ isCommitted }) => !isCommitted);
    expect(open.map(({ label }) => label)).toEqual(["b"]);
    expect(log).toEqual(["a", "c"]);
  });

  test("is drawn where a round stands on nothing", () => {
    const astray: AdoR = [{ round: 2, owner: 0, parent: { round: 2, index: 0 }, methods: [], committed: -1 }];
    expect(drawTree(astray).caches).toMatchObject([{ id: "(2,0)", parent: "(2,0)" }]);
  });
});
