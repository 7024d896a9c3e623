/** The folder of `--out`: one JSON file a run and a file for each of its traces, each whole or not there at all. */

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeTrace, type TraceEncoding } from "../trace/trace-bytes.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import type { Document } from "../verdict/document.ts";
import { jsonText } from "../verdict/json-text.ts";
import { makeFolder } from "./make-folder.ts";
import { FreshNames, safeName, stemOf } from "./run-name.ts";
import { UsageError } from "./usage-error.ts";
import { writeWhole } from "./whole-file.ts";

const LONGEST_PROPERTY_BYTES = 60;

export class OutFolder {
  readonly #path: string;
  readonly #names = new FreshNames();

  /** Makes the folder and tries to write there.  @throws UsageError */
  constructor(path: string) {
    this.#path = path;
    try {
      makeFolder(path);
      const probe = join(path, `.muchado-${process.pid}`);
      writeFileSync(probe, "");
      rmSync(probe);
    } catch (error) {
      throw new UsageError(`--out ${path}: it cannot be written to (${(error as Error).message})`);
    }
  }

  /** Writes the document of one run. */
  writeRun(document: Document): void {
    this.#write(stemOf(document.runs[0]!), ".json", jsonText(document));
  }

  /** Writes a trace.  @returns the path of the file. */
  writeTrace(trace: TraceDocument, encoding: TraceEncoding): string {
    const stem = `${stemOf(trace)}-${safeName(trace.property.name, LONGEST_PROPERTY_BYTES)}`;
    return this.#write(stem, encoding === "json" ? ".trace.json" : ".trace", encodeTrace(trace, encoding));
  }

  #write(stem: string, ending: string, content: string | Uint8Array): string {
    const path = join(this.#path, this.#names.next(stem, ending));
    writeWhole(path, content);
    return path;
  }
}
