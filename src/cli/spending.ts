/** What is left of the budget of a whole pipeline, and so what the next run may take. */

import { totalmem } from "node:os";
import type { Budget } from "../gate/config.ts";
import type { Limit, Run } from "../verdict/run.ts";
import { type CheckLimits, defaultBytes, LEAST_BYTES } from "./check-options.ts";
import { byteCount } from "./option-values.ts";

export class Spending {
  readonly #whole: Budget;
  readonly #start = performance.now();
  #states = 0;

  constructor(whole: Budget) {
    this.#whole = whole;
  }

  add({ states }: Run): void {
    this.#states += states;
  }

  /** The limit that leaves nothing for another run. */
  get exhausted(): Limit | undefined {
    if (this.#secondsLeft <= 0) return "time";
    return this.#statesLeft <= 0 ? "states" : undefined;
  }

  /** The limits of the next run, whose own budget is `budget`. */
  limits({ seconds = Infinity, states = Infinity, memory }: Budget): CheckLimits {
    const maxSeconds = Math.min(seconds, this.#secondsLeft);
    const maxStates = Math.min(states, this.#statesLeft);
    const maxBytes = Math.min(bytesOf(memory), bytesOf(this.#whole.memory));
    return {
      maxSeconds: Number.isFinite(maxSeconds) ? Math.max(0.001, maxSeconds) : undefined,
      maxStates: Number.isFinite(maxStates) ? maxStates : undefined,
      maxDepth: undefined,
      maxBytes: Number.isFinite(maxBytes) ? maxBytes : defaultBytes(),
      typed: [],
    };
  }

  get #secondsLeft(): number {
    return (this.#whole.seconds ?? Infinity) - (performance.now() - this.#start) / 1000;
  }

  get #statesLeft(): number {
    return (this.#whole.states ?? Infinity) - this.#states;
  }
}

/** A budget may be larger than this machine: it is never exceeded then.  @throws UsageError */
export function bytesOf(memory: Budget["memory"]): number {
  if (memory === undefined) return Infinity;
  return Math.min(
    totalmem(),
    byteCount("memory", String(memory), { min: LEAST_BYTES, max: Number.MAX_SAFE_INTEGER }),
  );
}
