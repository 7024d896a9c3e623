/** The configuration of `muchado ci`, read from a file and validated. */

import { existsSync } from "node:fs";
import { dirname, extname } from "node:path";
import type { Config } from "../gate/config.ts";
import { findProblem, pathText } from "../gate/validate.ts";
import { readJsonValues } from "../history/json-reader.ts";
import { HistoryFileError, type Located, TextCursor } from "../history/text-cursor.ts";
import { explaining, openExports } from "./model-file.ts";
import { readText, requireFile } from "./text-file.ts";
import { UsageError } from "./usage-error.ts";

export interface ConfigFile {
  readonly config: Config;
  /** From which its files are found. */
  readonly folder: string;
  /** Where a part of it stands: `muchado.config.json:4:15: runs[2].target`. */
  place(path: readonly (string | number)[]): string;
}

const STANDARD_NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `muchado.config.${extension}`);

/** What a file says, and where. */
interface Source {
  readonly value: unknown;
  locate(path: readonly string[]): string;
}

/**
 * Reads `given`, or the configuration in the working directory; without either, nothing is configured.
 * @throws UsageError with the place of what is wrong.
 */
export async function readConfig(given?: string): Promise<ConfigFile> {
  const path = given ?? findStandard();
  if (path === undefined) return { config: {}, folder: ".", place: (parts) => pathText(parts.map(String)) };
  requireFile(path, `--config ${path}`);
  const { value, locate } = await readSource(path);
  const place = (parts: readonly (string | number)[]): string => {
    const names = parts.map(String);
    return names.length === 0 ? locate(names) : `${locate(names)}: ${pathText(names)}`;
  };
  const problem = findProblem(value);
  if (problem !== undefined) throw new UsageError(`${place(problem.path)}: ${problem.message}`);
  return { config: value as Config, folder: dirname(path), place };
}

function findStandard(): string | undefined {
  const found = STANDARD_NAMES.filter((name) => existsSync(name));
  if (found.length > 1)
    throw new UsageError(`${found.join(" and ")}: name the one that is meant, with --config`);
  return found[0];
}

async function readSource(path: string): Promise<Source> {
  switch (extname(path)) {
    case ".json":
      return readJson(path);
    case ".ts":
    case ".mts":
    case ".js":
    case ".mjs": {
      const exported = Object.fromEntries((await openExports(path)).exports);
      if (!("default" in exported)) {
        throw new UsageError(`${path}: nothing is exported; write \`export default defineConfig({ … })\``);
      }
      return { value: await explaining(path, () => plain(exported.default)), locate: () => path };
    }
    default:
      throw new UsageError(`--config ${path}: a configuration ends in .ts, .mts, .js, .mjs or .json`);
  }
}

const DEEPEST = 20;

/** A copy in which fields that are not set are not there.  @throws RangeError if it has no end */
function plain(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw new RangeError(`nested deeper than ${DEEPEST}; does it contain itself?`);
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, plain(field, depth + 1)]));
}

function readJson(path: string): Source {
  const text = readText(path);
  try {
    const [whole, second] = readJsonValues(new TextCursor(text, path));
    if (whole === undefined) throw new UsageError(`${path}: it is empty`);
    if (second !== undefined)
      throw new UsageError(`${placeOf(text, path, second.at)}: something after the end`);
    return { value: whole.value, locate: (names) => placeOf(text, path, deepest(whole, names).at) };
  } catch (error) {
    if (!(error instanceof HistoryFileError)) throw error;
    throw new UsageError(`${path}:${error.line}:${error.column}: ${error.problem}`);
  }
}

/** The part that `names` lead to, as far as it exists. */
function deepest(whole: Located, names: readonly string[]): Located {
  let part = whole;
  for (const name of names) {
    const next = part.fields?.get(name) ?? part.items?.[Number(name)];
    if (next === undefined) break;
    part = next;
  }
  return part;
}

function placeOf(text: string, path: string, at: number): string {
  const before = text.slice(0, at);
  return `${path}:${before.split("\n").length}:${at - before.lastIndexOf("\n")}`;
}
