/** What `muchado simulate` was told. What it shares with `check` means the same there. */

import { randomInt } from "node:crypto";
import { didYouMean } from "../schema/suggestion.ts";
import { MOST_RUNS } from "../simulate/shared.ts";
import { STRATEGIES, type StrategyName } from "../simulate/strategy.ts";
import { type CheckOptions, checkOptions } from "./check-options.ts";
import type { Typed } from "./command-line.ts";
import { wholeNumber } from "./option-values.ts";
import { UsageError } from "./usage-error.ts";

export interface SimulateOptions extends CheckOptions {
  readonly seed: number;
  readonly strategy: StrategyName;
  /** The most steps of a run. */
  readonly steps: number;
  /** The runs to do, by number. */
  readonly from: number;
  readonly to: number;
  /** The budget as it is typed: `--runs 10000`. */
  readonly budget: string;
}

const DEFAULT_RUNS = 10_000;
const DEFAULT_STEPS = 100;
const MOST_STEPS = 1_000_000;
export const MOST_SEED = 2 ** 31 - 1;

/** @throws UsageError */
export function simulateOptions(typed: Typed): SimulateOptions {
  const common = checkOptions(typed);
  const number = (option: string, min: number, max: number): number | undefined => {
    const text = typed.value(option);
    return text === undefined ? undefined : wholeNumber(option, text, { min, max });
  };
  const seed = number("seed", 0, MOST_SEED) ?? randomInt(MOST_SEED);
  const steps = number("steps", 1, MOST_STEPS) ?? DEFAULT_STEPS;
  const strategy = strategyNamed(typed.value("strategy"));
  const runs = number("runs", 1, MOST_RUNS);
  const path = number("path", 0, MOST_RUNS - 1);
  if (path !== undefined && runs !== undefined)
    throw new UsageError("--path names one run, so --runs makes no sense beside it");
  if (path !== undefined && typed.value("seed") === undefined)
    throw new UsageError("--path names a run of a seed: give --seed as well");
  const time = typed.value("max-seconds");
  const budget = [
    ...(path === undefined ? [] : [`--path ${path}`]),
    ...(runs === undefined && (path ?? time) !== undefined ? [] : [`--runs ${runs ?? DEFAULT_RUNS}`]),
    ...(time === undefined ? [] : [`--max-seconds ${time}`]),
  ];
  const typedLimits = [`--seed ${seed}`, `--steps ${steps}`, `--strategy ${strategy}`];
  return {
    ...common,
    isSequential: true,
    limits: { ...common.limits, typed: typedLimits },
    workers: path === undefined ? common.workers : 1,
    seed,
    strategy,
    steps,
    from: path ?? 0,
    to: path === undefined ? (runs ?? (time === undefined ? DEFAULT_RUNS : MOST_RUNS)) : path + 1,
    budget: budget.join(" "),
  };
}

function strategyNamed(text = "mixed"): StrategyName {
  const strategy = STRATEGIES.find((name) => name === text);
  if (strategy !== undefined) return strategy;
  const rest = didYouMean(text, STRATEGIES) ?? `the strategies: ${STRATEGIES.join(", ")}`;
  throw new UsageError(`--strategy: there is none called ${JSON.stringify(text)}; ${rest}`);
}
