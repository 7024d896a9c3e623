/** Files that are there as a whole or not at all. */

import { renameSync, rmSync, writeFileSync } from "node:fs";

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
