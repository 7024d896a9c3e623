/** The folder of `--out`: one JSON file a run, whole or not there at all. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, documentText } from "../verdict/document.ts";
import type { Run } from "../verdict/run.ts";
import { UsageError } from "./usage-error.ts";

export class OutFolder {
  readonly #path: string;
  readonly #names = new Set<string>();

  /** Makes the folder and tries to write there.  @throws UsageError */
  constructor(path: string) {
    this.#path = path;
    try {
      mkdirSync(path, { recursive: true });
      const probe = join(path, `.muchado-${process.pid}`);
      writeFileSync(probe, "");
      rmSync(probe);
    } catch (error) {
      throw new UsageError(`--out ${path}: it cannot be written to (${(error as Error).message})`);
    }
  }

  /** Writes the document of one run. */
  write(document: Document): void {
    const [run] = document.runs;
    const path = join(this.#path, this.#nameFor(run!));
    writeFileSync(`${path}.partial`, documentText(document));
    renameSync(`${path}.partial`, path);
  }

  /** `models-counter.ts-top=3.json`; a second run of the same name gets a number. */
  #nameFor({ target, bounds, faults }: Run): string {
    const parts = [
      target,
      ...[bounds, faults].flatMap((values) => Object.entries(values)).map((pair) => pair.join("=")),
    ];
    const stem = parts
      .join("-")
      .replaceAll(/[^\p{L}\d_.=-]+/gu, "-")
      .replace(/^[.-]+/, "")
      .slice(0, 200);
    let name = `${stem}.json`;
    for (let copy = 2; this.#names.has(name); copy++) name = `${stem}-${copy}.json`;
    this.#names.add(name);
    return name;
  }
}
