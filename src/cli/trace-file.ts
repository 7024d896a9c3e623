/** Reading trace files. */

import { readFileSync } from "node:fs";
import { decodeTrace, UnreadableTrace } from "../trace/trace-bytes.ts";
import type { TraceDocument } from "../trace/trace-document.ts";
import type { Typed } from "./command-line.ts";
import { requireFile } from "./text-file.ts";
import { UsageError } from "./usage-error.ts";

/** The one trace that a command is given, with the file it is in.  @throws UsageError */
export function readTraceFile({ targets }: Typed): { file: string; document: TraceDocument } {
  const [file, ...more] = targets;
  if (file === undefined || more.length > 0) throw new UsageError("name one trace file");
  return { file, document: readTrace(file) };
}

/** @throws UsageError */
export function readTrace(file: string): TraceDocument {
  requireFile(file);
  try {
    return decodeTrace(readFileSync(file));
  } catch (error) {
    if (error instanceof UnreadableTrace) throw new UsageError(`${file}: ${error.message}`);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UsageError(`${file}: ${message}`);
  }
}
