/** Model code that does not end: which action or property it is, and in which state. */

import { MessageChannel, type MessagePort } from "node:worker_threads";
import { type Instance, pack } from "../model/instance.ts";
import type { Occupation } from "./activity.ts";
import { WORKER } from "./crew.ts";
import { type Fault, stepBetween } from "./fault.ts";
import type { ModelTask } from "./model-task.ts";
import { workerPool } from "./worker-pool.ts";

/** What a thread is sent that tries the steps of one state. */
export interface TrialTask extends ModelTask {
  /** A packed state; without one, the first states are made. */
  readonly state: Int32Array | undefined;
  /** Gets the name of each action and of each step before it is tried. */
  readonly port: MessagePort;
}

/** What is said before something is tried. */
export interface Attempt {
  readonly action: string;
  /** With its choice, once that is made. */
  readonly step: string | undefined;
}

/** The fault of a model whose code was at `occupation` for `seconds`. An action is found by trying those of the state. */
export async function explainEndless(
  instance: Instance,
  task: ModelTask,
  occupation: Occupation,
  seconds: number,
): Promise<Fault> {
  const verdict = (what: string): string => `${what} did not end within ${seconds} s`;
  if (occupation.kind === "question") {
    const { property, before, after } = occupation;
    const step = after === undefined ? null : stepBetween(instance, before, after);
    return {
      message: verdict(`property ${instance.properties[property]![0]}`),
      step,
      state: before,
      depth: -1,
    };
  }
  const isFirst = occupation.kind === "init";
  const state = isFirst ? undefined : occupation.state;
  const attempt = await findEndless({ ...task, state }, seconds);
  const what =
    attempt === undefined
      ? `some step of this state${isFirst ? ", or a property of it," : ""}`
      : (attempt.step ?? `the choice of the parameters of ${attempt.action}`);
  const shown = state ?? pack(instance, instance.root.initial);
  return { message: verdict(what), step: attempt?.step ?? null, state: shown, depth: -1 };
}

/** The attempt that does not end within `seconds`; `undefined` if each one does. */
async function findEndless(task: Omit<TrialTask, "port">, seconds: number): Promise<Attempt | undefined> {
  const { port1, port2 } = new MessageChannel();
  const pool = await workerPool({ module: WORKER, threads: 1 });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve) => {
      port1.on("message", (attempt: Attempt) => {
        clearTimeout(timer);
        timer = setTimeout(resolve, seconds * 1000, attempt);
      });
      const ended = (): void => resolve(undefined);
      pool.run({ ...task, port: port2 }, { name: "tryAll", transferList: [port2] }).then(ended, ended);
    });
  } finally {
    clearTimeout(timer);
    port1.close();
    await pool.destroy();
  }
}
