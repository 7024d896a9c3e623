/** Interrupts: the first asks for what was found so far, the second ends the process. */

import { remark } from "./streams.ts";
import { INTERRUPTED } from "./usage-error.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const PATIENCE_MILLISECONDS = 2000;

/** A signal that is aborted by Ctrl-C and the like. */
export function watchForInterrupts(): AbortController {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort("interrupted");
    setTimeout(
      () => remark("waiting for the step in hand; a second interrupt ends at once"),
      PATIENCE_MILLISECONDS,
    ).unref();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return controller;
}
