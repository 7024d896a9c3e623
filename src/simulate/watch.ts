/** Asks properties about the states and steps that walks come across, and tells at once what they found. */

import { Activity, activityWords } from "../explore/activity.ts";
import { Checks } from "../explore/checks.ts";
import type { Question } from "../explore/questions.ts";
import type { Instance } from "../model/instance.ts";

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
  readonly #instance: Instance;
  readonly #properties: readonly string[];
  readonly #asksOfAllSteps: boolean;
  readonly #stateMask: Int32Array;
  readonly #edgeMask: Int32Array;
  /** Those of answers that are forgotten. */
  #pastEvents: ReadonlyMap<string, number> = new Map();
  #checks: Checks;
  /** Nobody looks at it. */
  readonly #activity: Activity;
  #asked = 0;

  constructor(instance: Instance, properties: readonly string[]) {
    this.#instance = instance;
    this.#properties = properties;
    this.#asksOfAllSteps = instance.properties.some(
      ([name, { kind }]) => kind === "step" && properties.includes(name),
    );
    this.#stateMask = new Int32Array(instance.words);
    this.#edgeMask = new Int32Array(instance.words);
    const { words } = instance;
    this.#activity = new Activity(new Int32Array(activityWords(words)), 0, words);
    this.#checks = this.#freshChecks();
  }

  /** What a property was asked when it threw: what is to blame for an error. */
  get openQuestion(): Question | undefined {
    return this.#checks.openQuestion;
  }

  /** How many steps showed each event. */
  get events(): { readonly [event: string]: number } {
    const all = new Map(this.#pastEvents);
    for (const [event, count] of Object.entries(this.#checks.events))
      all.set(event, (all.get(event) ?? 0) + count);
    return Object.fromEntries(all);
  }

  first(state: Int32Array): Found | undefined {
    this.#checks.state(state, 0);
    return this.#take();
  }

  /** Called before steps of a state are asked about. */
  source(state: Int32Array): void {
    if (this.#asked > KEPT_ANSWERS) {
      this.#pastEvents = new Map(Object.entries(this.events));
      this.#checks = this.#freshChecks();
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

  #freshChecks(): Checks {
    const masks = { stateMask: this.#stateMask, edgeMask: this.#edgeMask };
    return new Checks(this.#instance, this.#properties, masks, this.#activity);
  }
}

function differ(a: Int32Array, b: Int32Array, mask: Int32Array): boolean {
  for (let i = 0; i < mask.length; i++) if (((a[i]! ^ b[i]!) & mask[i]!) !== 0) return true;
  return false;
}
