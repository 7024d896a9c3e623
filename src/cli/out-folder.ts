/** The folder of `--out`: one JSON file a run and a file for each of its traces, each whole or not there at all. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeTrace, type TraceEncoding } from "../trace/trace-bytes.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import { type Document, documentText } from "../verdict/document.ts";
import type { Run } from "../verdict/run.ts";
import { UsageError } from "./usage-error.ts";

/** The most bytes of a name that a file system takes, less what is put behind. */
const LONGEST_STEM_BYTES = 160;
const LONGEST_PROPERTY_BYTES = 60;

export class OutFolder {
  readonly #path: string;
  /** In lower case: some file systems do not tell names apart otherwise. */
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
  writeRun(document: Document): void {
    this.#write(stemOf(document.runs[0]!), ".json", documentText(document));
  }

  /** Writes a trace.  @returns the path of the file. */
  writeTrace(trace: TraceDocument, encoding: TraceEncoding): string {
    const stem = `${stemOf(trace)}-${safeName(trace.property.name, LONGEST_PROPERTY_BYTES)}`;
    return this.#write(stem, encoding === "json" ? ".trace.json" : ".trace", encodeTrace(trace, encoding));
  }

  #write(stem: string, ending: string, content: string | Uint8Array): string {
    const path = join(this.#path, this.#freshName(stem, ending));
    writeWhole(path, content);
    return path;
  }

  /** The second file of a name gets a number. */
  #freshName(stem: string, ending: string): string {
    let name = stem + ending;
    for (let copy = 2; this.#names.has(name.toLowerCase()); copy++) name = `${stem}-${copy}${ending}`;
    this.#names.add(name.toLowerCase());
    return name;
  }
}

/** Writes a file that is never seen half written. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** `models-counter.ts-top=3` */
function stemOf({ target, bounds, faults }: Pick<Run, "target" | "bounds" | "faults">): string {
  const values = [bounds, faults].flatMap((values) => Object.entries(values)).map((pair) => pair.join("="));
  return safeName([target, ...values].join("-"), LONGEST_STEM_BYTES);
}

/** Letters, digits and what is harmless in names of files, cut to a number of bytes. */
function safeName(text: string, longestBytes: number): string {
  let name = text.replaceAll(/[^\p{L}\d_.=-]+/gu, "-").replace(/^[.-]+/, "");
  while (Buffer.byteLength(name) > longestBytes) name = [...name].slice(0, -1).join("");
  return name;
}
