import { describe, expect, it } from "vitest";
import { explore, instantiate, judge } from "../src/index.ts";
import { applications } from "./applications.ts";
import { loadCatalog, overOf } from "./catalog.ts";

const entries = applications(overOf);

/** The run of a theorem or mutant at the bounds that it gives itself. */
function run(name: string) {
  const { model } = entries.find((entry) => entry.model.name === name)!;
  const instance = instantiate(model);
  const properties = instance.defaultProperties;
  const exploration = explore(instance);
  return judge(instance, exploration, { target: name, workers: 1, seconds: 0, repeat: "", properties });
}

/** Theorems that hold, with what there is to see; the larger ones are among the slow tests. */
const holding = {
  KV_abort_returns: { states: 533, steps: 1_016, depth: 23 },
  KV_free_survives_crash: { states: 1_349, steps: 4_434, depth: 15 },
  KV_retry_returns: { states: 533, steps: 1_016, depth: 23 },
  KV_correct: { states: 91_791, steps: 374_126, depth: 25 },
  KV_consistent: { states: 21_327, steps: 73_284, depth: 25 },
  KV_can_be_set: { states: 88, steps: 163, depth: 15 },
  KV_lock_outlives_its_holder: { states: 698, steps: 2_654, depth: 12 },
  KV_remembering: { states: 8_158, steps: 35_353, depth: 16 },
  mutex: { states: 5_778, steps: 24_858, depth: 18 },
  mutex_for_three: { states: 3_300, steps: 14_520, depth: 15 },
  mutex_over_multi_paxos: { states: 11_764, steps: 46_403, depth: 24 },
  holder_is_owner: { states: 5_778, steps: 24_858, depth: 18 },
  both_can_enter: { states: 1_891, steps: 7_142, depth: 14 },
  lock_can_be_taken: { states: 189, steps: 430, depth: 7 },
  TM_agrees: { states: 99, steps: 150, depth: 13 },
  TM_commits_only_what_all_want: { states: 99, steps: 150, depth: 13 },
  TM_can_commit: { states: 99, steps: 150, depth: 13 },
  TM_can_abort: { states: 99, steps: 150, depth: 13 },
  TM_transaction: { states: 95, steps: 154, depth: 11 },
  TM_repaired_agrees: { states: 88, steps: 144, depth: 13 },
  TM_repaired_commits_only_what_all_want: { states: 88, steps: 144, depth: 13 },
  TM_repaired_settles: { states: 88, steps: 144, depth: 13 },
  TM_repaired_transaction: { states: 190, steps: 308, depth: 18 },
  TM_repaired_returns: { states: 500, steps: 784, depth: 15 },
};

/** What is to turn out violated, with the length of the shortest way there. */
const violated = {
  KV_abort_halfway: 24,
  KV_preempted: 4,
  KV_again: 14,
  TM_settles: 11,
  "kv-fresh-request": 14,
  "kv-lock-abort-early-unlock": 26,
  "kv-lock-abort-goes-on": 21,
  "kv-lock-abort-ignores-answer": 23,
  "kv-lock-free-fresh-request": 26,
  "kv-lock-free-in-place": 8,
  "kv-lock-free-index-first": 14,
  "kv-lock-free-index-first:KV_free_no_dangling_index": 7,
  "kv-lock-read-without-lock": 11,
  "kv-lock-retry-goes-on": 19,
  "kv-lock-retry-ignores-answer": 17,
  "kv-lock-retry-unread": 19,
  "kv-lock-write-without-lock": 20,
  "kv-remembers-client": 9,
  "kv-two-steps": 8,
  "lock-answer-ignored": 8,
  "lock-release-by-non-owner": 12,
  "lock-taken-over": 8,
  "tm-commit-on-fail": 11,
  "tm-decide-not-pushed": 10,
  "tm-ignores-no": 10,
};

describe("an application by name", () => {
  it("is the same as among all of them, though few programs are read", async () => {
    const told = ({ kind, model, reference, pinned, mutant }: (typeof entries)[number]) => {
      return { kind, name: model.name, reference, pinned, of: mutant?.of };
    };
    for (const entry of entries) {
      const { name } = entry.model;
      const found = (await loadCatalog(name)).find(({ model }) => model.name === name);
      expect(told(found!)).toEqual(told(entry));
    }
    expect(await loadCatalog("kv-lock")).toHaveLength((await loadCatalog()).length);
  });
});

describe("the theorem", () => {
  it.each(Object.entries(holding))("%s holds, and nothing of it is vacuous", (name, figures) => {
    const { verdict, limit, vacuous, failure, states, transitions, depth } = run(name);
    expect({ verdict, limit, vacuous, failure }).toEqual({
      verdict: "holds",
      limit: null,
      vacuous: [],
      failure: null,
    });
    expect({ states, steps: transitions, depth }).toEqual(figures);
  });
});

describe("the counterexample or mutant", () => {
  it.each(Object.entries(violated))("%s is violated", (name, length) => {
    const { verdict, properties } = run(name);
    expect(verdict).toBe("violated");
    expect(properties[0]!.why).not.toBeNull();
    expect(properties[0]!.trace!.steps).toHaveLength(length);
  });
});

describe("the list of applications", () => {
  it("has every name once, and says of each what it is to come to", () => {
    const names = entries.map(({ model }) => model.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { model } of entries) {
      if (model.name in holding) expect(model.expected).toBeUndefined();
      if (model.name in violated) expect(model.expected).toBe("violated");
    }
  });

  it("names a theorem as the parent of every mutant", () => {
    for (const { mutant } of entries) {
      if (mutant !== undefined) expect(entries.map(({ model }) => model.name)).toContain(mutant.of);
    }
  });
});
