/** Files that are there as a whole or not at all. */

import { existsSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** Writes a file that is never seen half written: of a link, the one that it leads to. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const path = existsSync(file) ? realpathSync(file) : file;
  const partial = `${path}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
