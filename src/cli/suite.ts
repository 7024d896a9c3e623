/** Everything that a configuration asks for, built and validated before the first search starts. */

import { posix } from "node:path";
import type { Budget, ConfiguredMutant, ConfiguredRun } from "../gate/config.ts";
import type { Demands } from "../gate/gates.ts";
import type { CatalogEntry, PinnedRun } from "../model/catalog.ts";
import { type Instance, propertiesNamed } from "../model/instance.ts";
import { witnessesOf } from "../model/property.ts";
import { didYouMean } from "../schema/suggestion.ts";
import { REDUCTIONS } from "../verdict/run.ts";
import type { ConfigFile } from "./config-file.ts";
import type { LoadCatalog } from "./main.ts";
import { chosenMutants, type PlannedMutant, planPlaces } from "./mutants.ts";
import { type PlannedRun, planRun, type RunOptions } from "./plan.ts";
import { bytesOf } from "./spending.ts";
import { findTargets, pinnedSuite, targetOf } from "./targets.ts";
import { UsageError } from "./usage-error.ts";

export interface SuiteRun {
  readonly plan: PlannedRun;
  readonly demands: Demands;
  readonly budget: Budget;
  /** What the target is called in its certificate. */
  readonly certifiedAs: string;
}

export interface SuiteMutant extends PlannedMutant {
  readonly budget: Budget;
}

export interface Suite {
  readonly runs: readonly SuiteRun[];
  readonly mutants: readonly SuiteMutant[];
}

/** @throws UsageError with the place in the configuration of what there is not. */
export async function planSuite(file: ConfigFile, loadCatalog: LoadCatalog): Promise<Suite> {
  const { config, place } = file;
  await locating(place(["budget"]), () => bytesOf(config.budget?.memory));
  await locating(place(["runBudget"]), () => bytesOf(config.runBudget?.memory));
  const runs: SuiteRun[] = [];
  for (const [i, configured] of (config.runs ?? []).entries()) {
    runs.push(...(await locating(place(["runs", i]), () => planConfigured(configured, file, loadCatalog))));
  }
  if (config.runs === undefined) {
    for (const target of await pinnedSuite(loadCatalog)) {
      const demands: Demands = { ...(config.coverage !== undefined && { floor: config.coverage }) };
      const budget = config.runBudget ?? {};
      runs.push({ plan: planRun(target, optionsOf({}, budget)), demands, budget, certifiedAs: target.name });
    }
  }
  const mutants: SuiteMutant[] = [];
  const wanted = config.mutants ?? [];
  if (wanted === true)
    mutants.push(...planAll(chosenMutants(await loadCatalog(), []), config.runBudget ?? {}));
  else {
    for (const [i, mutant] of wanted.entries()) {
      const configured = typeof mutant === "string" ? { target: mutant } : mutant;
      const where = place(["mutants", i]);
      mutants.push(...(await locating(where, () => planMutant(configured, file, loadCatalog))));
    }
  }
  return { runs, mutants };
}

async function planConfigured(
  configured: ConfiguredRun,
  { config, folder }: ConfigFile,
  loadCatalog: LoadCatalog,
): Promise<SuiteRun[]> {
  const { target: name, expected, counts, coverage, absent } = configured;
  const targets = await findTargets(name, loadCatalog, { folder });
  if (counts !== undefined && targets.length > 1) {
    throw new UsageError(
      `${name} has ${targets.length} models, and counts are of one: name it as file:export`,
    );
  }
  const budget: Budget = { ...config.runBudget, ...configured.budget };
  bytesOf(budget.memory);
  return targets.map((target) => {
    const planned = planRun(target, optionsOf(configured, budget));
    const plan =
      expected === undefined ? planned : { ...planned, instance: expecting(planned.instance, expected) };
    if (counts !== undefined && plan.instance.model.expected === "violated") {
      throw new UsageError("counts are of a complete run, and this one ends at a counterexample");
    }
    checkNames(plan, [...Object.keys(coverage ?? {}), ...(absent ?? [])]);
    const demands: Demands = {
      ...(config.coverage !== undefined && { floor: config.coverage }),
      ...(counts && { counts }),
      ...(coverage && { coverage }),
      ...(absent && { absent }),
    };
    const suffix = targets.length > 1 ? target.name.slice(target.name.lastIndexOf(":")) : "";
    return { plan, demands, budget, certifiedAs: posix.normalize(name) + suffix };
  });
}

/** The instance of a model that is there to show something else than it says. */
function expecting(instance: Instance, expected: "holds" | "violated"): Instance {
  const { expected: _, ...model } = instance.model;
  return { ...instance, model: expected === "holds" ? model : { ...model, expected } };
}

/** @throws UsageError for a name that nothing has whose occurrences are counted. */
function checkNames({ target, instance, properties }: PlannedRun, names: readonly string[]): void {
  const known = [
    ...instance.transitions.map(({ name }) => name),
    ...propertiesNamed(instance, properties).flatMap(([name, property]) => {
      const events = property.kind === "refines" ? property.specification.events : [];
      return [...events, ...witnessesOf(name, property)];
    }),
  ];
  for (const name of names) {
    if (known.includes(name)) continue;
    const suggestion = didYouMean(name, known) ?? `it has ${known.join(", ")}`;
    throw new UsageError(
      `${target} has no action, fault, event or witness ${JSON.stringify(name)} here; ${suggestion}`,
    );
  }
}

async function planMutant(
  { target: name, bounds, faults }: ConfiguredMutant,
  { config, folder }: ConfigFile,
  loadCatalog: LoadCatalog,
): Promise<SuiteMutant[]> {
  const budget = config.runBudget ?? {};
  const at: PinnedRun = { ...(bounds && { bounds }), ...(faults && { faults }) };
  const isElsewhere = bounds !== undefined || faults !== undefined;
  const catalog = await loadCatalog();
  const isKnown = catalog.some(
    ({ model, mutant }) => mutant !== undefined && [model.name, mutant.of].includes(name),
  );
  const known = isKnown ? chosenMutants(catalog, [name]) : [];
  if (isKnown && !isElsewhere) return planAll(known, budget);
  const targets = isKnown ? known.map(targetOf) : await findTargets(name, loadCatalog, { folder });
  return targets.map((target) => ({
    ...planPlaces(target, { of: target.name, model: target.model, at }, optionsOf({}, budget)),
    budget,
  }));
}

function planAll(mutants: readonly CatalogEntry[], budget: Budget): SuiteMutant[] {
  const options = optionsOf({}, budget);
  return mutants.map((entry) => ({ ...planPlaces(targetOf(entry), entry.mutant!, options), budget }));
}

/** What a run is told, its budget as it would be typed. */
function optionsOf(
  {
    bounds = {},
    faults = {},
    properties = [],
    reduce = "none",
  }: Pick<ConfiguredRun, "bounds" | "faults" | "properties" | "reduce">,
  { states, seconds, memory }: Budget,
): RunOptions {
  const typed = [
    ...(states === undefined ? [] : [`--max-states ${states}`]),
    ...(seconds === undefined ? [] : [`--max-seconds ${seconds}`]),
    ...(memory === undefined ? [] : [`--max-memory ${memory}`]),
  ];
  const reductions = REDUCTIONS.filter((name) => reduce.split(",").includes(name));
  return { bounds, faults, properties, reductions, limits: { typed } };
}

async function locating<T>(place: string, plan: () => T | Promise<T>): Promise<T> {
  try {
    return await plan();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${place}: ${error.message}`);
    throw error;
  }
}
