/** What `muchado check` was told, every value read and validated. */

import { availableParallelism, totalmem } from "node:os";
import { STEP_SECONDS } from "../explore/explore.ts";
import type { Assignments } from "../model/assignments.ts";
import type { TraceEncoding } from "../trace/trace-bytes.ts";
import { REDUCTIONS, type Reduction } from "../verdict/run.ts";
import type { CheckpointOptions } from "./checkpoints.ts";
import type { Typed } from "./command-line.ts";
import { assignments, byteCount, MOST_SECONDS, seconds, wholeNumber } from "./option-values.ts";
import { remark } from "./streams.ts";
import { UsageError } from "./usage-error.ts";

export interface CheckOptions extends CheckpointOptions {
  readonly targets: readonly string[];
  readonly bounds: Assignments;
  readonly faults: Assignments;
  /** Names of properties to check; all where there are none. */
  readonly properties: readonly string[];
  readonly reductions: readonly Reduction[];
  readonly workers: number;
  readonly limits: CheckLimits;
  /** Whether one run is to be done after another, each by all workers. */
  readonly isSequential: boolean;
  /** How long one step may take. */
  readonly stepSeconds: number;
  /** What a run that was stopped means for the exit code. */
  readonly inconclusive: "fail" | "warn";
  /** Where to write a file for each run. */
  readonly out: string | undefined;
  /** Where to write a page with the traces. */
  readonly html: string | undefined;
  readonly traceEncoding: TraceEncoding;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isPlain: boolean;
  readonly hasCoverage: boolean;
}

export interface CheckLimits {
  readonly maxStates: number | undefined;
  readonly maxDepth: number | undefined;
  readonly maxSeconds: number | undefined;
  readonly maxBytes: number;
  /** Limits as they were typed, for the command that repeats a run. */
  readonly typed: readonly string[];
}

const MEBIBYTE = 2 ** 20;
const GIBIBYTE = 2 ** 30;
/** Less would not hold an empty table. */
export const LEAST_BYTES = MEBIBYTE;
const MOST_DEFAULT_BYTES = 16 * GIBIBYTE;
const MOST_WORKERS = 256;
const CHECKPOINT_SECONDS = 300;

/** @throws UsageError */
export function checkOptions(typed: Typed): CheckOptions {
  const number = (option: string, min: number): number | undefined => {
    const text = typed.value(option);
    return text === undefined ? undefined : wholeNumber(option, text, { min, max: Number.MAX_SAFE_INTEGER });
  };
  const time = (option: string): number | undefined => {
    const text = typed.value(option);
    return text === undefined ? undefined : seconds(option, text, { max: MOST_SECONDS });
  };
  for (const [option, needed] of NEEDS)
    if (typed.value(option) !== undefined && typed.value(needed) === undefined)
      throw new UsageError(`--${option} needs --${needed}`);
  const memory = typed.value("max-memory");
  const limits: CheckLimits = {
    maxStates: number("max-states", 1),
    maxDepth: number("max-depth", 0),
    maxSeconds: time("max-seconds"),
    maxBytes:
      memory === undefined
        ? defaultBytes()
        : byteCount("--max-memory", memory, { min: LEAST_BYTES, max: totalmem() }),
    typed: ["max-states", "max-depth", "max-seconds", "max-memory"].flatMap((option) =>
      typed.values(option).map((value) => `--${option} ${value}`),
    ),
  };
  const [checkpoint, resume] = [typed.value("checkpoint"), typed.value("resume")];
  return {
    targets: typed.targets,
    bounds: assignments("bound", typed.values("bound")),
    faults: assignments("faults", typed.values("faults")),
    properties: typed.values("property"),
    reductions: reductions(typed.value("reduce")),
    workers: workersOf(typed),
    limits,
    // Beside others, a run takes longer; and who wants checkpoints of one expects that it takes long.
    isSequential: [limits.maxSeconds, checkpoint, resume].some((option) => option !== undefined),
    stepSeconds: time("step-seconds") ?? STEP_SECONDS,
    checkpoint,
    checkpointSeconds: time("checkpoint-every") ?? CHECKPOINT_SECONDS,
    resume,
    inconclusive: meaningOfInconclusive(typed.value("inconclusive")),
    out: typed.value("out"),
    html: typed.value("html"),
    traceEncoding: traceEncoding(typed.value("trace-format")),
    isJson: typed.has("json"),
    isQuiet: typed.has("quiet"),
    isPlain: typed.has("no-color"),
    hasCoverage: typed.has("coverage"),
  };
}

/** Options that say nothing without another one. */
const NEEDS = [
  ["trace-format", "out"],
  ["checkpoint-every", "checkpoint"],
] as const;

/** What a search may take where nothing is said. */
export function defaultBytes(): number {
  return Math.max(LEAST_BYTES, Math.min(MOST_DEFAULT_BYTES, Math.floor(process.availableMemory() * 0.6)));
}

/** How many workers are asked for, by `--workers` or else by `standard`; more than there are cores would only wait. */
export function workersOf(typed: Typed, standard?: number): number {
  const cores = availableParallelism();
  const text = typed.value("workers");
  const asked = text === undefined ? standard : wholeNumber("workers", text, { min: 1, max: MOST_WORKERS });
  if (asked !== undefined && asked > cores) {
    remark(`${asked} workers are asked for and ${cores} cores are available: ${cores} workers are used`);
  }
  return Math.min(asked ?? cores, cores);
}

function traceEncoding(text = "msgpack"): TraceEncoding {
  if (text !== "msgpack" && text !== "json") {
    throw new UsageError(`--trace-format: ${JSON.stringify(text)} is neither msgpack nor json`);
  }
  return text;
}

/** Some of {@link REDUCTIONS}, or `none`. */
function reductions(text = "none"): readonly Reduction[] {
  if (text === "none") return [];
  return [...new Set(text.split(","))].map((name) => {
    const known = REDUCTIONS.find((reduction) => reduction === name);
    if (known !== undefined) return known;
    const choices = `${REDUCTIONS.join(", ")}, ${REDUCTIONS.join()} or none`;
    throw new UsageError(`--reduce: ${JSON.stringify(name)} is no reduction; choose ${choices}`);
  });
}

function meaningOfInconclusive(text = "fail"): "fail" | "warn" {
  if (text !== "fail" && text !== "warn") {
    throw new UsageError(`--inconclusive: ${JSON.stringify(text)} is neither fail nor warn`);
  }
  return text;
}
