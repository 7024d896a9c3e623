/** Notices a worker that does not get on: the model's code does not end, so nobody else will tell. */

import type { Activity, Occupation } from "./activity.ts";

/** A worker that does not get on. */
export interface Stuck {
  readonly worker: number;
  readonly occupation: Occupation;
  /** Changes as soon as it does. */
  readonly mark: string;
}

export class Watchdog {
  readonly #activities: readonly Activity[];
  readonly #patience: number;
  readonly #countOf: (worker: number) => number;
  readonly #marks: string[] = [];
  /** What each worker may be at for as long as it likes. */
  readonly #acquitted: string[] = [];
  /** For how many looks each worker has been at the same thing. */
  readonly #looks: number[] = [];

  /**
   * @param patience for how many looks a worker may be at the same thing
   * @param countOf what else changes as a worker gets on
   */
  constructor(
    activities: readonly Activity[],
    patience: number,
    countOf: (worker: number) => number = () => 0,
  ) {
    this.#activities = activities;
    this.#patience = patience;
    this.#countOf = countOf;
  }

  /** Looks at all workers.  @returns one that has been at the same thing for too long, if there is one. */
  look(): Stuck | undefined {
    for (const [worker, activity] of this.#activities.entries()) {
      const { occupation, mark } = activity;
      const now = `${mark},${this.#countOf(worker)}`;
      const isSame =
        occupation !== undefined && this.#marks[worker] === now && this.#acquitted[worker] !== now;
      this.#looks[worker] = isSame ? this.#looks[worker]! + 1 : 0;
      this.#marks[worker] = now;
      if (isSame && this.#looks[worker]! >= this.#patience) return { worker, occupation, mark: now };
    }
    return undefined;
  }

  /** What a worker was found at is not looked at again. */
  acquit({ worker, mark }: Stuck): void {
    this.#acquitted[worker] = mark;
  }
}
