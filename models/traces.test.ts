import { describe, expect, test } from "vitest";
import { mutants as ofChainReplication } from "./mutants/chain-replication.ts";
import { mutants as ofMultiPaxos } from "./mutants/multi-paxos.ts";
import { mutants as ofVerticalPaxos } from "./mutants/vertical-paxos.ts";
import { divergence, parentOf, presentationProblems, replayOn, traceOf } from "./test-traces.ts";

/** One mutant for each way in which a repaired model can part from its trace. */
const some = [...ofMultiPaxos, ...ofVerticalPaxos, ...ofChainReplication].filter(({ model }) =>
  [
    "multi-paxos/applies-past-hole",
    "multi-paxos/ballot-reused",
    "vertical-paxos/reads-nothing",
    "chain-replication/dirty-reads",
  ].includes(model.name),
);

describe("the trace of a mutant", () => {
  test.each(some)("$model.name is shown and exported, and fails again", (mutant) => {
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
  });

  test.each(some)("$model.name diverges on the repaired model, at a step that is told", (mutant) => {
    const document = traceOf(mutant);
    const replayed = replayOn(parentOf(mutant), document);
    expect(replayed.outcome).not.toBe("fails");
    expect(divergence(replayed)).toBeGreaterThan(0);
  });
});
