/** Files of text that somebody names. */

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
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw new UsageError(`${path}: it cannot be read (${(error as Error).message})`);
  }
}
