/** The applications: programs in `.ado`, each theorem a model of its own, and their mutants. */

import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { CatalogEntry } from "../src/index.ts";
import { type FindProtocol, type TheoremEntry, theoremsOf } from "../src/language/load.ts";

/** The programs stand beside the sources, not in the build. */
const folder = new URL("../../models/applications/", import.meta.url);

/** The theorems of the pinned suite: one of each application, and two counterexamples. */
const suite = [
  "KV_correct",
  "KV_free_correct",
  "mutex",
  "TM_repaired_transaction",
  "TM_settles",
  "KV_preempted",
];

interface Program {
  /** Of its file, without ending. */
  readonly name: string;
  readonly source: string;
}

/**
 * All theorems by name, file by file, and then all mutants by the name of their file. Where one is `sought`, only programs
 * in which it can be are parsed, which is what takes time.
 */
export function applications(findProtocol: FindProtocol, sought = ""): CatalogEntry[] {
  const theorems = programsIn(folder)
    .filter(({ source }) => source.includes(sought))
    .flatMap((program) => [...theoremsIn(program, findProtocol)]);
  const changed = programsIn(new URL("mutants/", folder)).filter(
    ({ name }) => sought === "" || name === sought.split(":")[0],
  );
  const mutants = changed.flatMap((program) =>
    theoremsIn(program, findProtocol).map(({ name: of, model, origin: reference }, i): CatalogEntry => {
      const { name } = program;
      const mutant = { ...model, name: i === 0 ? name : `${name}:${of}` };
      return { kind: "mutant", model: mutant, reference, mutant: { of, model: mutant, at: {} } };
    }),
  );
  return [
    ...theorems.map(({ kind, name, model, origin: reference }): CatalogEntry => {
      return { kind, model, reference, pinned: suite.includes(name) ? [{}] : [] };
    }),
    ...mutants,
  ];
}

function programsIn(place: URL): Program[] {
  const files = readdirSync(place).filter((name) => name.endsWith(".ado"));
  return files
    .sort()
    .map((file) => ({ name: basename(file, ".ado"), source: readFileSync(new URL(file, place), "utf8") }));
}

/** @throws Error if the program has errors */
function theoremsIn({ name, source }: Program, findProtocol: FindProtocol): readonly TheoremEntry[] {
  const read = theoremsOf(`${name}.ado`, source, findProtocol);
  if ("errors" in read) throw new Error(`${name}.ado has errors`);
  return read.entries;
}
