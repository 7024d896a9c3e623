/** A worker thread that estimates one check, so that the main one can be interrupted. */

import { parentPort, workerData } from "node:worker_threads";
import { type CostEstimate, estimateCost, FaultyModel } from "../estimate/estimate.ts";
import type { ExploreOptions } from "../explore/explore.ts";
import { findSymmetry, NoSymmetry } from "../explore/interchangeable.ts";
import { buildModel, type ModelTask } from "../explore/model-task.ts";
import { findOrder, NoOrder } from "../explore/order.ts";
import type { Instance } from "../model/instance.ts";
import type { Reduction } from "../verdict/run.ts";

export interface EstimateTask extends ModelTask {
  readonly properties: readonly string[];
  readonly reductions: readonly Reduction[];
  readonly maxSeconds: number;
}

/** What comes of a task: an estimate, or what the model did that it must not do. */
export type EstimateReply =
  | { readonly kind: "estimated"; readonly cost: CostEstimate }
  | { readonly kind: "faulty"; readonly message: string };

async function work(task: EstimateTask): Promise<EstimateReply> {
  const { properties, reductions, maxSeconds } = task;
  const reductionAt = (instance: Instance): Pick<ExploreOptions, "groups" | "order"> => {
    const groups = reductions.includes("symmetry")
      ? unlessRefused(NoSymmetry, () => findSymmetry(instance, properties))
      : undefined;
    const order = reductions.includes("order")
      ? unlessRefused(NoOrder, () => findOrder(instance, properties, groups))
      : undefined;
    return { groups: groups ?? [], order };
  };
  try {
    const cost = estimateCost(await buildModel(task), { properties, maxSeconds, reductionAt });
    return { kind: "estimated", cost };
  } catch (error) {
    if (error instanceof FaultyModel) return { kind: "faulty", message: error.message };
    throw error;
  }
}

/** What a reduction needs to know; nothing where smaller bounds refuse it, with no two nodes left, for instance. */
function unlessRefused<T>(refusal: typeof NoSymmetry | typeof NoOrder, find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof refusal) return undefined;
    throw error;
  }
}

parentPort!.postMessage(await work(workerData as EstimateTask));
