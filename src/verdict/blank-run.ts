/** A run as far as it is known before it has begun, which every account of one sets out from. */

import { type Instance, propertiesNamed } from "../model/instance.ts";
import type { Run } from "./run.ts";

/** What the search does not know of a run. */
export interface Circumstances {
  readonly target: string;
  readonly workers: number;
  readonly seconds: number;
  readonly repeat: string;
  /** Names of the properties that were checked. */
  readonly properties: readonly string[];
}

/** Inconclusive, with nothing found. */
export function blankRun(
  instance: Instance,
  { target, workers, seconds, repeat, properties }: Circumstances,
): Run {
  const { model, bounds, budgets } = instance;
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
    properties: propertiesNamed(instance, properties).map(([name, { kind }]) => ({
      name,
      kind,
      verdict: "inconclusive",
      why: null,
      trace: null,
    })),
    states: 0,
    transitions: 0,
    depth: 0,
    seconds,
    bytes: 0,
    coverage: { actions: {}, faults: {}, events: {} },
    repeat,
  };
}
