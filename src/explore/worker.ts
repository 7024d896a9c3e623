/** A worker thread's side of a run: it builds the model again and takes part in the search. */

import { instantiate, internedTypes } from "../model/instance.ts";
import { loadModel } from "../model/load.ts";
import type { WorkerTask } from "./explore.ts";
import { attach } from "./memory.ts";
import { Search, type SearchReport } from "./search.ts";

export default async function work(task: WorkerTask): Promise<SearchReport> {
  const instance = instantiate(await loadModel(task.reference), task.bounds, task.budgets);
  for (const [i, type] of internedTypes(instance).entries()) type.adopt(task.dictionaries[i]!);
  return new Search(instance, { ...task, memory: attach(task.memory) }).run();
}
