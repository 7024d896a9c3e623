import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ParallelOptions } from "./explore.ts";
import type { Snapshot } from "./snapshot.ts";
import { modelPlans } from "./test-plans.ts";
import { copyOf, crowd, moduleOf, resumeFrom, Subject } from "./test-resume.ts";

describe("a run that was cut and is gone on with", () => {
  test("comes to the same for made-up models", async () => {
    const plans = fc.sample(fc.tuple(modelPlans, fc.array(fc.nat(60), { minLength: 1, maxLength: 3 })), {
      numRuns: 40,
      seed: 5,
    });
    for (const [argument, cuts] of plans) {
      const subject = new Subject({ module: moduleOf("./test-models.js"), export: "planned", argument });
      expect(await subject.answerWithCuts(cuts)).toEqual(await subject.answer());
    }
  });

  test("goes on from a limit of depth and of memory, and from an interrupt", async () => {
    const subject = new Subject(crowd, { counters: 5 });
    const cuts: Partial<ParallelOptions>[] = [
      { maxDepth: 0 },
      { maxDepth: 9 },
      { maxBytes: 2 ** 20 },
      { signal: AbortSignal.abort() },
    ];
    let from: Partial<ParallelOptions> = {};
    for (const cut of cuts) {
      const [, { ending, snapshot }] = await subject.run({ ...from, ...cut });
      expect(["depth", "memory", "interrupted"]).toContain(ending);
      from = { resume: resumeFrom(copyOf(snapshot!)) };
    }
    expect(await subject.answer(from)).toEqual(await subject.answer());
  });
});

describe("a snapshot of a search that goes on", () => {
  test("is one to go on from, however much was found since", async () => {
    const subject = new Subject(crowd, { counters: 5 });
    const kept: Snapshot[] = [];
    const snapshots = {
      everySeconds: 0.1,
      async keep(snapshot: Snapshot) {
        // What is in it must not change while it is written.
        await new Promise((resolve) => setTimeout(resolve, 50));
        kept.push(copyOf(snapshot));
      },
    };
    const whole = await subject.answer({ snapshots });
    expect(kept.length).toBeGreaterThan(0);
    expect(await subject.answer()).toEqual(whole);
    for (const snapshot of [kept[0]!, kept.at(-1)!]) {
      expect(await subject.answer({ resume: resumeFrom(snapshot), workers: 3 })).toEqual(whole);
    }
  });
});
