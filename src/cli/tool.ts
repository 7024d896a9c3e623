/** What is running: the package's own name and version, and where its engine is found by model files. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFolder } from "./stack.ts";

export interface Tool {
  readonly name: string;
  readonly version: string;
}

export function readTool(): Tool {
  const manifest = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { name, version } = JSON.parse(manifest) as Tool;
  return { name, version };
}

/** What models import by the package's name, whatever folder they are in: the files behind those names. */
export const engineFiles: ReadonlyMap<string, URL> = new Map([
  ["muchado", new URL("../index.js", import.meta.url)],
  ["muchado/language", new URL("../language/load.js", import.meta.url)],
]);

/** The name by which models import a file of the package, built or as a source, if there is one. */
export function engineNameOf(file: string): string | undefined {
  const built = file
    .replace(join(packageFolder, "src"), join(packageFolder, "dist", "src"))
    .replace(/\.ts$/, ".js");
  return [...engineFiles.keys()].find((name) => fileURLToPath(engineFiles.get(name)!) === built);
}
