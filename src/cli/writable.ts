/** Whether a file can be written, found out without touching it. */

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Looks whether a file can be written, and leaves everything as it is.  @throws UsageError, beginning with `what` */
export function checkWritable(what: string, path: string): void {
  const problem = whyNotWritable(path);
  if (problem !== undefined) throw new UsageError(`${what}: ${problem}`);
}

function whyNotWritable(path: string): string | undefined {
  if (path.includes("\0")) return "a path has no null character";
  if (/[/\\]$/.test(path)) return "it is no file but a folder";
  if (existsSync(path) && !statSync(path).isFile()) return "it is there, and not a file";
  let folder = dirname(resolve(path));
  while (!existsSync(folder)) folder = dirname(folder);
  if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
  try {
    accessSync(existsSync(path) ? path : folder, constants.W_OK);
  } catch (error) {
    return `it cannot be written to (${(error as Error).message})`;
  }
  return undefined;
}
