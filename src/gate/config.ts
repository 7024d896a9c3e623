/** What `muchado ci` is told: the runs, what is expected of them, and how their answers are reported. */

import type { Reduction } from "../verdict/run.ts";

/** The content of `muchado.config.ts`, `.js` or `.json`; `config.schema.json` describes it too, and is what is enforced. */
export interface Config {
  /** For editors; nothing here reads it. */
  readonly $schema?: string;
  /** What is checked, in this order; without it, the pinned suite. */
  readonly runs?: readonly ConfiguredRun[];
  /** Models with a known defect that has to be found: by name, by the name of their parent, by file, or all that come along. */
  readonly mutants?: true | readonly (string | ConfiguredMutant)[];
  /** For everything together. */
  readonly budget?: Budget;
  /** For each run that says nothing else. */
  readonly runBudget?: Budget;
  /** How often each action, fault and event has to happen in each complete run. */
  readonly coverage?: number;
  /** The folder of the certificates, from the folder of the configuration; `false` where none are kept. */
  readonly certificates?: string | false;
  /** As with `--reporter`: `junit=report.xml`. A file is found from the folder of the configuration. */
  readonly reporters?: readonly string[];
  /** Worker threads; one for each core without it. */
  readonly workers?: number;
}

/** One model at given bounds, and what its run has to come to. */
export interface ConfiguredRun {
  /** A name from `muchado list`, or a model file, from the folder of the configuration. */
  readonly target: string;
  readonly bounds?: { readonly [name: string]: number };
  readonly faults?: { readonly [name: string]: number };
  /** Names of the properties to check; those that the model has by default without it. */
  readonly properties?: readonly string[];
  /** As with `--reduce`; `"none"` without it. */
  readonly reduce?: "none" | Reduction | "symmetry,order";
  /** Without it, what the model says of itself. */
  readonly expected?: "holds" | "violated";
  /** Figures that a complete run has to have. */
  readonly counts?: Counts;
  /** How often these actions, faults and events have to happen, instead of the floor for all. */
  readonly coverage?: { readonly [name: string]: number };
  /** Actions, faults, events and witnesses that cannot occur at these bounds, so that the run is not vacuous without them. */
  readonly absent?: readonly string[];
  readonly budget?: Budget;
}

/** A mutant, or a model of one's own, that a gate wants to see caught. */
export interface ConfiguredMutant {
  readonly target: string;
  /** Bounds at which it has to be caught. */
  readonly bounds?: { readonly [name: string]: number };
  readonly faults?: { readonly [name: string]: number };
}

export interface Counts {
  readonly states?: number;
  readonly transitions?: number;
  readonly depth?: number;
}

/** Where to stop; a run that was stopped is inconclusive. */
export interface Budget {
  readonly seconds?: number;
  readonly states?: number;
  /** Bytes, or an amount such as `500M`. */
  readonly memory?: number | string;
}

/** Gives a configuration its type. */
export const defineConfig = (config: Config): Config => config;
