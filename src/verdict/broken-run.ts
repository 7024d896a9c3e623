/** Runs without an exploration: the tool or the model broke outside the steps of the search, or it was never begun. */

import type { Progress } from "../explore/explore.ts";
import type { Instance } from "../model/instance.ts";
import { blankRun, type Circumstances } from "./blank-run.ts";
import { bareFailure, type Limit, type Run } from "./run.ts";

/** Inconclusive, with `message` as its failure; `seen` is how far the search was last known to be. */
export function brokenRun(
  instance: Instance,
  message: string,
  seen: Progress | undefined,
  circumstances: Circumstances,
): Run {
  const { states = 0, transitions = 0, depth = 0, bytes = 0 } = seen ?? {};
  const failure = bareFailure(message);
  return { ...blankRun(instance, circumstances), failure, states, transitions, depth, bytes };
}

/** Inconclusive because `limit` was met before the search began. */
export function unbegunRun(instance: Instance, limit: Limit, circumstances: Circumstances): Run {
  return { ...blankRun(instance, circumstances), limit };
}
