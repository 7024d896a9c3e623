/** Walks through a model: a state in hand, the steps on offer there, and what the properties say of each of them. */

import type { Activity } from "../explore/activity.ts";
import { EnabledSteps, type NamedStep } from "../explore/enabled-steps.ts";
import { type Instance, pack } from "../model/instance.ts";
import { initialStates } from "../model/plain.ts";
import { Agents } from "./agents.ts";
import type { Offer } from "./strategy.ts";
import { type Found, Watch } from "./watch.ts";

/** A way through the states, packed. */
export interface Way {
  /** Index of the first state. */
  readonly first: number;
  /** The state before each step, and the last one, `words` each. */
  readonly states: Int32Array;
  /** The action of each step. */
  readonly actions: Int32Array;
  /** How many of them it takes to come upon what was found, which may be one step beside the way. */
  readonly taken: number;
}

/** States whose steps are taken twice at first, to see whether bodies are functions of the state. */
const AUDITED_STATES = 1024;

/**
 * Every step that is enabled where the walk stands is asked about, not only the one it takes: they are known anyway, and
 * a violation one step beside the way is a violation.
 */
export class Walker implements Offer {
  readonly instance: Instance;
  readonly agents: Agents;
  readonly watch: Watch;
  /** Steps asked about, by transition. */
  readonly fired: Float64Array;
  /** Called where properties are violated or witnessed: `way` leads there. Returns whether the walk ends. */
  onFound: (found: Found, way: Way) => boolean = () => false;
  /** Whether `onFound` has ended the walk. */
  hasEnded = false;
  readonly #activity: Activity;
  readonly #steps: EnabledSteps;
  readonly #firstStates: readonly Int32Array[];
  readonly #after: Int32Array;
  /** The listed steps that change the state. */
  #moves = new Int32Array(64);
  #count = 0;
  #first = 0;
  #length = 0;
  #states: Int32Array;
  #actions = new Int32Array(64);
  #audited = 0;

  constructor(instance: Instance, properties: readonly string[], activity: Activity) {
    this.#activity = activity;
    this.instance = instance;
    this.agents = new Agents(instance);
    this.watch = new Watch(instance, properties, activity);
    this.fired = new Float64Array(instance.transitions.length);
    this.#steps = new EnabledSteps(instance);
    this.#after = new Int32Array(instance.words);
    this.#states = new Int32Array(65 * instance.words);
    activity.makeFirstStates();
    this.#firstStates = initialStates(instance).map((state) => pack(instance, state));
  }

  /** How many first states there are. */
  get firstStates(): number {
    return this.#firstStates.length;
  }

  /** Steps on offer. */
  get count(): number {
    return this.#count;
  }

  /** Steps taken. */
  get length(): number {
    return this.#length;
  }

  /** The state in hand. */
  get state(): Int32Array {
    return this.#steps.before;
  }

  action(i: number): number {
    return this.#steps.actions[this.#moves[i]!]!;
  }

  isFault(i: number): boolean {
    return this.instance.transitions[this.action(i)]!.budget !== undefined;
  }

  agent(i: number): number {
    const { before, after } = this.#steps;
    return this.agents.of(this.action(i), before, after, this.#moves[i]! * before.length);
  }

  /** Begins a walk. */
  begin(first: number): void {
    const { before } = this.#steps;
    this.#first = first;
    this.#length = 0;
    this.hasEnded = false;
    before.set(this.#firstStates[first]!);
    this.#states.set(before);
    const found = this.watch.first(before);
    if (found !== undefined) this.hasEnded = this.onFound(found, this.#way());
    if (!this.hasEnded) this.#look();
    this.#steps.audit();
  }

  /** Takes the i-th step on offer. */
  take(i: number): void {
    const words = this.instance.words;
    const step = this.#moves[i]!;
    const { actions, after, before } = this.#steps;
    this.#note(actions[step]!, after.subarray(step * words, (step + 1) * words));
    before.set(after.subarray(step * words, (step + 1) * words));
    this.#length++;
    this.#look();
  }

  /** The index of the step that is called so among those on offer; −1 where it is not. */
  find(name: NamedStep): number {
    return this.#offered(this.#steps.find(name));
  }

  /** Likewise, or else of the step on offer that is most like it, by the same action. */
  findLike(name: NamedStep): number {
    const exact = this.find(name);
    return exact >= 0 ? exact : this.#offered(this.#steps.findLike(name));
  }

  #offered(step: number): number {
    return step < 0 ? -1 : this.#moves.subarray(0, this.#count).indexOf(step);
  }

  /**
   * What the steps of a way are called that have to be taken; a last one may come to light where they lead. The walk in
   * hand is given up.
   */
  nameSteps({ actions, states, taken }: Way): NamedStep[] {
    const { words } = this.instance;
    return Array.from(actions.subarray(0, taken), (action, i) => {
      this.#steps.before.set(states.subarray(i * words, (i + 1) * words));
      return this.#steps.nameOf(action, states.subarray((i + 1) * words, (i + 2) * words));
    });
  }

  /** What else could have been done in a way instead of its i-th step. The walk in hand is given up. */
  stepsAt({ states }: Way, i: number): NamedStep[] {
    const { words } = this.instance;
    const steps = this.#steps;
    steps.before.set(states.subarray(i * words, (i + 1) * words));
    steps.list();
    return Array.from({ length: steps.count }, (_, step) =>
      steps.nameOf(steps.actions[step]!, steps.after.subarray(step * words, (step + 1) * words)),
    );
  }

  /** Lists the steps of the state in hand and asks about them. */
  #look(): void {
    const { words } = this.instance;
    const steps = this.#steps;
    const after = this.#after;
    this.watch.source(steps.before);
    this.#activity.takeStepsOf(steps.before);
    steps.list();
    if (this.#audited++ < AUDITED_STATES) steps.listAgain();
    if (this.#moves.length < steps.count) this.#moves = new Int32Array(steps.actions.length);
    this.#count = 0;
    for (let step = 0; step < steps.count; step++) {
      const action = steps.actions[step]!;
      this.fired[action]!++;
      for (let i = 0; i < words; i++) after[i] = steps.after[step * words + i]!;
      const found = this.watch.step(action, steps.before, after);
      if (found !== undefined) {
        this.#note(action, after);
        this.hasEnded ||= this.onFound(found, this.#way(1));
        if (this.hasEnded) return;
      }
      if (steps.changes(step)) this.#moves[this.#count++] = step;
    }
    const found = this.watch.left(steps.before);
    if (found !== undefined) this.hasEnded ||= this.onFound(found, this.#way());
  }

  /** Writes a step behind those taken. */
  #note(action: number, after: Int32Array): void {
    const { words } = this.instance;
    if (this.#length === this.#actions.length) {
      this.#actions = grown(this.#actions, 2 * this.#length);
      this.#states = grown(this.#states, (2 * this.#length + 1) * words);
    }
    this.#actions[this.#length] = action;
    this.#states.set(after, (this.#length + 1) * words);
  }

  /** The steps taken, and the last `more` that are noted. */
  #way(more = 0): Way {
    const length = this.#length + more;
    return {
      first: this.#first,
      states: this.#states.slice(0, (length + 1) * this.instance.words),
      actions: this.#actions.slice(0, length),
      taken: this.#length,
    };
  }
}

function grown(words: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(words);
  return larger;
}
