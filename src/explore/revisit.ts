/**
 * Looks whether bodies are functions of the state still, when a search is over. Some do something else only after many runs,
 * such as one that counts outside of the state how often it may happen: nothing that is looked at at once shows that.
 */

import type { Instance } from "../model/instance.ts";
import { steps } from "../model/plain.ts";

/** States whose steps are taken again, each at least once. */
const STATES_REVISITED = 8;
/** How often a state is visited again, all together, and when that is given up: in a small run chance has few chances to show. */
const VISITS = 64;
const MILLISECONDS = 20;

/** A state, and how many steps by each transition it had. */
interface Visit {
  readonly words: Int32Array;
  readonly depth: number;
  readonly counts: readonly number[];
}

/** A state that has other steps than it had, by some transition. */
export interface Change {
  readonly transition: number;
  readonly words: Int32Array;
  readonly depth: number;
}

export class Revisit {
  readonly #visits: Visit[] = [];

  /** Whether enough states are known. */
  get isFull(): boolean {
    return this.#visits.length === STATES_REVISITED;
  }

  /** Notes a state whose steps brought the counts of steps, by transition, from `before` to `after`. */
  note(words: Int32Array, depth: number, before: Float64Array, after: Float64Array): void {
    const counts = [...after].map((count, i) => count - before[i]!);
    this.#visits.push({ words: words.slice(), depth, counts });
  }

  /** Takes the steps of all states noted, on plain data. */
  findChange(instance: Instance): Change | undefined {
    const deadline = performance.now() + MILLISECONDS;
    for (let i = 0; i < (this.#visits.length === 0 ? 0 : VISITS); i++) {
      if (i >= this.#visits.length && performance.now() > deadline) break;
      const change = changeAt(instance, this.#visits[i % this.#visits.length]!);
      if (change !== undefined) return change;
    }
    return undefined;
  }
}

function changeAt(instance: Instance, { words, depth, counts }: Visit): Change | undefined {
  const { root, address, transitions } = instance;
  const now = [...steps(instance, root.load(words, address))].map(({ label }) => label.action);
  const transition = transitions.findIndex(
    ({ name }, i) => now.filter((action) => action === name).length !== counts[i],
  );
  return transition < 0 ? undefined : { transition, words, depth };
}
