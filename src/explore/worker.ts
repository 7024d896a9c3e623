/** A worker thread's side of a run: it builds the model again and takes part in the search. */

import { stepsOf } from "../model/plain.ts";
import type { WorkerTask } from "./crew.ts";
import { Board, type TrialTask } from "./endless.ts";
import { attach, Control } from "./memory.ts";
import { buildModel } from "./model-task.ts";
import type { SearchReport } from "./report.ts";
import { Search } from "./search.ts";

export default async function work(task: WorkerTask): Promise<SearchReport> {
  const { port, ...options } = task;
  const memory = attach(task.memory);
  const instance = await buildModel(task).finally(() => Atomics.add(memory.control, Control.loaded, 1));
  return new Search(instance, {
    ...options,
    memory,
    ...(port !== undefined && { onRest: (report: SearchReport) => port.postMessage(report) }),
  }).run();
}

/** Tries every step of one state, and notes each time which one. */
export async function tryAll(task: TrialTask): Promise<void> {
  const instance = await buildModel(task);
  const { root, address, init, transitions } = instance;
  const state = task.state === undefined ? root.initial : root.load(task.state, address);
  const board = new Board(task.board);
  for (const transition of task.state === undefined ? [init] : transitions) {
    board.note({ name: transition.name, isStep: false });
    for (const _ of stepsOf(instance, transition, state, ({ text }) =>
      board.note({ name: text, isStep: true }),
    ));
  }
}
