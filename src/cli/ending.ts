/** The end of the process: only the command line brings it about, not a model file. */

import { remark } from "./streams.ts";
import { FAULT } from "./usage-error.ts";

let isMeant = false;

/** Ends the process. */
export function end(exitCode: number): never {
  isMeant = true;
  process.exit(exitCode);
}

/** A model file that ends the process, or has it end, must not look as if there were an answer. */
export function refuseOtherEnds(): void {
  process.on("exit", (code) => {
    if (isMeant) return;
    remark(`the process ended with exit code ${code} before there was an answer; does a model file end it?`);
    process.exitCode = FAULT;
  });
}
