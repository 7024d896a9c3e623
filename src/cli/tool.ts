/** What is running: the package's own name and version, and where its engine is found by model files. */

import { readFileSync } from "node:fs";

export interface Tool {
  readonly name: string;
  readonly version: string;
}

export function readTool(): Tool {
  const manifest = readFileSync(new URL("../../../package.json", import.meta.url), "utf8");
  const { name, version } = JSON.parse(manifest) as Tool;
  return { name, version };
}

/** What `import "muchado"` means in a model file, whatever folder it is in. */
export const engineUrl = new URL("../index.js", import.meta.url);
