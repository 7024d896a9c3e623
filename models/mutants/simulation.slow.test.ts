import { describe, test } from "vitest";
import type { Mutant } from "../../src/index.ts";
import { mutants as ofCasPaxos } from "./cas-paxos.ts";
import { mutants as ofChainReplication } from "./chain-replication.ts";
import { mutants as ofMultiPaxos } from "./multi-paxos.ts";
import { mutants as ofSinglePaxos } from "./single-paxos.ts";
import { expectFound } from "./test-simulation.ts";
import { mutants as ofVerticalPaxos } from "./vertical-paxos.ts";

const mutants: readonly Mutant[] = [
  ...ofSinglePaxos,
  ...ofMultiPaxos,
  ...ofCasPaxos,
  ...ofVerticalPaxos,
  ...ofChainReplication,
].filter(({ survives }) => survives === undefined);

/** Random runs seldom come upon a log merged slot by slot. */
const isRare = ({ model }: Mutant): boolean => model.name === "multi-paxos/merges-slot-by-slot";

describe.each([1, 2, 3])("random runs of seed %i", (seed) => {
  test.each(mutants.filter((mutant) => !isRare(mutant)))(
    "find $model.name at larger bounds than a search needs",
    async (mutant) => {
      await expectFound(mutant, seed);
    },
  );
});

test("random runs find a log merged slot by slot at last", async () => {
  await expectFound(mutants.find(isRare)!, 1, 200_000);
});
