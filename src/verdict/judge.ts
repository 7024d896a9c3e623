/** From what a search found to a verdict: traces rebuilt and re-executed, reasons put in words, vacuity looked for. */

import type { Exploration } from "../explore/explore.ts";
import type { Fault } from "../explore/fault.ts";
import { growingFields } from "../explore/growing.ts";
import { namesOf } from "../explore/symmetry.ts";
import { Disagreement, type Path, retrace } from "../explore/trace.ts";
import { type Instance, propertiesNamed } from "../model/instance.ts";
import { ActionError } from "../model/plain.ts";
import { type Property, witnessesOf } from "../model/property.ts";
import { blankRun, type Circumstances } from "./blank-run.ts";
import { cover } from "./coverage.ts";
import { describePath, violationAt } from "./describe-path.ts";
import {
  bareFailure,
  type Failure,
  type PropertyResult,
  type Reduction,
  type Run,
  type Verdict,
} from "./run.ts";
import { findVacuity } from "./vacuity.ts";

/**
 * The verdict of a search, with its traces rebuilt and run again on plain data. What a property throws there, other than of a
 * trace that does not come out again, is thrown.
 */
export function judge(instance: Instance, exploration: Exploration, circumstances: Circumstances): Run {
  const { ending, events, states, transitions, bytes, memory, groups } = exploration;
  const isComplete = ending === "complete";
  const coverage = cover(instance, exploration);
  const { results, failure: disagreement } = judgeAll(instance, circumstances, (name, property) => {
    const witnesses = witnessesOf(name, property).map((key) =>
      judgeWitness(instance, exploration, key, property),
    );
    if (property.kind === "sometimes") return witnesses;
    return [judgeProperty(instance, exploration, name, property), ...witnesses];
  });
  const failure = explainFault(instance, exploration) ?? disagreement;
  const verdict = overall(results, isComplete && failure === null);
  const growing = verdict === "inconclusive" ? growingFields(instance, memory) : [];
  const isCut = !isComplete && ending !== "violation" && ending !== "fault";
  return {
    ...blankRun(instance, circumstances),
    reductions: reductionsOf(exploration),
    interchangeable: groups.map((group) => namesOf(instance, group)),
    verdict,
    limit: isCut ? ending : null,
    ...(growing.length > 0 && { growing }),
    vacuous: isComplete
      ? [...noFirstState(exploration), ...findVacuity(instance, { coverage, events }, results)]
      : [],
    failure,
    properties: results,
    states,
    transitions,
    // A search that is stopped before its first state has not even that.
    depth: Math.max(0, exploration.depth),
    bytes,
    coverage,
  };
}

/** What `judgeOne` says of each property that was checked, or why nothing can be said: its traces do not come out again. */
export function judgeAll(
  instance: Instance,
  { properties }: Pick<Circumstances, "properties">,
  judgeOne: (name: string, property: Property<unknown>) => readonly PropertyResult[],
): { readonly results: readonly PropertyResult[]; readonly failure: Failure | null } {
  const results: PropertyResult[] = [];
  for (const [name, property] of propertiesNamed(instance, properties)) {
    try {
      results.push(...judgeOne(name, property));
    } catch (error) {
      if (error instanceof ActionError) {
        const { message, label, state } = error;
        return { results: [], failure: failureIn(instance, { message, step: label.text, state }) };
      }
      if (!(error instanceof Disagreement)) throw error;
      const message = `${error.message}; is some action or property not a function of the state?`;
      return { results: [], failure: bareFailure(`property ${name}: ${message}`) };
    }
  }
  return { results, failure: null };
}

/** What failed in a state, with the state in words. */
export function failureIn(
  { root }: Instance,
  { message, step, state }: { message: string; step: string | null; state: object },
  way: Failure["way"] = null,
): Failure {
  const values = state as { readonly [field: string]: unknown };
  const fields = root.fields.map(([name, type]) => `${name}: ${type.print(values[name])}`);
  return { message, step, state, fields, way };
}

function noFirstState({ states }: Exploration): string[] {
  return states === 0 ? ["there is no first state"] : [];
}

function overall(results: readonly PropertyResult[], isComplete: boolean): Verdict {
  if (results.some(({ verdict }) => verdict === "violated")) return "violated";
  return isComplete ? "holds" : "inconclusive";
}

function judgeProperty(
  instance: Instance,
  exploration: Exploration,
  name: string,
  property: Exclude<Property<unknown>, { kind: "sometimes" }>,
): PropertyResult {
  const { ending, violations } = exploration;
  const common = { name, kind: property.kind };
  const violation = violations.find((finding) => finding.property === name);
  if (violation !== undefined) {
    const path = retrace(instance, exploration, violation);
    const why = reason(instance, path, property);
    return { ...common, verdict: "violated", why, trace: describePath(instance, path, property) };
  }
  return { ...common, verdict: ending === "complete" ? "holds" : "inconclusive", why: null, trace: null };
}

/** Whether what should happen sometimes did, and a shortest way to it; `property`, which asks for it, is described along the way. */
function judgeWitness(
  instance: Instance,
  exploration: Exploration,
  name: string,
  property: Property<unknown>,
): PropertyResult {
  const { ending, witnesses } = exploration;
  const common = { name, kind: "sometimes" as const };
  const witness = witnesses.find((finding) => finding.property === name);
  if (witness !== undefined) {
    const trace = describePath(instance, retrace(instance, exploration, witness), property);
    return { ...common, verdict: "holds", why: null, trace };
  }
  if (ending !== "complete") return { ...common, verdict: "inconclusive", why: null, trace: null };
  return { ...common, verdict: "vacuous", why: "no reachable state or step is a witness", trace: null };
}

/** Why the end of a path violates a property, asked again of the plain states.  @throws Disagreement if it does not. */
export function reason(
  instance: Instance,
  path: Path,
  property: Exclude<Property<unknown>, { kind: "sometimes" }>,
): string {
  const states = [path.first, ...path.steps.map(({ after }) => after)];
  const why = violationAt(instance, property, { before: states.at(-2), after: states.at(-1)! });
  if (why !== undefined) return why;
  throw new Disagreement("the property is violated on packed states and holds on plain ones");
}

function explainFault(instance: Instance, exploration: Exploration): Failure | null {
  const { fault } = exploration;
  if (fault === undefined) return null;
  const state = instance.root.load(fault.state, instance.address);
  return failureIn(instance, { ...fault, state }, wayTo(instance, exploration, fault));
}

function wayTo(instance: Instance, exploration: Exploration, { state, depth }: Fault): Failure["way"] {
  if (depth < 0) return null;
  for (const at of [depth, depth + 1]) {
    try {
      const { steps } = retrace(instance, exploration, { depth: at, state, step: undefined });
      return steps.map(({ label }) => label.text);
    } catch {
      // What is at fault may be so on the way too.
    }
  }
  return null;
}

function reductionsOf({ groups, order }: Exploration): Reduction[] {
  return [...(groups.length > 0 ? (["symmetry"] as const) : []), ...(order ? (["order"] as const) : [])];
}
