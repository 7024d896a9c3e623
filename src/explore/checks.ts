/** Asks the properties of a run about the states and steps that the search comes across, and keeps what it finds. */

import type { Instance } from "../model/instance.ts";
import {
  type Always,
  type AtEnd,
  eventName,
  isFine,
  isWitness,
  type Property,
  type Sometimes,
  type Step,
} from "../model/property.ts";
import type { Activity } from "./activity.ts";
import { type Finding, type Findings, type Found, keep, type Seen } from "./finding.ts";
import { PairMemo, StateMemo } from "./memo.ts";
import { type Ask, type Question, Questions } from "./questions.ts";
import { Refinement } from "./refinement.ts";

/** Bits that properties have read. */
interface Masks {
  /** What those of states read, and what those of steps do; the kernel's. */
  readonly stateMask: Int32Array;
  readonly edgeMask: Int32Array;
  /** What all read whose answer at one state says nothing about later ones, where that is asked for. */
  readonly passing?: Int32Array;
}

/** Keeps answers. */
interface Keeping {
  /** Gives up what was kept only so as not to ask again. */
  forget(): void;
}

/** Asks about single states. */
interface StateCheck extends Keeping {
  state(state: Int32Array, depth: number): void;
}

/** Asks about steps. */
export interface EdgeCheck extends Keeping {
  /** Called before the steps of a state are reported. */
  source(state: Int32Array): void;
  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void;
  /** Called after the steps of a state that change what `edgeMask` has were reported. */
  left?(state: Int32Array, depth: number): void;
}

export class Checks {
  readonly #states: StateCheck[] = [];
  readonly #edges: EdgeCheck[] = [];
  readonly #violations = new Map<string, Finding>();
  readonly #witnesses = new Map<string, Finding>();
  readonly #events = new Map<string, number>();
  readonly #masks: Masks;
  readonly #questions: Questions;

  /** What the properties read is added to the masks as soon as they read it. */
  constructor(instance: Instance, names: readonly string[], masks: Masks, activity: Activity) {
    this.#masks = masks;
    this.#questions = new Questions(activity);
    for (const [index, [name, property]] of instance.properties.entries()) {
      if (names.includes(name)) this.#add(instance, name, property, this.#questions.to(name, index));
    }
  }

  /** What a property was asked when it threw: what is to blame for an error. */
  get openQuestion(): Question | undefined {
    return this.#questions.open;
  }

  /** How many steps showed each event. */
  get events(): Findings["events"] {
    return Object.fromEntries(this.#events);
  }

  get findings(): Findings {
    return {
      violations: [...this.#violations.values()],
      witnesses: [...this.#witnesses.values()],
      events: this.events,
    };
  }

  get hasViolation(): boolean {
    return this.#violations.size > 0;
  }

  get hasWitness(): boolean {
    return this.#witnesses.size > 0;
  }

  /** Forgets violations and witnesses, but not how often events were seen. */
  clear(): void {
    this.#violations.clear();
    this.#witnesses.clear();
  }

  get asksAboutSteps(): boolean {
    return this.#edges.length > 0;
  }

  state(state: Int32Array, depth: number): void {
    for (const check of this.#states) check.state(state, depth);
  }

  source(state: Int32Array): void {
    for (const check of this.#edges) check.source(state);
  }

  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void {
    for (const check of this.#edges) check.edge(action, before, after, depth);
  }

  left(state: Int32Array, depth: number): void {
    for (const check of this.#edges) check.left?.(state, depth);
  }

  /** Gives up all answers that were kept only so as not to ask again. Not in the middle of the steps of a state. */
  forget(): void {
    for (const check of [...this.#states, ...this.#edges]) check.forget();
  }

  #add(instance: Instance, name: string, property: Property<unknown>, ask: Ask): void {
    const violated = (finding: Omit<Finding, "property">): void =>
      keep(instance, this.#violations, { property: name, ...finding });
    const witnessed = (key: string, finding: Omit<Finding, "property">): void =>
      keep(instance, this.#witnesses, { property: key, ...finding });
    const { stateMask, edgeMask } = this.#masks;
    const passing = this.#masks.passing ? [this.#masks.passing] : [];
    switch (property.kind) {
      case "always": {
        const masks = property.isStable ? [stateMask] : [stateMask, ...passing];
        for (let part = 0; part < property.parts; part++) {
          this.#states.push(always(instance, property, part, masks, ask, violated));
        }
        break;
      }
      case "atEnd":
        // Every step that changes anything is to be reported.
        edgeMask.fill(-1);
        this.#edges.push(atEnd(instance, property, ask, violated));
        break;
      case "sometimes":
        this.#states.push(
          sometimes(instance, property, [stateMask, ...passing], ask, (finding) => witnessed(name, finding)),
        );
        break;
      case "step":
        this.#edges.push(step(instance, property, ask, violated));
        break;
      case "refines": {
        const seen: Seen = (event, times, finding) => {
          const key = eventName(name, event);
          this.#events.set(key, (this.#events.get(key) ?? 0) + times);
          if (finding !== undefined) witnessed(key, finding);
        };
        const refinement = new Refinement(instance, property, [edgeMask, ...passing], {
          ask,
          violated,
          seen,
        });
        this.#edges.push(refinement);
        this.#states.push({ state: (state, depth) => refinement.initial(state, depth), forget() {} });
        break;
      }
      default:
        property satisfies never;
    }
  }
}

function always(
  instance: Instance,
  property: Always<unknown>,
  part: number,
  masks: readonly Int32Array[],
  ask: Ask,
  violated: Found,
): StateCheck {
  const test = (draft: unknown, words: Int32Array): boolean =>
    ask(() => isFine(property.test(draft, part)), words);
  const memo = new StateMemo(instance, test, masks);
  return {
    state(state, depth) {
      if (!memo.answer(state)) violated({ depth, state: state.slice(), step: undefined });
    },
    forget: () => memo.forget(),
  };
}

function atEnd(instance: Instance, property: AtEnd<unknown>, ask: Ask, violated: Found): EdgeCheck {
  const memo = new StateMemo(instance, (draft, words) => ask(() => isFine(property.test(draft)), words));
  let isEnd = true;
  return {
    source() {
      isEnd = true;
    },
    edge(action, before, after) {
      const isFault = instance.transitions[action]!.budget !== undefined;
      if (!isFault && before.some((word, i) => word !== after[i])) isEnd = false;
    },
    left(state, depth) {
      if (isEnd && !memo.answer(state)) violated({ depth, state: state.slice(), step: undefined });
    },
    forget: () => memo.forget(),
  };
}

function sometimes(
  instance: Instance,
  property: Sometimes<unknown>,
  masks: readonly Int32Array[],
  ask: Ask,
  witnessed: Found,
): StateCheck {
  const test = (draft: unknown, words: Int32Array): boolean => ask(() => isWitness(property, draft), words);
  const memo = new StateMemo(instance, test, masks);
  let firstDepth = Infinity;
  return {
    state(state, depth) {
      if (depth > firstDepth || !memo.answer(state)) return;
      firstDepth = depth;
      witnessed({ depth, state: state.slice(), step: undefined });
    },
    forget: () => memo.forget(),
  };
}

function step(instance: Instance, property: Step<unknown>, ask: Ask, violated: Found): EdgeCheck {
  const memo = new PairMemo(instance, (before, after, beforeWords, afterWords) =>
    ask(() => isFine(property.test(before, after)), beforeWords, afterWords),
  );
  return {
    source() {},
    edge(action, before, after, depth) {
      if (memo.answer(before, after)) return;
      violated({ depth, state: before.slice(), step: { action, after: after.slice() } });
    },
    forget: () => memo.forget(),
  };
}
