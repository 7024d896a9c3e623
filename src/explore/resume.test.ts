import { describe, expect, test } from "vitest";
import { copyOf, crowd, fan, resumeFrom, Subject, words } from "./test-resume.ts";

describe("a run that was cut and is gone on with", () => {
  test.each([
    ["is complete", crowd, {}, [1, 1500, 9000]],
    ["is violated", crowd, { bad: 15 }, [10, 900, 2500]],
    ["numbers its values", words, {}, [5, 1000, 2500]],
  ])("comes to the same as one that was not, where it %s", async (_, reference, bounds, cuts) => {
    const subject = new Subject(reference, bounds);
    expect(await subject.answerWithCuts(cuts)).toEqual(await subject.answer());
  });

  test("stops again at a limit of depth that it has reached", async () => {
    const subject = new Subject(crowd);
    const [, cut] = await subject.run({ maxDepth: 9 });
    const [, again] = await subject.run({ maxDepth: 9, resume: resumeFrom(copyOf(cut.snapshot!)) });
    expect([again.ending, again.states, again.depth]).toEqual(["depth", cut.states, 9]);
  });

  test.each([1, 2])(
    "loses nothing where memory runs out as it stops for another reason, with %i workers",
    async (workers) => {
      const subject = new Subject(fan);
      const [, cut] = await subject.run({ workers, maxStates: 1000, maxBytes: 2 ** 19 + 2 ** 16 });
      expect(cut.ending).toBe("memory");
      expect(cut.states).toBeLessThan(40_001);
      expect(await subject.answer({ resume: resumeFrom(copyOf(cut.snapshot!)) })).toEqual(
        await subject.answer(),
      );
    },
  );

  test("needs the memory that its states take", async () => {
    const subject = new Subject(crowd);
    const [, { snapshot }] = await subject.run({ maxStates: 9000 });
    const resume = resumeFrom(copyOf(snapshot!));
    await expect(subject.run({ resume, maxBytes: 2 ** 16 })).rejects.toThrow(/its states take \d+ MiB/);
  });
});
