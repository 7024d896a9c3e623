/** Folders that are made with those above them, all or none. */

import { existsSync, mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing, one level at a time: Node's own way to make several never ends where a
 * file system lets nobody make any, as /proc does. What was made is removed again where the rest cannot be.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let folder = resolve(path);
  for (; !existsSync(folder) && folder !== dirname(folder); folder = dirname(folder)) missing.unshift(folder);
  const made: string[] = [];
  try {
    for (const folder of missing) if (makeOne(folder)) made.unshift(folder);
    if (!isFolder(path)) throw new Error("it is there, and not a folder");
  } catch (error) {
    for (const folder of made) rmdirSync(folder);
    throw error;
  }
}

/** @returns whether it was made here; another process may have made it meanwhile. */
function makeOne(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (isFolder(folder)) return false;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
