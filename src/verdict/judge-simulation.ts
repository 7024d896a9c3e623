/** From what a simulation found to a verdict, which is never that a property holds. */

import { followPath } from "../explore/trace.ts";
import type { Instance } from "../model/instance.ts";
import { type Property, witnessesOf } from "../model/property.ts";
import type { SimulationResult } from "../simulate/simulate.ts";
import type { FoundPath } from "../simulate/simulation.ts";
import { blankRun, type Circumstances } from "./blank-run.ts";
import { cover } from "./coverage.ts";
import { describePath } from "./describe-path.ts";
import { failureIn, judgeAll, reason } from "./judge.ts";
import type { PropertyResult, Run, SimulationFigures } from "./run.ts";
import { findVacuity, missing } from "./vacuity.ts";

/** What the simulation does not know of a run. */
export interface SimulationCircumstances extends Circumstances {
  readonly simulation: Pick<SimulationFigures, "seed" | "strategy" | "maxSteps">;
}

export function judgeSimulation(
  instance: Instance,
  result: SimulationResult,
  circumstances: SimulationCircumstances,
): Run {
  const { ending, fault, violation, fired, taken, runs, longest, events } = result;
  const { results, failure: disagreement } = judgeAll(instance, circumstances, (name, property) =>
    resultsOf(instance, result, name, property),
  );
  const failure = fault ? failureIn(instance, fault) : disagreement;
  const coverage = cover(instance, result);
  const unwitnessed = results.filter(({ kind, trace }) => kind === "sometimes" && trace === null);
  const isViolated = results.some(({ verdict }) => verdict === "violated");
  return {
    ...blankRun(instance, circumstances),
    theorem: null,
    verdict: isViolated ? "violated" : "inconclusive",
    limit: ending === "violation" || ending === "fault" ? null : ending,
    failure,
    properties: results,
    states: taken + runs,
    transitions: fired.reduce((sum, count) => sum + count, 0),
    depth: longest,
    coverage,
    simulation: {
      ...circumstances.simulation,
      runs,
      failingRun: violation?.run ?? fault?.run ?? null,
      stepsBeforeShrinking: violation?.stepsBefore ?? null,
      // What broke off says nothing about what it did not come to.
      unseen:
        failure !== null
          ? []
          : [
              ...findVacuity(instance, { coverage, events }, results),
              ...unwitnessed.map(({ name }) => missing.witness(name)),
            ],
    },
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
