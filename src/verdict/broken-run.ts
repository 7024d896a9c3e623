/** Runs without an exploration: the tool or the model broke outside the steps of the search, or it was never begun. */

import type { Progress } from "../explore/explore.ts";
import type { Instance } from "../model/instance.ts";
import type { Circumstances } from "./judge.ts";
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
  return { ...emptyRun(instance, circumstances), failure, states, transitions, depth, bytes };
}

/** Inconclusive because `limit` was met before the search began. */
export function unbegunRun(instance: Instance, limit: Limit, circumstances: Circumstances): Run {
  return { ...emptyRun(instance, circumstances), limit };
}

function emptyRun(
  { model, bounds, budgets, properties }: Instance,
  { target, workers, seconds, repeat, properties: checked }: Circumstances,
): Run {
  return {
    target,
    theorem: model.theorem ?? null,
    bounds,
    faults: budgets,
    workers,
    reductions: [],
    interchangeable: [],
    exact: true,
    collisionProbability: 0,
    verdict: "inconclusive",
    expected: model.expected ?? "holds",
    limit: null,
    vacuous: [],
    failure: null,
    properties: properties
      .filter(([name]) => checked.includes(name))
      .map(([name, { kind }]) => ({ name, kind, verdict: "inconclusive", why: null, trace: null })),
    states: 0,
    transitions: 0,
    depth: 0,
    seconds,
    bytes: 0,
    coverage: { actions: {}, faults: {}, events: {} },
    repeat,
  };
}
