/** For tests: runs that are cut and gone on with. */

import { type Instance, instantiate } from "../model/instance.ts";
import { loadModel, type ModelReference } from "../model/load.ts";
import { type Exploration, exploreParallel, type ParallelOptions } from "./explore.ts";
import { partsToFill, restore, type Snapshot } from "./snapshot.ts";
import { statesIn } from "./test-search.ts";

const maxBytes = 2 ** 26;
export const moduleOf = (path: string): string => new URL(path, import.meta.url).href;
export const crowd: ModelReference = { module: moduleOf("./test-crowd.js"), export: "default" };
export const fan: ModelReference = { module: moduleOf("./test-crowd.js"), export: "fan" };
export const words: ModelReference = { module: moduleOf("./test-crowd.js"), export: "words" };

/** As it would come back from a file. */
export function copyOf({ header, parts }: Snapshot): Snapshot {
  return { header: JSON.parse(JSON.stringify(header)), parts: parts.map((part) => part.slice()) };
}

export function resumeFrom({ header, parts }: Snapshot): NonNullable<ParallelOptions["resume"]> {
  return (instance, memory, limit) => {
    for (const [i, part] of partsToFill(header, instance, memory, limit).entries()) part.set(parts[i]!);
    return restore(header, instance, memory, limit);
  };
}

/** A model at some bounds, run again and again. */
export class Subject {
  readonly reference: ModelReference;
  readonly #bounds: { readonly [bound: string]: number };

  constructor(reference: ModelReference, bounds: { readonly [bound: string]: number } = {}) {
    this.reference = reference;
    this.#bounds = bounds;
  }

  /** A fresh instance, as in another process: its dictionaries are empty. */
  async instance(): Promise<Instance> {
    return instantiate(await loadModel(this.reference), this.#bounds);
  }

  async run(options: Partial<ParallelOptions> = {}): Promise<[Instance, Exploration]> {
    const instance = await this.instance();
    const keepsNone = { everySeconds: Infinity, keep: async () => {} };
    const { reference } = this;
    const found = await exploreParallel(instance, {
      workers: 2,
      reference,
      maxBytes,
      snapshots: keepsNone,
      ...options,
    });
    return [instance, found];
  }

  /** What must not depend on how often a run was cut. */
  async answer(options: Partial<ParallelOptions> = {}): Promise<object> {
    const [instance, { memory, bytes, workers, snapshot, violations, witnesses, ...rest }] =
      await this.run(options);
    const plain = (findings: Exploration["violations"]) =>
      findings
        .map(({ state, step, ...others }) => ({
          ...others,
          states: [state, ...(step ? [step.after] : [])].map((each) =>
            instance.root.load(each, instance.address),
          ),
          action: step?.action,
        }))
        .sort((a, b) => (a.property < b.property ? -1 : 1));
    return {
      ...rest,
      states: statesIn(instance, memory).sort(),
      violations: plain(violations),
      witnesses: plain(witnesses),
    };
  }

  /** Cuts a run at each of some numbers of states, with other numbers of workers, some of whom come later, and goes on to the end. */
  async answerWithCuts(cuts: readonly number[]): Promise<object> {
    let from: Partial<ParallelOptions> = {};
    for (const [i, maxStates] of cuts.entries()) {
      const others = i % 2 === 0 ? undefined : Promise.resolve();
      const [, { snapshot }] = await this.run({ ...from, maxStates, workers: 1 + (i % 3), others });
      if (snapshot !== undefined) from = { resume: resumeFrom(copyOf(snapshot)) };
    }
    return this.answer({ ...from, workers: 1 + (cuts.length % 3) });
  }
}
