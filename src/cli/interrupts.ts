/** Interrupts: the first asks for what was found so far, the second ends the process. */

import { setImmediate } from "node:timers/promises";
import { INTERRUPTED } from "../verdict/exit-codes.ts";
import { end } from "./ending.ts";
import { noAnswer } from "./no-answer.ts";
import { remark, watchReader } from "./streams.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Prepares something; an interrupt ends the process meanwhile, since nothing has been found yet. */
export async function preparing<T>(prepare: () => Promise<T>): Promise<T> {
  for (const signal of SIGNALS) process.on(signal, endInterrupted);
  try {
    return await prepare();
  } finally {
    await hearSignals();
    for (const signal of SIGNALS) process.off(signal, endInterrupted);
  }
}

/** Has signals that came while this thread was busy reach their handlers: with those, they would be gone. */
export async function hearSignals(): Promise<void> {
  // The first turn may have begun before the signal came.
  await setImmediate();
  await setImmediate();
}

function endInterrupted(): never {
  end(noAnswer(INTERRUPTED, "interrupted before there was an answer"));
}

const PATIENCE_MILLISECONDS = 2000;

/** A signal that is aborted by Ctrl-C and the like, and when nobody reads the answer any more. */
export function watchForInterrupts(): AbortController {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) endInterrupted();
    controller.abort("interrupted");
    setTimeout(
      () => remark("waiting for the step in hand; a second interrupt ends at once"),
      PATIENCE_MILLISECONDS,
    ).unref();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  watchReader(() => controller.abort("interrupted"));
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
