/** Notices a worker that does not get on: the model's code does not end, so nobody else will tell. */

import { Activity, type Occupation } from "./activity.ts";
import { countOf, type Memory } from "./memory.ts";

export class Watchdog {
  readonly #memory: Memory;
  readonly #patience: number;
  readonly #activities: readonly Activity[];
  readonly #marks: string[] = [];
  /** For how many looks each worker has been at the same thing. */
  readonly #looks: number[] = [];

  /** @param patience for how many looks a worker may be at the same thing. */
  constructor(memory: Memory, patience: number) {
    this.#memory = memory;
    this.#patience = patience;
    const { workers, activity, words } = memory;
    this.#activities = Array.from({ length: workers }, (_, worker) => new Activity(activity, worker, words));
  }

  /** Looks at all workers.  @returns what one of them has been at for too long, if one has. */
  look(): Occupation | undefined {
    for (const [worker, activity] of this.#activities.entries()) {
      const { occupation, mark } = activity;
      const now = `${mark},${this.#memory.transitions[countOf(worker)]}`;
      const isSame = occupation !== undefined && this.#marks[worker] === now;
      this.#looks[worker] = isSame ? this.#looks[worker]! + 1 : 0;
      this.#marks[worker] = now;
      if (this.#looks[worker]! >= this.#patience) return occupation;
    }
    return undefined;
  }
}
