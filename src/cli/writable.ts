/** Whether a file can be written, found out without touching it. */

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/**
 * Looks whether a file can be written, in a folder that is there, and leaves everything as it is.
 * @throws UsageError, beginning with `what`
 */
export function checkWritable(what: string, path: string): void {
  const problem = whyNotWritable(path);
  if (problem !== undefined) throw new UsageError(`${what}: ${problem}`);
}

/** Looks whether files can be written to a folder, which may have to be made first.  @throws UsageError, beginning with it */
export function checkFolder(path: string): void {
  let there = resolve(path);
  while (!existsSync(there) && there !== dirname(there)) there = dirname(there);
  const problem = whyNotFolder(there);
  if (problem !== undefined) throw new UsageError(`${path}: ${problem}`);
}

function whyNotWritable(path: string): string | undefined {
  if (path === "") return "a path has at least one character";
  if (path.includes("\0")) return "a path has no null character";
  if (/[/\\]$/.test(path)) return "it is no file but a folder";
  if (existsSync(path) && !statSync(path).isFile()) return "it is there, and not a file";
  return whyNotFolder(dirname(path)) ?? (existsSync(path) ? whyNotAccessible(path) : undefined);
}

function whyNotFolder(folder: string): string | undefined {
  if (!existsSync(folder)) return `there is no folder ${folder}`;
  if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
  return whyNotAccessible(folder);
}

function whyNotAccessible(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch (error) {
    return `it cannot be written to (${(error as Error).message})`;
  }
}
