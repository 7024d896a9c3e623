/** Files of text that somebody names. */

import { isUtf8 } from "node:buffer";
import { existsSync, readFileSync, statSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/** @throws UsageError, which begins with `what`, unless there is a file at `path` */
export function requireFile(path: string, what = path): void {
  if (!existsSync(path)) throw new UsageError(`${what}: there is no such file`);
  if (!statSync(path).isFile()) throw new UsageError(`${what}: it is not a file`);
}

/** The text of a file, which is UTF-8; a mark at its beginning that says so is left out.  @throws UsageError if there is none */
export function readText(path: string): string {
  requireFile(path);
  try {
    const bytes = readFileSync(path);
    if (!isUtf8(bytes)) throw new Error(`line ${firstOther(bytes)} is not UTF-8`);
    return new TextDecoder().decode(bytes);
  } catch (error) {
    throw new UsageError(`${path}: it cannot be read (${(error as Error).message})`);
  }
}

/** The number of the first line that is not UTF-8. A newline is a byte of its own, so lines can be looked at one by one. */
function firstOther(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; ; line++) {
    const end = bytes.indexOf("\n", start);
    if (end < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}
