import { describe, expect, it } from "vitest";
import { exploreParallel, instantiate } from "../src/index.ts";
import { applications } from "./applications.ts";
import { overOf } from "./catalog.ts";

const entries = applications(overOf);

/** The larger theorems, with what there is to see. */
const holding = {
  KV_abort: { states: 70_548, steps: 272_196, depth: 23 },
  KV_free_no_dangling_index: { states: 68_693, steps: 284_770, depth: 20 },
  KV_direct: { states: 38_518, steps: 176_636, depth: 14 },
  KV_free_correct: { states: 150_908, steps: 736_554, depth: 21 },
  KV_free_correct_for_three: { states: 1_003_951, steps: 5_562_900, depth: 20 },
  KV_retry: { states: 1_105_562, steps: 5_047_902, depth: 30 },
  KV_correct_for_three: { states: 277_786, steps: 1_544_187, depth: 24 },
};

describe("the theorem", () => {
  it.each(Object.entries(holding))("%s holds", async (name, figures) => {
    for (const workers of [1, 2]) {
      const { ending, states, transitions, depth } = await search(name, workers);
      expect({ ending, states, steps: transitions, depth }).toEqual({ ending: "complete", ...figures });
    }
  });
});

describe("every other theorem, and every mutant", () => {
  const others = entries.map(({ model }) => model.name).filter((name) => !(name in holding));

  it.each(others)("%s is the same to one worker and to two", async (name) => {
    const [alone, together] = [await search(name, 1), await search(name, 2)];
    const figures = ({ ending, states, transitions, depth }: typeof alone) => [
      ending,
      states,
      transitions,
      depth,
    ];
    expect(figures(together)).toEqual(figures(alone));
    const { expected } = entries.find(({ model }) => model.name === name)!.model;
    expect(alone.ending).toBe(expected === "violated" ? "violation" : "complete");
    expect(together.violations.map(({ property, depth }) => [property, depth])).toEqual(
      alone.violations.map(({ property, depth }) => [property, depth]),
    );
  });
});

function search(name: string, workers: number) {
  const { model, reference } = entries.find((entry) => entry.model.name === name)!;
  return exploreParallel(instantiate(model), { workers, reference });
}
