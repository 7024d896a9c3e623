/** Random walks, run after run, until a property is violated or the budget is spent: the work of one thread. */

import fc from "fast-check";
import { Activity } from "../explore/activity.ts";
import { faultOf } from "../explore/fault.ts";
import { withOutcomes } from "../explore/report.ts";
import type { Instance } from "../model/instance.ts";
import { steps } from "../model/plain.ts";
import { witnessesOf } from "../model/property.ts";
import { type MinimizeOptions, minimize } from "./minimize.ts";
import { BATCH_RUNS, CountAt, type Shared, SharedAt } from "./shared.ts";
import type { StrategyName } from "./strategy.ts";
import { carryOut, type Finding, type Walk, Walks } from "./walk.ts";
import { Walker } from "./walker.ts";

/** Which random runs to do. */
export interface SimulationOptions {
  /** Names of the properties to check. */
  readonly properties: readonly string[];
  readonly strategy: StrategyName;
  /** The most steps of a run. */
  readonly steps: number;
  readonly seed: number;
  /** The runs to do, by number; the end may be Infinity. */
  readonly from: number;
  readonly to: number;
}

/** What one thread found. Everything in it can be sent between threads. */
export interface SimulationReport {
  readonly fired: readonly number[];
  readonly events: { readonly [event: string]: number };
  readonly violation: FoundPath | undefined;
  /** The first witness of each `sometimes` property, and of each event as `property/event`. */
  readonly witnesses: readonly FoundPath[];
  readonly fault: SimulationFault | undefined;
}

/** A way to a finding, as plain data. */
export interface FoundPath {
  readonly property: string;
  /** The run that came upon it. */
  readonly run: number;
  readonly states: readonly object[];
  /** The names of the actions between the states. */
  readonly actions: readonly string[];
  /** How long it was before it was shrunk. */
  readonly stepsBefore: number;
}

/** A broken model: a body or property that threw, or a body that broke its contract. */
export interface SimulationFault {
  readonly message: string;
  /** The step as a person names it, where it is known. */
  readonly step: string | null;
  readonly state: object;
  readonly run: number;
}

/** Walks that are tried to make a violation, or a witness, shorter and plainer. */
const VIOLATION_ATTEMPTS = 20_000;
const WITNESS_ATTEMPTS = 2_000;

export class Simulation {
  readonly #instance: Instance;
  readonly #options: SimulationOptions;
  readonly #shared: Shared;
  readonly #activity: Activity;
  readonly #walker: Walker;
  /** Another one, so that the steps of shrinking are not counted. */
  readonly #shrinker: Walker;
  /** What is to be witnessed. */
  readonly #wanted: ReadonlySet<string>;
  readonly #witnesses = new Map<string, FoundPath>();
  #violation: FoundPath | undefined;
  #fault: SimulationFault | undefined;
  #isBroken = false;

  constructor(instance: Instance, options: SimulationOptions, shared: Shared) {
    this.#instance = instance;
    this.#options = options;
    this.#shared = shared;
    this.#activity = new Activity(shared.activity, 0, instance.words);
    this.#walker = new Walker(instance, options.properties, this.#activity);
    this.#shrinker = new Walker(instance, options.properties, this.#activity);
    this.#wanted = new Set(instance.properties.flatMap(([name, property]) => witnessesOf(name, property)));
  }

  /** Takes batches of runs until there are none left, or someone has found something in an earlier one. */
  work(): SimulationReport {
    const { control } = this.#shared;
    while (!this.#isStopped()) {
      const batch = Atomics.add(control, SharedAt.nextBatch, 1);
      const first = batch * BATCH_RUNS;
      if (first >= Math.min(this.#options.to, this.#leastRun)) break;
      if (first + BATCH_RUNS > this.#options.from) this.#batch(batch);
    }
    this.#activity.rest();
    const fired = [...this.#walker.fired];
    const { events } = this.#walker.watch;
    return {
      fired,
      events: withOutcomes(this.#instance, this.#options.properties, { fired, events }),
      violation: this.#violation,
      witnesses: [...this.#witnesses.values()],
      fault: this.#fault,
    };
  }

  #batch(batch: number): void {
    const { from, to, seed, steps: longest, strategy } = this.#options;
    const start = batch * BATCH_RUNS;
    const skipped = Math.max(0, from - start);
    const isStopped = (): boolean => this.#isStopped();
    const fresh = new Map<string, Finding & { readonly run: number }>();
    let run = start + skipped;
    const walks = new Walks({ strategy, steps: longest, isStopped });
    const property = fc.property(walks, (walk) => {
      if (isStopped() || run > this.#leastRun) return true;
      this.#shared.counts[CountAt.run] = run;
      const isFine = this.#guard(run, () =>
        carryOut(this.#walker, walk, (witness) => {
          const { property: name } = witness;
          const isKnown = this.#witnesses.has(name) || fresh.has(name);
          if (!isKnown && this.#wanted.has(name)) fresh.set(name, { ...witness, run });
        }),
      );
      if (isFine) {
        this.#count(this.#walker.length);
        run++;
      } else {
        // The step that is found at fault is the last one of its run, though it need not be the one that was chosen.
        this.#count(walk.finding!.way.actions.length);
        this.#tell(run);
      }
      return isFine;
    });
    const details = fc.check<[Walk]>(property, {
      seed: seedOf(seed, batch),
      numRuns: Math.min(BATCH_RUNS, to - start) - skipped,
      ...(skipped > 0 && { path: String(skipped) }),
      verbose: fc.VerbosityLevel.None,
    });
    const finding = details.counterexample?.[0].finding;
    if (finding !== undefined) {
      this.#violation = this.#shrunk(finding, run, { goal: "violation", attempts: VIOLATION_ATTEMPTS });
    }
    for (const witness of fresh.values()) {
      const goal = { witness: witness.property };
      this.#witnesses.set(
        witness.property,
        this.#shrunk(witness, witness.run, { goal, attempts: WITNESS_ATTEMPTS }),
      );
    }
  }

  get #leastRun(): number {
    return Atomics.load(this.#shared.control, SharedAt.leastRun);
  }

  #isStopped(): boolean {
    return this.#isBroken || Atomics.load(this.#shared.control, SharedAt.stop) !== 0;
  }

  #count(taken: number): void {
    const { counts } = this.#shared;
    counts[CountAt.runs]!++;
    counts[CountAt.taken]! += taken;
    counts[CountAt.longest] = Math.max(counts[CountAt.longest]!, taken);
  }

  /** Tells all threads that later runs need not be done. */
  #tell(run: number): void {
    const { control } = this.#shared;
    for (let least = this.#leastRun; run < least; least = this.#leastRun) {
      Atomics.compareExchange(control, SharedAt.leastRun, least, run);
    }
  }

  #shrunk(found: Finding, run: number, options: Pick<MinimizeOptions, "goal" | "attempts">): FoundPath {
    const { root, address, words, transitions } = this.#instance;
    const isStopped = (): boolean => this.#isStopped();
    const { property, way } = minimize(this.#shrinker, found, {
      ...options,
      seed: run,
      isStopped,
    });
    return {
      property,
      run,
      states: Array.from({ length: way.actions.length + 1 }, (_, i) =>
        root.load(way.states.subarray(i * words, (i + 1) * words), address),
      ),
      actions: Array.from(way.actions, (action) => transitions[action]!.name),
      stepsBefore: found.way.actions.length,
    };
  }

  /** Runs model code; what it throws ends the simulation, as the model's fault. */
  #guard(run: number, code: () => boolean): boolean {
    try {
      return code();
    } catch (error) {
      const { root, address } = this.#instance;
      const { message, step, state } = faultOf(error, this.#instance, {
        question: this.#walker.watch.openQuestion,
        state: this.#walker.state,
        depth: this.#walker.length,
        onPlain: () => [...steps(this.#instance, root.load(this.#walker.state, address))],
      });
      this.#fault ??= { message, step, state: root.load(state, address), run };
      this.#tell(run);
      this.#isBroken = true;
      return true;
    }
  }
}

/** A seed for each batch, so that runs of neighbouring seeds have nothing to do with each other (after SplitMix32). */
function seedOf(seed: number, batch: number): number {
  let mixed = Math.imul(seed ^ 0x5bf03635, 0x9e3779b1) + Math.imul(batch + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return mixed ^ (mixed >>> 15);
}
