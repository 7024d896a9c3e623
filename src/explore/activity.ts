/**
 * What a worker is at, in memory that the main thread sees: a body or a property that never ends cannot tell by itself.
 * Written by one worker without synchronization; a reader may be late, and looks again.
 */

import { LINE } from "./words.ts";

/** Places in a worker's part: the state in hand, the property in question, how often one was asked, then two states. */
const STATE = 0;
const PROPERTY = 1;
const QUESTIONS = 2;
const HAS_AFTER = 3;
const WORDS = 4;

/** {@link STATE} where no model code runs, and where first states are made. */
const IDLE = 0;
const FIRST = -1;
/** A mask for what is counted in {@link STATE} where states have no index. */
const MOST_INDEX = 0x3fffffff;

/** What model code a worker runs. */
export type Occupation =
  | { readonly kind: "init" }
  /** Takes the steps of a state. */
  | { readonly kind: "steps"; readonly state: Int32Array }
  /** Asks a property, by its number in the instance, about a state or a step. */
  | {
      readonly kind: "question";
      readonly property: number;
      readonly before: Int32Array;
      readonly after: Int32Array | undefined;
    };

export class Activity {
  readonly #part: Int32Array;
  readonly #words: number;
  readonly #arena: Int32Array | undefined;
  /** What was in hand when the worker began to wait. */
  #held = IDLE;

  /**
   * @param words of a state
   * @param arena the states that {@link takeSteps} names, for who looks at a search from outside
   */
  constructor(shared: Int32Array, worker: number, words: number, arena?: Int32Array) {
    const length = activityWords(words);
    this.#part = shared.subarray(worker * length, (worker + 1) * length);
    this.#words = words;
    this.#arena = arena;
  }

  /** From here to {@link goOn}, the worker waits for others. */
  wait(): void {
    this.#held = this.#part[STATE]!;
    this.#part[STATE] = IDLE;
  }

  goOn(): void {
    this.#part[STATE] = this.#held;
  }

  rest(): void {
    this.#part[STATE] = IDLE;
  }

  makeFirstStates(): void {
    this.#part[STATE] = FIRST;
  }

  /** Of the state at `index` of the arena. */
  takeSteps(index: number): void {
    this.#part[STATE] = index + 1;
  }

  /** Of a state that is in no arena. */
  takeStepsOf(state: Int32Array): void {
    this.#part.set(state, WORDS);
    this.#part[STATE] = ((this.#part[STATE]! + 1) & MOST_INDEX) + 1;
  }

  ask(property: number, before: Int32Array, after?: Int32Array): void {
    this.#part.set(before, WORDS);
    if (after !== undefined) this.#part.set(after, WORDS + this.#words);
    this.#part[HAS_AFTER] = after === undefined ? 0 : 1;
    this.#part[QUESTIONS]!++;
    this.#part[PROPERTY] = property + 1;
  }

  answered(): void {
    this.#part[PROPERTY] = 0;
  }

  /** How many questions were asked. */
  get questions(): number {
    return this.#part[QUESTIONS]!;
  }

  /** What model code runs now; `undefined` if none does. */
  get occupation(): Occupation | undefined {
    const [state, property, , hasAfter] = this.#part;
    if (property !== 0) {
      const before = this.#part.slice(WORDS, WORDS + this.#words);
      const after = hasAfter === 1 ? this.#part.slice(WORDS + this.#words) : undefined;
      return { kind: "question", property: property! - 1, before, after };
    }
    if (state === IDLE) return undefined;
    if (state === FIRST) return { kind: "init" };
    const [states, from] = this.#arena ? [this.#arena, (state! - 1) * this.#words] : [this.#part, WORDS];
    return { kind: "steps", state: states.slice(from, from + this.#words) };
  }

  /** Changes whenever the worker gets on. */
  get mark(): string {
    return this.#part.subarray(0, HAS_AFTER).join();
  }
}

/** The length of a worker's part, in whole lines: it is written with every state. */
export function activityWords(words: number): number {
  return Math.ceil((WORDS + 2 * words) / LINE) * LINE;
}
