/** How fast a search goes and whether its end is in sight, from its progress reports. */

import type { Progress } from "../explore/explore.ts";

/** Rates are those of the last few seconds. */
const WINDOW_SECONDS = 3;
/** The part of a level to be done before its successors are taken for typical. */
const TELLING_PART = 0.1;

interface Sample {
  readonly seconds: number;
  readonly states: number;
  /** States whose steps were taken. */
  readonly expanded: number;
}

export class Pace {
  #samples: Sample[] = [];
  #depth = 0;
  /** States known when each of the last levels began: all of its own are among them. */
  #known: number[] = [];
  #latest: Progress | undefined;

  add(progress: Progress, seconds: number): void {
    if (this.#latest === undefined || progress.depth !== this.#depth) {
      // Levels that pass between two reports leave no widths to compare.
      this.#known = progress.depth === this.#depth + 1 ? [...this.#known.slice(-2), progress.states] : [];
      this.#depth = progress.depth;
    }
    this.#latest = progress;
    const expanded = (this.#known.at(-1) ?? progress.states) - progress.frontier;
    this.#samples.push({ seconds, states: progress.states, expanded });
    while (this.#samples[1] !== undefined && this.#samples[1].seconds <= seconds - WINDOW_SECONDS) {
      this.#samples.shift();
    }
  }

  /** New states a second. */
  get rate(): number {
    return this.#perSecond("states");
  }

  /**
   * Seconds left, once levels get smaller and if they go on to: each as much smaller than the last as this one is.
   * `undefined` while they grow, or where that cannot be told.
   */
  get secondsLeft(): number | undefined {
    const [first, second, third] = this.#known;
    if (first === undefined || second === undefined || third === undefined || !this.#latest) return undefined;
    const [previous, current] = [second - first, third - second];
    const { states, frontier } = this.#latest;
    const done = 1 - Math.min(frontier, current) / current;
    if (done < TELLING_PART) return undefined;
    const next = (states - third) / done;
    const ratio = next / current;
    if (current >= previous || ratio >= 1) return undefined;
    const rate = this.#perSecond("expanded");
    return rate > 0 ? (frontier + next / (1 - ratio)) / rate : undefined;
  }

  #perSecond(what: "states" | "expanded"): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (first === undefined || last === undefined) return 0;
    if (first === last) return last.seconds > 0 ? last[what] / last.seconds : 0;
    return Math.max(0, (last[what] - first[what]) / (last.seconds - first.seconds));
  }
}
