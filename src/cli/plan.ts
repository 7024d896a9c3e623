/** Everything that is to be run, built and validated before the first search starts. */

import { STEP_SECONDS } from "../explore/explore.ts";
import { findSymmetry, NoSymmetry } from "../explore/interchangeable.ts";
import { findOrder, NoOrder } from "../explore/order.ts";
import type { Order } from "../explore/stubborn.ts";
import type { IdGroup } from "../explore/symmetry.ts";
import { assignmentsText } from "../model/assignments.ts";
import { type Instance, instantiate } from "../model/instance.ts";
import type { ModelReference } from "../model/load.ts";
import { BoundsError } from "../model/model.ts";
import { thrownText } from "../model/thrown.ts";
import { printable } from "../report/printable.ts";
import { shellWord } from "../report/shell-word.ts";
import { didYouMean } from "../schema/suggestion.ts";
import { attend } from "./attention.ts";
import type { CheckOptions } from "./check-options.ts";
import { hearSignals, suspendHandlers } from "./interrupts.ts";
import type { LoadCatalog } from "./main.ts";
import { locate } from "./stack.ts";
import { remark } from "./streams.ts";
import { findTargets, pinnedSuite, type Target } from "./targets.ts";
import { ProgramError, UsageError } from "./usage-error.ts";

/** The commands that runs are planned for: it is the same one that repeats a run. */
type Command = "check" | "simulate";

export interface PlannedRun {
  readonly target: string;
  readonly instance: Instance;
  readonly reference: ModelReference;
  /** Where the model's author wrote it. */
  readonly origin: ModelReference;
  /** The file it was found in, where a file was named. */
  readonly file: string | undefined;
  /** Names of the properties to check. */
  readonly properties: readonly string[];
  /** Ids to take for interchangeable. */
  readonly groups: readonly IdGroup[];
  /** How steps depend on each other, if not all orders of them are to be searched. */
  readonly order: Order | undefined;
  /** The command that repeats the run. */
  readonly repeat: string;
}

/** @throws UsageError for a target, a bound, a fault or a property that there is not. */
export async function planRuns(
  options: CheckOptions,
  loadCatalog: LoadCatalog,
  command: Command = "check",
): Promise<PlannedRun[]> {
  const { targets, bounds, faults, properties, reductions, stepSeconds } = options;
  const planAll = async (found: readonly Target[]): Promise<PlannedRun[]> => {
    const plans: PlannedRun[] = [];
    for (const target of found) {
      await hearSignals();
      plans.push(planRun(target, options, command));
    }
    return plans;
  };
  if (targets.length > 0) {
    const found: Target[] = [];
    const wrong: string[] = [];
    for (const name of new Set(targets)) {
      if (targets.filter((other) => other === name).length > 1)
        remark(printable(`${name} is named more than once: it is run once`));
      try {
        found.push(...(await findTargets(name, loadCatalog, { stepSeconds })));
      } catch (error) {
        if (!(error instanceof ProgramError)) throw error;
        wrong.push(error.message);
      }
    }
    // Who mends programs wants to see all that is wrong with them.
    if (wrong.length > 0) throw new ProgramError(wrong.join("\n"));
    return planAll(found);
  }
  const [given] = Object.entries({ bound: bounds, faults, property: properties, reduce: reductions }).find(
    ([, values]) => Object.keys(values).length > 0,
  ) ?? [undefined];
  if (given !== undefined) {
    throw new UsageError(
      `--${given} needs a target: the runs of the pinned suite say themselves what they check`,
    );
  }
  return planAll(await pinnedSuite(loadCatalog));
}

/** What a run is told beside its target. */
export interface RunOptions extends Pick<CheckOptions, "bounds" | "faults" | "properties" | "reductions"> {
  readonly limits: { readonly typed: readonly string[] };
  readonly inconclusive?: CheckOptions["inconclusive"];
  /** How long a model file may take for one thing. */
  readonly stepSeconds?: number;
}

/** @throws UsageError */
export function planRun(target: Target, options: RunOptions, command: Command = "check"): PlannedRun {
  const instance = build(target, options);
  const known = instance.properties.map(([name]) => name);
  for (const name of options.properties) {
    if (known.includes(name)) continue;
    const suggestion = didYouMean(name, known) ?? `its properties: ${known.join(", ") || "none"}`;
    throw new UsageError(`${target.name} has no property ${JSON.stringify(name)}; ${suggestion}`);
  }
  const properties =
    options.properties.length > 0
      ? known.filter((name) => options.properties.includes(name))
      : instance.defaultProperties;
  const groups = options.reductions.includes("symmetry")
    ? attending(target, "the search for its symmetry did not end", options.stepSeconds, () =>
        orRefuse(NoSymmetry, () => findSymmetry(instance, properties)),
      )
    : [];
  return {
    target: target.name,
    instance,
    reference: target.reference,
    origin: target.origin,
    file: target.file,
    properties,
    groups,
    order: options.reductions.includes("order")
      ? attending(
          target,
          "the search for how its steps depend on each other did not end",
          options.stepSeconds,
          () => orRefuse(NoOrder, () => findOrder(instance, properties, groups)),
        )
      : undefined,
    repeat: [`muchado ${command}`, ...words(target.name, instance, options)].join(" "),
  };
}

/** What a reduction needs to know; that may take long, and an interrupt ends it.  @throws UsageError where the model refuses it */
function orRefuse<T>(refusal: typeof NoSymmetry | typeof NoOrder, find: () => T): T {
  const restoreHandlers = suspendHandlers();
  try {
    return find();
  } catch (error) {
    throw error instanceof refusal ? new UsageError(error.message) : error;
  } finally {
    restoreHandlers();
  }
}

/** A target at bounds and faults; what is not said is as the target has it.  @throws UsageError */
export function build(
  target: Target,
  { bounds, faults, stepSeconds }: Pick<RunOptions, "bounds" | "faults" | "stepSeconds">,
): Instance {
  const { name, model, pinned } = target;
  try {
    return attending(target, "its system was not built", stepSeconds, () =>
      instantiate(model, { ...pinned?.bounds, ...bounds }, { ...pinned?.faults, ...faults }),
    );
  } catch (error) {
    if (error instanceof BoundsError) throw new UsageError(calledAs(name, model.name, error.message));
    throw new UsageError(`${locate(error) ?? name}: ${thrownText(error)}`);
  }
}

/** A message that begins with the model's own name, with what the model is called on the command line. */
function calledAs(target: string, model: string, message: string): string {
  return message.startsWith(model) ? target + message.slice(model.length) : message;
}

/** Does something with a model, which may not end if it is of a person's own file. */
function attending<T>({ file }: Target, lack: string, seconds = STEP_SECONDS, code: () => T): T {
  return file === undefined ? code() : attend({ path: file, lack, seconds }, code);
}

/** Bounds and budgets are spelt out, so that the command means the same when a model's defaults change. */
function words(target: string, { bounds, budgets }: Instance, options: RunOptions): string[] {
  return [
    shellWord(target),
    ...Object.entries(bounds).map(([name, value]) => `--bound ${name}=${value}`),
    ...(Object.keys(budgets).length > 0 ? [`--faults ${assignmentsText(budgets, ",")}`] : []),
    ...[...new Set(options.properties)].map((name) => `--property ${shellWord(name)}`),
    ...(options.reductions.length > 0 ? [`--reduce ${options.reductions.join(",")}`] : []),
    ...options.limits.typed,
    ...(options.inconclusive === "warn" ? ["--inconclusive=warn"] : []),
  ];
}
