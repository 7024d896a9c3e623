/** From what a person calls a model to the model: a name of the catalog, or a file. */

import { existsSync } from "node:fs";
import { extname, resolve } from "node:path";
import type { CatalogEntry, PinnedRun } from "../model/catalog.ts";
import type { ModelReference } from "../model/load.ts";
import type { Model } from "../model/model.ts";
import { didYouMean } from "../schema/suggestion.ts";
import type { LoadCatalog } from "./main.ts";
import { type FoundModel, openModule } from "./model-file.ts";
import { nearest } from "./stack.ts";
import { readText, requireFile } from "./text-file.ts";
import { ProgramError, UsageError } from "./usage-error.ts";

export interface Target {
  /** What it is called on the command line. */
  readonly name: string;
  readonly model: Model;
  readonly reference: ModelReference;
  /** Where the model's author wrote it. */
  readonly origin: ModelReference;
  /** The file it was found in, where a file was named. */
  readonly file?: string;
  /** Bounds and faults that come with the target, where it is one run of a suite or a mutant. */
  readonly pinned?: PinnedRun;
}

type Opener = (path: string, loadCatalog: LoadCatalog, seconds?: number) => Promise<FoundModel[]>;

const openModels: Opener = (path, _, seconds) => openModule(path, seconds);

/** How files are opened, by extension. */
const openers: { readonly [extension: string]: Opener } = {
  ".ts": openModels,
  ".mts": openModels,
  ".js": openModels,
  ".mjs": openModels,
  async ".ado"(path, loadCatalog) {
    const { formatErrors, protocolsOf, theoremsOf } = await import("../language/load.ts");
    const source = readText(path);
    const [over] = protocolsOf(source);
    const catalog = over === undefined ? [] : await loadCatalog(over);
    const protocols = new Map(catalog.map(({ model, over: one }) => [model.name, one]));
    const known = [...protocols].flatMap(([name, one]) => (one?.kind === "implementation" ? [name] : []));
    const read = theoremsOf(path, source, (name) => protocols.get(name), known);
    if ("errors" in read) throw new ProgramError(formatErrors(read.errors));
    if (read.entries.length === 0)
      throw new UsageError(`${path}: it states no theorem, so there is nothing to check`);
    return read.entries.map(({ name, ...entry }) => ({ export: name, ...entry }));
  },
};

/** The runs of the pinned suite, in the order of the catalog. */
export async function pinnedSuite(loadCatalog: LoadCatalog): Promise<Target[]> {
  const catalog = await loadCatalog();
  return catalog.flatMap((entry) => (entry.pinned ?? []).map((pinned) => ({ ...targetOf(entry), pinned })));
}

/** An entry of the catalog as a target. */
export function targetOf({ model, reference }: CatalogEntry): Target {
  return { name: model.name, model, reference, origin: reference };
}

/**
 * The targets that `name` means: one of the catalog, or all models of a file, which is found from `folder` and has some
 * seconds to load.
 * @throws UsageError if nothing has that name, or the file cannot be read.
 */
export async function findTargets(
  name: string,
  loadCatalog: LoadCatalog,
  { folder = ".", stepSeconds }: { readonly folder?: string; readonly stepSeconds?: number } = {},
): Promise<Target[]> {
  const { path, wanted } = partsOf(name);
  const open = openers[extname(path)];
  if (open !== undefined) {
    const file = folder === "." ? path : nearest(resolve(folder, path));
    return openFile(file, wanted, (found) => open(found, loadCatalog, stepSeconds));
  }
  const catalog = await loadCatalog(name);
  const entry = catalog.find(({ model }) => model.name === name);
  if (entry !== undefined) {
    const { mutant } = entry;
    // A mutant is asked for to be caught: unless bounds are given, at those at which it is.
    return [{ ...targetOf(entry), ...(mutant !== undefined && { pinned: mutant.at }) }];
  }
  throw new UsageError(unknown(name, catalog));
}

/** The file of models that a target names, if it names one. */
export function modelFileOf(name: string): string | undefined {
  const { path } = partsOf(name);
  return openers[extname(path)] === undefined ? undefined : path;
}

/** `path:wanted`, or a path alone. */
function partsOf(name: string): { readonly path: string; readonly wanted: string | undefined } {
  const [, path = name, wanted] = /^(.+\.\w+):([\p{L}_$][\p{L}\d_$]*)$/u.exec(name) ?? [];
  return { path, wanted };
}

async function openFile(
  path: string,
  wanted: string | undefined,
  open: (path: string) => Promise<FoundModel[]>,
): Promise<Target[]> {
  requireFile(path);
  const found = await open(path);
  const chosen = found.filter((candidate) => wanted === undefined || candidate.export === wanted);
  if (chosen.length === 0) {
    const names = found.map((candidate) => candidate.export).join(", ");
    throw new UsageError(`${path}: no model is exported as ${wanted}; its models: ${names}`);
  }
  return chosen.map(({ export: name, model, reference, origin }) => ({
    name: found.length === 1 ? path : `${path}:${name}`,
    model,
    reference,
    origin,
    file: path,
  }));
}

function unknown(name: string, catalog: readonly CatalogEntry[]): string {
  if (name !== "" && existsSync(name)) {
    return `${name}: not a model file; those end in ${Object.keys(openers).join(", ")}`;
  }
  const suggestion = didYouMean(
    name,
    catalog.map(({ model }) => model.name),
  );
  return `unknown target ${JSON.stringify(name)}; ${suggestion ?? "`muchado list` shows the names, and a file can be given by its path"}`;
}
