import { expect, test } from "vitest";
import { mutants as ofChainReplication } from "./chain-replication.ts";
import { mutants as ofMultiPaxos } from "./multi-paxos.ts";
import { mutants as ofSinglePaxos } from "./single-paxos.ts";
import { expectFound } from "./test-simulation.ts";

const names = ["single-paxos/amnesia", "multi-paxos/ballot-reused", "chain-replication/no-epoch-check"];
const mutants = [...ofSinglePaxos, ...ofMultiPaxos, ...ofChainReplication].filter(({ model }) =>
  names.includes(model.name),
);

test.each(mutants)("random runs find $model.name at larger bounds than a search needs", async (mutant) => {
  expect(mutants).toHaveLength(names.length);
  await expectFound(mutant, 1);
});
