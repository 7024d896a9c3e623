/** A run for tests to vary. */

import type { Run } from "./run.ts";

/** A run that holds, of nothing. */
export const bareRun: Run = {
  target: "",
  theorem: null,
  bounds: {},
  faults: {},
  workers: 1,
  reductions: [],
  interchangeable: [],
  exact: true,
  collisionProbability: 0,
  verdict: "holds",
  expected: "holds",
  limit: null,
  vacuous: [],
  failure: null,
  properties: [],
  states: 1,
  transitions: 0,
  depth: 0,
  seconds: 0,
  bytes: 0,
  coverage: { actions: {}, faults: {}, events: {} },
  repeat: "",
};
