/** What comes with Muchado: every model by name, and the runs that `muchado check` does when it is given no target. */

import type { AdoImplementation, CatalogEntry, Model, Mutant, Over, PinnedRun } from "../src/index.ts";
import ado from "./ado/ado-21.ts";
import adoR from "./ado/ado-r.ts";
import { mutants as casPaxosMutants } from "./mutants/cas-paxos.ts";
import { mutants as chainReplicationMutants } from "./mutants/chain-replication.ts";
import { mutants as multiPaxosMutants } from "./mutants/multi-paxos.ts";
import { mutants as singlePaxosMutants } from "./mutants/single-paxos.ts";
import { mutants as verticalPaxosMutants } from "./mutants/vertical-paxos.ts";
import { overCasPaxos, overMultiPaxos, overVerticalPaxos } from "./over/paxos-family.ts";
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
  over?: Over,
): CatalogEntry {
  const reference = { module: here(`./${file}.js`), export: "default" };
  return { kind, model, reference, pinned, ...(over && { over }) };
}

/** Programs run over a protocol of the Paxos family as the export of that name says. */
function overPaxos(implementation: AdoImplementation, name: string): Over {
  const reference = { module: here("./over/paxos-family.js"), export: name };
  return { kind: "implementation", implementation, reference };
}

const refused = (why: string): Over => ({ kind: "refused", why });

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
  entry(
    "protocol",
    singlePaxos,
    "protocols/single-paxos",
    [{}],
    refused(
      "it decides one value once, and an object of a program changes again and again; multi-paxos and cas-paxos decide as often as they are asked",
    ),
  ),
  entry(
    "protocol",
    multiPaxos,
    "protocols/multi-paxos",
    [{}, { bounds: { inherited: 1 }, faults: { crash: 0 } }],
    overPaxos(overMultiPaxos, "overMultiPaxos"),
  ),
  entry("protocol", casPaxos, "protocols/cas-paxos", [{}], overPaxos(overCasPaxos, "overCasPaxos")),
  entry(
    "protocol",
    verticalPaxos,
    "protocols/vertical-paxos",
    [{}],
    overPaxos(overVerticalPaxos, "overVerticalPaxos"),
  ),
  entry(
    "protocol",
    chainReplication,
    "protocols/chain-replication",
    [{}],
    refused(
      "a round is an epoch, which the master begins and whose head takes the updates of all clients, so a client cannot become its owner by pulling; it refines a replicated log (refines-smr) that clients share",
    ),
  ),
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

/** What comes of programs that are to run over the protocol of that name, if there is one. */
export const overOf = (name: string): Over | undefined =>
  catalog.find(({ model }) => model.name === name)?.over;

/** Entries among which `name` is; all of them without one, or if there is none. Programs are read only where that is needed. */
export async function loadCatalog(name?: string): Promise<readonly CatalogEntry[]> {
  const isSought = ({ model }: CatalogEntry): boolean => model.name === name;
  if (catalog.some(isSought)) return catalog;
  const { applications } = await import("./applications.ts");
  const found = applications(overOf, name);
  const isThere = name === undefined || found.some(isSought);
  return [...catalog, ...(isThere ? found : applications(overOf))];
}
