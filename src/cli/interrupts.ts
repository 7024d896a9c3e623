/** Interrupts: the first asks for what was found so far, the second ends the process. */

import { end } from "./ending.ts";
import { remark } from "./streams.ts";
import { INTERRUPTED } from "./usage-error.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const PATIENCE_MILLISECONDS = 2000;

/** A signal that is aborted by Ctrl-C and the like. */
export function watchForInterrupts(): AbortController {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) end(INTERRUPTED);
    controller.abort("interrupted");
    setTimeout(
      () => remark("waiting for the step in hand; a second interrupt ends at once"),
      PATIENCE_MILLISECONDS,
    ).unref();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return controller;
}

/**
 * Leaves signals to the system, which ends the process at once: where this thread may be blocked, no handler would run.
 * @returns what has the handlers run again
 */
export function suspendHandlers(): () => void {
  const all = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const);
  for (const [signal] of all) process.removeAllListeners(signal);
  return () => {
    for (const [signal, listeners] of all) for (const listener of listeners) process.on(signal, listener);
  };
}
