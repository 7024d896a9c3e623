import { describe, expect, test } from "vitest";
import { loadCatalog } from "./catalog.ts";
import { divergence, killable, parentOf, presentationProblems, replayOn, traceOf } from "./test-traces.ts";

const all = await loadCatalog();
const mutants = killable(all.flatMap(({ mutant }) => mutant ?? [])).filter(
  ({ model, of }) =>
    model.expected === "violated" ||
    !all.some((entry) => entry.model.name === of && entry.kind === "theorem"),
);

describe("the trace of every mutant", () => {
  test.each(mutants)(
    "$model.name is shown, exported, run again, and parts from the repaired model",
    (mutant) => {
      const document = traceOf(mutant);
      expect(presentationProblems(document)).toEqual([]);
      expect(replayOn(mutant.model, document)).toMatchObject({
        ...{
          outcome: "fails",
          step: document.trace.steps.length,
          why: document.property.why,
          difference: null,
        },
      });
      const repaired = replayOn(parentOf(mutant, all), document);
      expect(repaired.outcome).not.toBe("fails");
      expect(divergence(repaired)).not.toBeUndefined();
    },
  );
});
