/** Model files: TypeScript or JavaScript modules anywhere on disk that export models, or specifications of histories. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join, resolve, sep } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { BuildFailure, Plugin } from "esbuild";
import { STEP_SECONDS } from "../explore/explore.ts";
import type { ModelReference } from "../model/load.ts";
import type { Bound, Model } from "../model/model.ts";
import { thrownText } from "../model/thrown.ts";
import { attend, type Task } from "./attention.ts";
import { locate, nearest } from "./stack.ts";
import { engineFiles, engineNameOf } from "./tool.ts";
import { UsageError } from "./usage-error.ts";

/** A model that was found in a file, and the export it was found under. */
export interface FoundModel {
  readonly export: string;
  readonly model: Model;
  readonly reference: ModelReference;
  /** Where the model's author wrote it. */
  readonly origin: ModelReference;
}

/** What a module exports, the default export first, and where to import it from. */
export interface OpenedModule {
  readonly module: string;
  readonly exports: readonly (readonly [name: string, value: unknown])[];
}

/**
 * Opens the module at `path`. It is bundled into a temporary one, which worker threads can load too; that is removed
 * when the process ends.
 * @throws UsageError with file, line and column where the module cannot be read.
 */
export async function openExports(path: string, seconds = STEP_SECONDS): Promise<OpenedModule> {
  const module = await bundle(path);
  process.setSourceMapsEnabled(true);
  const exports = Object.entries(await load(module, { path, lack: "it was not loaded", seconds })).sort(
    ([a], [b]) => Number(b === "default") - Number(a === "default"),
  );
  return { module, exports };
}

/** All models that the module at `path` exports, which has some seconds to load.  @throws UsageError */
export async function openModule(path: string, seconds?: number): Promise<FoundModel[]> {
  const opened = await openExports(path, seconds);
  return explaining(path, () => modelsIn(path, opened));
}

/** @throws UsageError */
function modelsIn(path: string, { module, exports }: OpenedModule): FoundModel[] {
  const found = exports.filter(([, value]) => isModelLike(value));
  if (found.length === 0) {
    throw new UsageError(`${path}: no model is exported; write \`export default model({ … })\``);
  }
  const models = found.filter(([, model], i) => found.findIndex(([, other]) => other === model) === i);
  return models.map(([name, model]) => {
    const wrong = problem(model as Model);
    if (wrong !== undefined) throw new UsageError(`${path}: export ${name}: ${wrong}`);
    const origin = { module: pathToFileURL(resolve(path)).href, export: name };
    return { export: name, model: model as Model, reference: { module, export: name }, origin };
  });
}

type Exports = { readonly [name: string]: unknown };

async function load(module: string, task: Task): Promise<Exports> {
  const { path, lack, seconds } = task;
  const loading = explaining(path, () => attend(task, () => import(module) as Promise<Exports>));
  const ended = new AbortController();
  const late = wait(seconds * 1000, undefined, { signal: ended.signal }).then(() => {
    throw new UsageError(`${path}: ${lack} within ${seconds} s; does it wait for what never happens?`);
  });
  return Promise.race([loading, late]).finally(() => ended.abort());
}

/** Does something with what the file at `path` says, which may throw anything at any time.  @throws UsageError */
export async function explaining<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const what = error instanceof Error ? thrownText(error) : `threw ${thrownText(error)}`;
    throw new UsageError(`${locate(error) ?? path}: ${what}`);
  }
}

function isModelLike(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as Model).system === "function";
}

/** What is missing in a model that was not written through the types; nothing if it is whole. */
function problem({ name, about, bounds }: Model): string | undefined {
  if (typeof name !== "string" || typeof about !== "string")
    return "a model has a `name` and says what it is `about`";
  if (typeof bounds !== "object" || bounds === null) return "a model has `bounds`, if only {}";
  for (const [bound, limits] of Object.entries<Partial<Bound> | null>(bounds)) {
    const { default: standard, min, max } = limits ?? {};
    if (![standard, min, max].every(Number.isSafeInteger)) {
      return `bound ${bound} has a default, a min and a max, all whole numbers`;
    }
    if (standard! < min! || standard! > max!)
      return `bound ${bound}: its default of ${standard} is not in ${min}..${max}`;
  }
  return undefined;
}

let folder: string | undefined;
let bundles = 0;

/** A fresh file in a folder that does not outlive the process. */
function temporaryFile(path: string): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), "muchado-"));
    process.on("exit", () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return join(folder, `${bundles++}-${basename(path, extname(path))}.mjs`);
}

const CHATTER = ["log", "info", "debug", "dir", "table"];

/** Bundles a module with what it imports from near it.  @returns the URL of the bundle. */
async function bundle(path: string): Promise<string> {
  const { build } = await import("esbuild");
  const outfile = temporaryFile(path);
  try {
    await build({
      entryPoints: [resolve(path)],
      outfile,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: "inline",
      logLevel: "silent",
      // stdout belongs to the results.
      define: Object.fromEntries(CHATTER.map((method) => [`console.${method}`, "console.error"])),
      plugins: [engine, installedPackages],
    });
  } catch (error) {
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    if (first === undefined) throw error;
    const { file, line, column } = first.location ?? { file: path };
    const place = line === undefined ? path : `${nearest(resolve(file))}:${line}:${column! + 1}`;
    throw new UsageError(`${place}: ${first.text.replace("engine:muchado", "muchado")}`);
  }
  return pathToFileURL(outfile).href;
}

/**
 * Resolves `muchado`, and the sources of this very package, to the engine that is running. Its exports are listed one by
 * one, so that a name it does not have is an error with a place.
 */
const engine: Plugin = {
  name: "engine",
  setup(build) {
    build.onResolve({ filter: /^muchado(\/|$)/ }, ({ path }) =>
      engineFiles.has(path) ? { path, namespace: "engine" } : undefined,
    );
    build.onResolve({ filter: /^\..*\.[tj]s$/ }, ({ path, resolveDir }) => {
      const name = engineNameOf(resolve(resolveDir, path));
      return name === undefined ? undefined : { path: name, namespace: "engine" };
    });
    build.onResolve({ filter: /^file:/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /^/, namespace: "engine" }, async ({ path }) => {
      const { href } = engineFiles.get(path)!;
      const names = Object.keys((await import(href)) as object);
      return { contents: `export { ${names.join(", ")} } from ${JSON.stringify(href)};` };
    });
  },
};

/** Leaves installed packages where they are and imports them from there. */
const installedPackages: Plugin = {
  name: "installed-packages",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === installedPackages || kind === "entry-point" || path.includes(":")) return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: installedPackages });
      if (!found.path.includes(`${sep}node_modules${sep}`)) return found;
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};
