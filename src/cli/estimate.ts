/** `muchado estimate`: what a check will cost, before it is paid for. */

import { estimateCost, FaultyModel } from "../estimate/estimate.ts";
import type { ExploreOptions } from "../explore/explore.ts";
import { findSymmetry, NoSymmetry } from "../explore/interchangeable.ts";
import { findOrder, NoOrder } from "../explore/order.ts";
import type { Instance } from "../model/instance.ts";
import { type EstimatedCheck, estimateDocument, estimateText } from "../report/estimate-text.ts";
import { FAULT } from "../verdict/exit-codes.ts";
import { checkOptions } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import type { LoadCatalog } from "./main.ts";
import { noAnswer } from "./no-answer.ts";
import { planRuns } from "./plan.ts";
import { print, remark } from "./streams.ts";
import { readTool } from "./tool.ts";
import { UsageError } from "./usage-error.ts";

/** How long it may take where nothing is said. */
const MAX_SECONDS = 20;

/** @returns the exit code.  @throws UsageError */
export async function estimate(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const options = checkOptions(typed);
  // Of the check, not of the estimate.
  const limits = { ...options.limits, typed: [] };
  if (options.targets.length === 0) throw new UsageError("estimate needs a target, as `check` takes them");
  const maxSeconds = options.limits.maxSeconds ?? MAX_SECONDS;
  const checks: EstimatedCheck[] = [];
  for (const { instance, target, properties, repeat } of await planRuns(
    { ...options, limits },
    loadCatalog,
  )) {
    if (!options.isQuiet) remark(`${target}: exploring smaller bounds for at most about ${maxSeconds} s`);
    const reductionAt = (instance: Instance): Pick<ExploreOptions, "groups" | "order"> => {
      const { reductions } = options;
      const groups = reductions.includes("symmetry")
        ? unlessRefused(NoSymmetry, () => findSymmetry(instance, properties))
        : undefined;
      const order = reductions.includes("order")
        ? unlessRefused(NoOrder, () => findOrder(instance, properties, groups))
        : undefined;
      return { groups: groups ?? [], order };
    };
    try {
      const cost = estimateCost(instance, { properties, maxSeconds, reductionAt });
      checks.push({ target, bounds: instance.bounds, faults: instance.budgets, repeat, ...cost });
    } catch (error) {
      if (!(error instanceof FaultyModel)) throw error;
      return noAnswer(FAULT, `${target}: the model is at fault: ${error.message}`);
    }
  }
  print(options.isJson ? estimateDocument(readTool(), checks) : checks.map(estimateText).join(""));
  return 0;
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
