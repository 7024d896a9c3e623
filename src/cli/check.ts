/** `muchado check`: every state that the targets can reach within their bounds, and what is to be said of it. */

import { answer } from "./answer.ts";
import { checkOptions } from "./check-options.ts";
import { planCheckpoints } from "./checkpoints.ts";
import type { Typed } from "./command-line.ts";
import type { LoadCatalog } from "./main.ts";
import { carryOut } from "./one-run.ts";
import { wholeNumber } from "./option-values.ts";
import { planRuns } from "./plan.ts";
import { MOST_SEED } from "./simulate-options.ts";
import { remark } from "./streams.ts";

/** @returns the exit code.  @throws UsageError */
export async function check(typed: Typed, loadCatalog: LoadCatalog): Promise<number> {
  const options = checkOptions(typed);
  const seed = typed.value("seed");
  if (seed !== undefined) {
    wholeNumber("seed", seed, { min: 0, max: MOST_SEED });
    remark("--seed changes nothing: a search that visits every state draws nothing at random");
  }
  return answer(options, async () => {
    const plans = await planRuns(options, loadCatalog);
    const checkpoints = await planCheckpoints(plans, options);
    return plans.map((plan, i) => ({
      plan,
      carryOut: (turn) => carryOut(plan, options, turn, checkpoints[i]),
    }));
  });
}
