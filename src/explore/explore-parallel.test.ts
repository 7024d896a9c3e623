import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instance, instantiate } from "../model/instance.ts";
import { loadModel, type ModelReference } from "../model/load.ts";
import { type Exploration, explore, exploreParallel, type ParallelOptions } from "./explore.ts";
import { planned } from "./test-models.ts";
import { modelPlans } from "./test-plans.ts";
import { searchPlainly, statesIn } from "./test-search.ts";

const maxBytes = 2 ** 26;
const moduleOf = (path: string): string => new URL(path, import.meta.url).href;
const crowd: ModelReference = { module: moduleOf("./test-crowd.js"), export: "default" };
const commit: ModelReference = {
  module: moduleOf("../../models/protocols/two-phase-commit.js"),
  export: "default",
};

type Bounds = { readonly [bound: string]: number };

async function run(
  reference: ModelReference,
  bounds: Bounds,
  options: Partial<ParallelOptions> = {},
): Promise<Exploration> {
  const instance = instantiate(await loadModel(reference), bounds);
  return exploreParallel(instance, { workers: 2, reference, maxBytes, ...options });
}

/** What must not depend on the number of workers. */
function answerOf(instance: Instance, exploration: Exploration): object {
  const { memory, bytes, workers, violations, witnesses, ...rest } = exploration;
  const byName = (a: { property: string }, b: { property: string }): number =>
    a.property < b.property ? -1 : 1;
  return {
    ...rest,
    states: statesIn(instance, memory).sort(),
    violations: violations.toSorted(byName),
    witnesses: witnesses.toSorted(byName),
  };
}

/** The same answer from this thread alone, from two workers and from three, and where two of them come later. */
async function agreedAnswer(reference: ModelReference, bounds: Bounds = {}): Promise<Exploration> {
  const instance = instantiate(await loadModel(reference), bounds);
  const alone = explore(instance, { maxBytes });
  for (const options of [{ workers: 2 }, { workers: 3 }, { workers: 3, others: Promise.resolve() }]) {
    const together = await run(reference, bounds, options);
    expect(answerOf(instance, together)).toEqual(answerOf(instance, alone));
  }
  return alone;
}

describe("two-phase commit has the counts that TLC gives for the specification TwoPhase", () => {
  // github.com/tlaplus/Examples, specifications/transaction_commit; TLC counts the first state as one more step.
  test.each([
    [3, 288, 1145, 10],
    [5, 8832, 58_145, 16],
  ])("with %i participants, on plain data", async (participants, states, transitions, depth) => {
    const plain = searchPlainly(instantiate(await loadModel(commit), { participants }));
    expect(plain.states).toHaveLength(states);
    expect(plain.edges).toHaveLength(transitions);
    expect(plain.depth).toBe(depth);
  });

  test.each([
    [3, 1, 288, 1145, 10],
    [5, 2, 8832, 58_145, 16],
    [7, 1, 296_448, 2_744_705, 22],
    [7, 2, 296_448, 2_744_705, 22],
    [7, 3, 296_448, 2_744_705, 22],
  ])("with %i participants and %i workers", async (participants, workers, states, transitions, depth) => {
    const { memory, ...found } = await run(commit, { participants }, { workers });
    expect(found).toMatchObject({ ending: "complete", states, transitions, depth, violations: [] });
  });
});

describe("any number of workers", () => {
  test("finds the same states, steps and witnesses", async () => {
    const found = await agreedAnswer(crowd);
    expect(found).toMatchObject({ ending: "complete", states: 10_000, depth: 36, violations: [] });
    expect(found.witnesses).toMatchObject([{ property: "even", depth: 6 }]);
  });

  test("finds the same one of many violations", async () => {
    const { ending, violations } = await agreedAnswer(crowd, { bad: 15 });
    expect(ending).toBe("violation");
    expect(violations.map(({ property, depth }) => [property, depth])).toEqual([["fewer", 15]]);
  });

  test("asks about every state, whoever learnt first what the properties read", async () => {
    const { witnesses } = await agreedAnswer({ ...crowd, export: "relay" });
    const depths = witnesses.map(({ depth }) => depth).sort((a, b) => a - b);
    expect(depths).toEqual(Array.from({ length: 30 }, (_, i) => 2 * i + 1));
  });

  test("gives the same answers about made-up models", async () => {
    const plans = fc.sample(modelPlans, { numRuns: 2, seed: 14 });
    for (const argument of plans) {
      const reference = { module: moduleOf("./test-models.js"), export: "planned", argument };
      const { ending, states } = await agreedAnswer(reference);
      if (ending === "complete") {
        expect(states).toBe(searchPlainly(instantiate(planned(argument))).states.length);
      }
    }
  });
});

describe("workers that come later", () => {
  const large = { participants: 8 };
  const counts = { ending: "complete", states: 1_745_408, transitions: 18_507_777, depth: 25 };

  test.each([2, 3])("take part in what is left, so that there are %i in the end", async (workers) => {
    let awake = 0;
    for (let attempts = 0; awake < workers && attempts < 5; attempts++) {
      const { memory, ...found } = await run(commit, large, { workers, others: Promise.resolve() });
      expect(found).toMatchObject(counts);
      awake = found.workers;
    }
    expect(awake).toBe(workers);
  });

  test("are not needed", async () => {
    const { memory, ...found } = await run(commit, large, { others: new Promise(() => {}) });
    expect(found).toMatchObject({ ...counts, workers: 1 });
  });

  test("end the run where they cannot load the model", async () => {
    const forTwo = { ...crowd, export: "forTwo", argument: new Int32Array(new SharedArrayBuffer(4)) };
    const running = run(forTwo, { counters: 8 }, { others: Promise.resolve() });
    await expect(running).rejects.toThrow("there are two already");
  });
});

describe("several workers", () => {
  test.each([
    [2, 0],
    [2, 1],
    [2, 12],
    [3, 2],
  ])("all stop when one of %i meets an error %i steps deep", async (workers, broken) => {
    const { ending, fault } = await run(crowd, { broken }, { workers });
    expect(ending).toBe("fault");
    expect(fault?.message).toMatch(/^up\(at: c\d\) threw OutOfRange: counts\[c\d\]: 10 is not in 0\.\.9$/);
    expect(fault?.depth).toBe(broken);
  });

  test("stop soon after a limit of states", async () => {
    const { ending, states } = await run(crowd, { counters: 5 }, { workers: 3, maxStates: 20_000 });
    expect(ending).toBe("states");
    expect(states).toBeLessThanOrEqual(20_000 + 3 * 256);
  });

  test("stop at a limit of memory", async () => {
    const { ending, bytes } = await run(crowd, { counters: 6 }, { workers: 2, maxBytes: 2 ** 21 });
    expect(ending).toBe("memory");
    expect(bytes).toBeLessThanOrEqual(2 ** 21);
  });

  test.each([
    ["time", "time"],
    ["a key was pressed", "interrupted"],
  ])("stop when they are told to, because of %s", async (reason, ending) => {
    const abort = new AbortController();
    let seen = 0;
    const found = await run(
      crowd,
      { counters: 8 },
      {
        signal: abort.signal,
        onProgress: ({ states }) => {
          seen = states;
          abort.abort(reason);
        },
      },
    );
    expect(found.ending).toBe(ending);
    expect(found.states).toBeGreaterThanOrEqual(seen);
  });

  test("do not begin when that was told beforehand", async () => {
    const found = await run(crowd, { counters: 8 }, { signal: AbortSignal.abort("time") });
    expect(found).toMatchObject({ ending: "time", states: 0, transitions: 0 });
  });

  test("end with the error when the model cannot be found again", async () => {
    const instance = instantiate(await loadModel(crowd));
    const reference = { module: moduleOf("./no-such-module.js"), export: "default" };
    await expect(exploreParallel(instance, { workers: 2, reference, maxBytes })).rejects.toThrow(
      "no-such-module",
    );
  });
});
