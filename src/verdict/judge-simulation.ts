/** From what a simulation found to a verdict, which is never that a property holds. */

import { Disagreement, followPath } from "../explore/trace.ts";
import type { Instance } from "../model/instance.ts";
import { type Property, witnessesOf } from "../model/property.ts";
import type { SimulationResult } from "../simulate/simulate.ts";
import type { FoundPath } from "../simulate/simulation.ts";
import { cover } from "./coverage.ts";
import { describePath } from "./describe-path.ts";
import { type Circumstances, reason } from "./judge.ts";
import { bareFailure, type Failure, type PropertyResult, type Run, type SimulationFigures } from "./run.ts";
import { findVacuity } from "./vacuity.ts";

/** What the simulation does not know of a run. */
export interface SimulationCircumstances extends Circumstances {
  readonly simulation: Pick<SimulationFigures, "seed" | "strategy" | "maxSteps">;
}

export function judgeSimulation(
  instance: Instance,
  result: SimulationResult,
  { target, workers, seconds, repeat, properties: asked, simulation }: SimulationCircumstances,
): Run {
  const { model, bounds, budgets } = instance;
  const { ending, fault, violation, fired, taken, runs } = result;
  let failure: Failure | null = fault
    ? { message: fault.message, step: fault.step, state: fault.state, way: null }
    : null;
  let properties: PropertyResult[] = [];
  try {
    properties = instance.properties
      .filter(([name]) => asked.includes(name))
      .flatMap(([name, property]) => resultsOf(instance, result, name, property));
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    failure ??= bareFailure(`${error.message}; is some action or property not a function of the state?`);
  }
  const coverage = cover(instance, result);
  const unwitnessed = properties.filter(({ kind, trace }) => kind === "sometimes" && trace === null);
  const isViolated = properties.some(({ verdict }) => verdict === "violated");
  return {
    target,
    theorem: null,
    bounds,
    faults: budgets,
    workers,
    reductions: [],
    interchangeable: [],
    exact: true,
    collisionProbability: 0,
    verdict: isViolated ? "violated" : "inconclusive",
    expected: model.expected ?? "holds",
    limit: ending === "violation" || ending === "fault" ? null : ending,
    vacuous: [],
    failure,
    properties,
    states: taken + runs,
    transitions: fired.reduce((sum, count) => sum + count, 0),
    depth: result.longest,
    seconds,
    bytes: 0,
    coverage,
    simulation: {
      ...simulation,
      runs,
      failingRun: violation?.run ?? fault?.run ?? null,
      stepsBeforeShrinking: violation?.stepsBefore ?? null,
      unseen: [
        ...findVacuity(instance, { coverage, events: result.events }, properties),
        ...unwitnessed.map(({ name: unseen }) => `${unseen} was never witnessed`),
      ],
    },
    repeat,
  };
}

function resultsOf(
  instance: Instance,
  { violation, witnesses }: SimulationResult,
  name: string,
  property: Property<unknown>,
): PropertyResult[] {
  const witnessOf = (key: string): PropertyResult => {
    const found = witnesses.find((witness) => witness.property === key);
    const trace = found ? describePath(instance, follow(instance, found), property) : null;
    return { name: key, kind: "sometimes", verdict: found ? "holds" : "inconclusive", why: null, trace };
  };
  const rest = witnessesOf(name, property).map(witnessOf);
  if (property.kind === "sometimes") return rest;
  const common = { name, kind: property.kind };
  if (violation?.property !== name)
    return [{ ...common, verdict: "inconclusive", why: null, trace: null }, ...rest];
  const path = follow(instance, violation);
  const why = reason(instance, path, property);
  return [{ ...common, verdict: "violated", why, trace: describePath(instance, path, property) }, ...rest];
}

const follow = (instance: Instance, { states, actions }: FoundPath) => followPath(instance, states, actions);
