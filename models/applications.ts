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

/** All theorems by name, file by file, and then all mutants by the name of their file. */
export function applications(findProtocol: FindProtocol): CatalogEntry[] {
  const theorems = programsIn(folder).flatMap((file) => [...theoremsIn(file, findProtocol)]);
  const mutants = programsIn(new URL("mutants/", folder)).flatMap((file) =>
    theoremsIn(file, findProtocol).map(({ name: of, model, origin: reference }, i): CatalogEntry => {
      const name = basename(file.pathname, ".ado");
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

function programsIn(place: URL): URL[] {
  const files = readdirSync(place).filter((name) => name.endsWith(".ado"));
  return files.sort().map((name) => new URL(name, place));
}

/** @throws Error if the program has errors */
function theoremsIn(file: URL, findProtocol: FindProtocol): readonly TheoremEntry[] {
  const read = theoremsOf(basename(file.pathname), readFileSync(file, "utf8"), findProtocol);
  if ("errors" in read) throw new Error(`${file.pathname} has errors`);
  return read.entries;
}
