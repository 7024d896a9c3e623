/** Asks properties about the states and steps that walks come across, and tells at once what they found. */

import type { Activity } from "../explore/activity.ts";
import { Checks } from "../explore/checks.ts";
import type { Question } from "../explore/questions.ts";
import { type Instance, propertiesNamed } from "../model/instance.ts";

/** Answers about this many states and steps are kept; then they are forgotten, for a long run has no end of them. */
const KEPT_ANSWERS = 1 << 18;

/** What a single question brought to light. */
export interface Found {
  /** Names of the properties that are violated. */
  readonly violated: readonly string[];
  /** Names of `sometimes` properties, and of events as `property/event`, that are witnessed. */
  readonly witnessed: readonly string[];
}

export class Watch {
  readonly #checks: Checks;
  readonly #asksOfAllSteps: boolean;
  readonly #stateMask: Int32Array;
  readonly #edgeMask: Int32Array;
  #asked = 0;

  constructor(instance: Instance, properties: readonly string[], activity: Activity) {
    const { words } = instance;
    const masks = { stateMask: new Int32Array(words), edgeMask: new Int32Array(words) };
    this.#checks = new Checks(instance, properties, masks, activity);
    this.#stateMask = masks.stateMask;
    this.#edgeMask = masks.edgeMask;
    this.#asksOfAllSteps = propertiesNamed(instance, properties).some(([, { kind }]) => kind === "step");
  }

  /** What a property was asked when it threw: what is to blame for an error. */
  get openQuestion(): Question | undefined {
    return this.#checks.openQuestion;
  }

  /** How many steps showed each event. */
  get events(): { readonly [event: string]: number } {
    return this.#checks.events;
  }

  first(state: Int32Array): Found | undefined {
    this.#checks.state(state, 0);
    return this.#take();
  }

  /** Called before steps of a state are asked about. */
  source(state: Int32Array): void {
    if (this.#asked > KEPT_ANSWERS) {
      this.#checks.forget();
      this.#asked = 0;
    }
    if (this.#checks.asksAboutSteps) this.#checks.source(state);
  }

  /** Asks about a step. What no property reads need not be asked again: the state before was asked about. */
  step(action: number, before: Int32Array, after: Int32Array): Found | undefined {
    if (this.#asksOfAllSteps || differ(before, after, this.#edgeMask)) {
      this.#checks.edge(action, before, after, 1);
      this.#asked++;
    }
    if (differ(before, after, this.#stateMask)) {
      this.#checks.state(after, 1);
      this.#asked++;
    }
    return this.#take();
  }

  /** Called after the steps of a state were asked about. */
  left(state: Int32Array): Found | undefined {
    this.#checks.left(state, 0);
    return this.#take();
  }

  #take(): Found | undefined {
    if (!this.#checks.hasViolation && !this.#checks.hasWitness) return undefined;
    const { violations, witnesses } = this.#checks.findings;
    this.#checks.clear();
    return {
      violated: violations.map(({ property }) => property),
      witnessed: witnesses.map(({ property }) => property),
    };
  }
}

function differ(a: Int32Array, b: Int32Array, mask: Int32Array): boolean {
  for (let i = 0; i < mask.length; i++) if (((a[i]! ^ b[i]!) & mask[i]!) !== 0) return true;
  return false;
}
