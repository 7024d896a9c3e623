/** A worker thread's side of a simulation: it builds the model again and takes part. */

import { buildModel } from "../explore/model-task.ts";
import type { SimulationTask } from "./simulate.ts";
import { Simulation, type SimulationReport } from "./simulation.ts";

export default async function work(task: SimulationTask): Promise<SimulationReport> {
  return new Simulation(await buildModel(task), task.options, task.shared).work();
}
