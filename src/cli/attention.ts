/**
 * Model code on the main thread, which can block it for ever: then neither timers nor handlers of signals run. Another thread
 * looks on, and the system's own way with signals, which is to end the process, stands in for the handlers.
 */

import { isMainThread, Worker } from "node:worker_threads";
import { FAULT } from "../verdict/exit-codes.ts";
import { end } from "./ending.ts";
import { suspendHandlers } from "./interrupts.ts";
import { noAnswer } from "./no-answer.ts";
import { locate } from "./stack.ts";

/** What is about to be done with a file. */
export interface Task {
  readonly path: string;
  /** What has not happened if it does not end: "it was not loaded". */
  readonly lack: string;
  readonly seconds: number;
}

/** What the threads have in common. */
export interface Attention {
  /** One element: for how many milliseconds the main thread may be blocked; 0 for ever. */
  readonly patience: Int32Array;
  /** One element, which is another one whenever the main thread has shown that it is not blocked. */
  readonly pulse: Int32Array;
  /** What the main thread is to emit where it is blocked. Then it is to end the process. */
  readonly event: string;
}

const EVENT = "muchado:blocked";
const MOST_PULSE_MILLISECONDS = 100;

/** Other threads are attended to by the main one, and who uses a debugger takes their time. */
const canAttend =
  isMainThread &&
  process.features.inspector &&
  !/--inspect/.test([...process.execArgv, process.env.NODE_OPTIONS].join(" "));

let onlooker: (Attention & { readonly thread: Worker }) | undefined;

/**
 * Runs code of a file that may never give this thread back. If it keeps it for too long, the process ends with the place where
 * it was and the exit code of a fault; if a signal comes meanwhile, the process ends at once.
 */
export function attend<T>(task: Task, code: () => T): T {
  if (!canAttend) return code();
  const leave = enter(task);
  let result: T;
  try {
    result = code();
  } catch (error) {
    leave();
    throw error;
  }
  if (result instanceof Promise) return result.finally(leave) as T;
  leave();
  return result;
}

/** @returns what is to be called when the task is done */
function enter(task: Task): () => void {
  onlooker ??= startThread();
  const { thread, ...attention } = onlooker;
  const milliseconds = Math.ceil(task.seconds * 1000);
  let isBlocked = false;
  const onBlocked = (): void => {
    isBlocked = true;
    const place = locate(new Error()) ?? task.path;
    noAnswer(FAULT, `${place}: ${complaintOf(task)}; does it loop for ever?`);
  };
  process.on(EVENT, onBlocked);
  thread.postMessage(`${task.path}: ${complaintOf(task)}`);
  beat(attention, milliseconds);
  const show = (): void => {
    if (isBlocked) end(FAULT);
    beat(attention, milliseconds);
  };
  const pulse = setInterval(show, Math.min(MOST_PULSE_MILLISECONDS, milliseconds / 4));
  const restoreHandlers = suspendHandlers();
  return () => {
    restoreHandlers();
    clearInterval(pulse);
    beat(attention, 0);
    process.off(EVENT, onBlocked);
  };
}

function complaintOf({ lack, seconds }: Task): string {
  return `${lack} within ${seconds} s`;
}

function beat({ patience, pulse }: Attention, milliseconds: number): void {
  Atomics.store(patience, 0, milliseconds);
  Atomics.add(pulse, 0, 1);
  Atomics.notify(pulse, 0);
}

function startThread(): Attention & { readonly thread: Worker } {
  const one = (): Int32Array => new Int32Array(new SharedArrayBuffer(4));
  const workerData: Attention = { patience: one(), pulse: one(), event: EVENT };
  const thread = new Worker(new URL("./attention-worker.js", import.meta.url), { workerData, execArgv: [] });
  thread.unref();
  return { ...workerData, thread };
}
