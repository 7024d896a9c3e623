/** A model on its way to another thread, which builds it again. */

import { type Instance, instantiate, internedTypes } from "../model/instance.ts";
import { loadModel, type ModelReference } from "../model/load.ts";

/** How a worker builds the model again. */
export interface ModelTask {
  readonly reference: ModelReference;
  readonly bounds: Instance["bounds"];
  readonly budgets: Instance["budgets"];
  /** Dictionaries of the types whose values are numbered as they appear. */
  readonly dictionaries: readonly SharedArrayBuffer[];
}

/** What a thread needs to build `instance` again. */
export function modelTask(instance: Instance, reference: ModelReference): ModelTask {
  const { bounds, budgets } = instance;
  const dictionaries = internedTypes(instance).map(({ dictionary }) => dictionary.buffer);
  return { reference, bounds, budgets, dictionaries };
}

/** Builds the model of a task, with the dictionaries of those who sent it. */
export async function buildModel({ reference, bounds, budgets, dictionaries }: ModelTask): Promise<Instance> {
  const instance = instantiate(await loadModel(reference), bounds, budgets);
  for (const [i, type] of internedTypes(instance).entries()) type.adopt(dictionaries[i]!);
  return instance;
}
