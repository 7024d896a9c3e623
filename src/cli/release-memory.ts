/** Gives the memory of a finished run back before the next one begins. */

import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Shared buffers do not count towards the heap, so the collector sees no reason to run until memory is full of them. */
export async function releaseMemory(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What the first pass finds unreachable is freed in the background.
  collect();
  await setImmediate();
  collect();
}
