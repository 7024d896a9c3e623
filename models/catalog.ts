/** What comes with Muchado: every model by name, and the runs that `muchado check` does when it is given no target. */

import type { CatalogEntry, Model, Mutant, PinnedRun } from "../src/index.ts";
import ado from "./ado/ado-21.ts";
import adoR from "./ado/ado-r.ts";
import { mutants as casPaxosMutants } from "./mutants/cas-paxos.ts";
import { mutants as chainReplicationMutants } from "./mutants/chain-replication.ts";
import { mutants as multiPaxosMutants } from "./mutants/multi-paxos.ts";
import { mutants as singlePaxosMutants } from "./mutants/single-paxos.ts";
import { mutants as verticalPaxosMutants } from "./mutants/vertical-paxos.ts";
import casPaxos from "./protocols/cas-paxos.ts";
import chainReplication from "./protocols/chain-replication.ts";
import multiPaxos from "./protocols/multi-paxos.ts";
import paxos from "./protocols/paxos.ts";
import singlePaxos from "./protocols/single-paxos.ts";
import twoPhaseCommit from "./protocols/two-phase-commit.ts";
import verticalPaxos from "./protocols/vertical-paxos.ts";

const here = (file: string): string => new URL(file, import.meta.url).href;

function entry(
  kind: CatalogEntry["kind"],
  model: Model,
  file: string,
  pinned: readonly PinnedRun[],
): CatalogEntry {
  return { kind, model, reference: { module: here(`./${file}.js`), export: "default" }, pinned };
}

/** Mutants are found again by name in the list that their file exports. */
function mutantsOf(mutants: readonly Mutant[], file: string): CatalogEntry[] {
  return mutants.map((mutant) => {
    const reference = {
      module: import.meta.url,
      export: "mutantModel",
      argument: { file, name: mutant.model.name },
    };
    return { kind: "mutant", model: mutant.model, reference, mutant };
  });
}

/** The model of a mutant, for worker threads. */
export async function mutantModel({ file, name }: { file: string; name: string }): Promise<Model> {
  const { mutants } = (await import(here(`./${file}.js`))) as { mutants: readonly Mutant[] };
  return mutants.find(({ model }) => model.name === name)!.model;
}

/** The models in TypeScript. */
export const catalog: readonly CatalogEntry[] = [
  entry("protocol", singlePaxos, "protocols/single-paxos", [{}]),
  entry("protocol", multiPaxos, "protocols/multi-paxos", [
    {},
    { bounds: { inherited: 1 }, faults: { crash: 0 } },
  ]),
  entry("protocol", casPaxos, "protocols/cas-paxos", [{}]),
  entry("protocol", verticalPaxos, "protocols/vertical-paxos", [{}]),
  entry("protocol", chainReplication, "protocols/chain-replication", [{}]),
  entry("reference", twoPhaseCommit, "protocols/two-phase-commit", [{}, { bounds: { participants: 7 } }]),
  entry("reference", paxos, "protocols/paxos", [{}, { bounds: { ballots: 3 } }]),
  entry("ado", ado, "ado/ado-21", [{}, { bounds: { methods: 2 } }]),
  entry("ado", adoR, "ado/ado-r", [{}]),
  ...mutantsOf(singlePaxosMutants, "mutants/single-paxos"),
  ...mutantsOf(multiPaxosMutants, "mutants/multi-paxos"),
  ...mutantsOf(casPaxosMutants, "mutants/cas-paxos"),
  ...mutantsOf(verticalPaxosMutants, "mutants/vertical-paxos"),
  ...mutantsOf(chainReplicationMutants, "mutants/chain-replication"),
];

/** The entries among which `name` is; all of them without one. Programs are read only where that is needed. */
export async function loadCatalog(name?: string): Promise<readonly CatalogEntry[]> {
  if (catalog.some(({ model }) => model.name === name)) return catalog;
  const { applications } = await import("./applications.ts");
  return [...catalog, ...applications()];
}
