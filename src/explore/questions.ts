/** Runs what a model says of its states, and knows what was being asked when that threw or does not end. */

import type { Activity } from "./activity.ts";

/** What a property is asked about: a state, or a step. */
export interface Question {
  readonly property: string;
  readonly before: Int32Array;
  readonly after: Int32Array | undefined;
}

/** Asks one property a question: runs `answer`, the model's own code, about a state or a step. */
export type Ask = <R>(answer: () => R, before: Int32Array, after?: Int32Array) => R;

export class Questions {
  readonly #activity: Activity;
  #open: Question | undefined;

  constructor(activity: Activity) {
    this.#activity = activity;
  }

  /** The question that was not answered: its property threw. */
  get open(): Question | undefined {
    return this.#open;
  }

  /** @param index the property's number in the instance. */
  to(property: string, index: number): Ask {
    return (answer, before, after) => {
      this.#open = { property, before, after };
      this.#activity.ask(index, before, after);
      const given = answer();
      this.#activity.answered();
      this.#open = undefined;
      return given;
    };
  }
}
