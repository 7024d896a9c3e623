/** For tests: how random runs fare with a mutant, at bounds one larger than those where a whole search catches it. */

import { expect } from "vitest";
import { instantiate, type Mutant, type PinnedRun, simulate } from "../../src/index.ts";
import { check } from "../protocols/test-check.ts";

/** The bounds that grow by one, of those that a model has. Where a log has no room for another ballot, a node is added. */
function larger({ at, model }: Mutant): PinnedRun {
  const bounds = { ...at.bounds };
  const grow = (name: string): void => {
    const { default: usual, max } = model.bounds[name]!;
    bounds[name] = Math.min(max, (bounds[name] ?? usual) + 1);
  };
  const isFull = "entries" in bounds && (bounds.ballots! + 1) * bounds.entries! > 6;
  if (isFull) grow("nodes");
  else for (const name of ["ballots", "configurations", "epochs"]) if (name in model.bounds) grow(name);
  return { ...at, bounds };
}

/** Expects a violation within some runs of at most 100 steps each, that is shrunk to half as long again as the shortest. */
export async function expectFound(mutant: Mutant, seed: number, mostRuns = 20_000): Promise<void> {
  const { bounds, faults } = larger(mutant);
  const instance = instantiate(mutant.model, bounds, faults);
  const { violation } = await simulate(instance, {
    ...{ properties: instance.defaultProperties, strategy: "mixed", steps: 100 },
    ...{ seed, from: 0, to: mostRuns },
  });
  // The shortest trace at the bounds of the search; with more ballots or epochs there is none that is longer.
  const lengths = check(mutant.model, mutant.at).properties.flatMap(({ verdict, trace }) =>
    verdict === "violated" ? [trace!.steps.length] : [],
  );
  expect(violation?.actions.length).toBeLessThanOrEqual(1.5 * Math.min(...lengths));
}
