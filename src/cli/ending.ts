/** The end of the process: only the command line brings it about, not a model file. */

import { FAULT } from "../verdict/exit-codes.ts";
import { noAnswer } from "./no-answer.ts";
import { locate } from "./stack.ts";

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
    const ended = `the process ended with exit code ${code} before there was an answer`;
    // What ends it stands below on the stack, unless it is an error that nobody caught.
    const place = locate(new Error());
    process.exitCode = noAnswer(
      FAULT,
      place === undefined ? `${ended}; does a model file end it?` : `${place}: ${ended}`,
    );
  });
}
