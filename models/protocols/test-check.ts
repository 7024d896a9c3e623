/** One run of a model, for tests. */

import { explore, instantiate, judge, type Model, type PinnedRun, type Run } from "../../src/index.ts";

export interface CheckOptions extends PinnedRun {
  /** Names of the properties to check, if not those of the model. */
  readonly properties?: readonly string[];
}

/** A run with the states, transitions and depth it has always had: our own figures, there being none published. */
export interface Pinned {
  readonly model: Model;
  readonly run: PinnedRun;
  readonly counts: readonly [states: number, transitions: number, depth: number];
}

export function check(model: Model, { bounds = {}, faults = {}, ...options }: CheckOptions = {}): Run {
  const instance = instantiate(model, bounds, faults);
  const { properties = instance.defaultProperties } = options;
  const exploration = explore(instance, { properties });
  return judge(instance, exploration, { target: model.name, workers: 1, seconds: 0, repeat: "", properties });
}

/** What a run found, in short: `[states, transitions, depth]` of one that holds and is not vacuous, or what is wrong. */
export function outcome(run: Run): readonly number[] | string {
  if (run.failure !== null) return run.failure.message;
  const violated = run.properties.find(({ verdict }) => verdict === "violated");
  if (violated) return `${violated.name}, ${violated.trace!.steps.length} steps: ${violated.why}`;
  if (run.vacuous.length > 0) return run.vacuous.join(", ");
  return [run.states, run.transitions, run.depth];
}
