/** A run that could not be finished because the tool or the model broke outside the steps of the search. */

import type { Progress } from "../explore/explore.ts";
import type { Instance } from "../model/instance.ts";
import type { Circumstances } from "./judge.ts";
import type { Run } from "./run.ts";

/** Inconclusive, with `message` as its failure; `seen` is how far the search was last known to be. */
export function brokenRun(
  { model, bounds, budgets, properties }: Instance,
  message: string,
  seen: Progress | undefined,
  { target, workers, seconds, repeat, properties: checked }: Circumstances,
): Run {
  const { states = 0, transitions = 0, depth = 0, bytes = 0 } = seen ?? {};
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
    failure: { message, step: null, state: null },
    properties: properties
      .filter(([name]) => checked.includes(name))
      .map(([name, { kind }]) => ({ name, kind, verdict: "inconclusive", why: null, trace: null })),
    states,
    transitions,
    depth,
    seconds,
    bytes,
    coverage: { actions: {}, faults: {}, events: {} },
    repeat,
  };
}
