/**
 * Answers about states, kept by the bits the answer depends on.
 *
 * A deterministic question reads some bits of a state, and its answer can depend on nothing else. The mask is the union
 * of all bits read so far; each kept answer was computed by reading only bits within it. So a state that agrees with an
 * earlier one under the mask has the same answer. When a question reads a bit outside the mask, the mask grows and the
 * answers are forgotten: seldom, and never wrong.
 */

import type { Instance } from "../model/instance.ts";
import { Interner } from "./interner.ts";
import { View } from "./view.ts";

/** What a memo may take for telling states apart. */
export const MOST_BYTES = 2 ** 26;

/** Answers about single states. */
export class StateMemo<R> {
  readonly #view: View;
  readonly #ask: (draft: unknown, words: Int32Array) => R;
  readonly #mask: Int32Array;
  /** Words that the mask has bits of: the others need not be compared. */
  #places: readonly number[] = [];
  #classes = new Interner(0);
  readonly #key: Int32Array;
  readonly #allRead: readonly Int32Array[];
  readonly #mostBytes: number;
  #answers: R[] = [];
  #growths = 0;

  /**
   * @param ask also gets the state's words, to tell which one it is about.
   * @param allRead get the bits that answers depend on, besides those they have.
   * @param mostBytes what may be taken for telling states apart; when it is used up, the answers are forgotten.
   */
  constructor(
    instance: Instance,
    ask: (draft: unknown, words: Int32Array) => R,
    allRead: readonly Int32Array[] = [],
    mostBytes: number = MOST_BYTES,
  ) {
    this.#view = new View(instance);
    this.#ask = ask;
    this.#key = new Int32Array(instance.words);
    this.#mask = new Int32Array(instance.words);
    this.#allRead = allRead;
    this.#mostBytes = mostBytes;
  }

  /** How often all was forgotten, mostly since more bits turned out to matter: each time, classes are numbered anew. */
  get growths(): number {
    return this.#growths;
  }

  /** A number that states with the same answer for the same reasons share, until {@link growths} grows. */
  classOf(state: Int32Array): number {
    for (;;) {
      const places = this.#places;
      for (let i = 0; i < places.length; i++) this.#key[i] = state[places[i]!]! & this.#mask[places[i]!]!;
      const known = this.#classes.size;
      const id = this.#classes.intern(this.#key);
      if (id < known) return id;
      if (this.#classes.bytes > this.#mostBytes && known > 0) {
        this.forget();
        continue;
      }
      this.#view.words.set(state);
      this.#answers[id] = this.#ask(this.#view.draft, this.#view.words);
      if (!growMask(this.#mask, this.#view.touched)) return id;
      for (const mask of this.#allRead) growMask(mask, this.#mask);
      this.#places = [...this.#mask.keys()].filter((i) => this.#mask[i] !== 0);
      this.forget();
    }
  }

  /** Forgets all answers, not what they depend on. */
  forget(): void {
    this.#growths++;
    this.#classes = new Interner(this.#places.length);
    this.#answers = [];
  }

  answer(state: Int32Array): R {
    const id = this.classOf(state);
    return this.#answers[id]!; // only now: classOf may have begun a new list
  }
}

type AskPair<R> = (before: unknown, after: unknown, beforeWords: Int32Array, afterWords: Int32Array) => R;

/** Answers about pairs of states. */
export class PairMemo<R> {
  readonly #before: View;
  readonly #after: View;
  readonly #ask: AskPair<R>;
  readonly #mostBytes: number;
  #pairs: Interner;
  readonly #key: Int32Array;
  readonly #mask: Int32Array;
  #answers: R[] = [];

  constructor(instance: Instance, ask: AskPair<R>, mostBytes: number = MOST_BYTES) {
    this.#before = new View(instance);
    this.#after = new View(instance);
    this.#ask = ask;
    this.#mostBytes = mostBytes;
    this.#pairs = new Interner(2 * instance.words);
    this.#key = new Int32Array(2 * instance.words);
    this.#mask = new Int32Array(2 * instance.words);
  }

  answer(before: Int32Array, after: Int32Array): R {
    const words = before.length;
    for (;;) {
      for (let i = 0; i < words; i++) {
        this.#key[i] = before[i]! & this.#mask[i]!;
        this.#key[words + i] = after[i]! & this.#mask[words + i]!;
      }
      const known = this.#pairs.size;
      const id = this.#pairs.intern(this.#key);
      if (id < known) return this.#answers[id]!;
      if (this.#pairs.bytes > this.#mostBytes && known > 0) {
        this.forget();
        continue;
      }
      const { words: beforeWords, draft: beforeDraft } = this.#before;
      const { words: afterWords, draft: afterDraft } = this.#after;
      beforeWords.set(before);
      afterWords.set(after);
      const answer = this.#ask(beforeDraft, afterDraft, beforeWords, afterWords);
      this.#answers[id] = answer;
      const grewBefore = growMask(this.#mask.subarray(0, words), this.#before.touched);
      const grewAfter = growMask(this.#mask.subarray(words), this.#after.touched);
      if (!grewBefore && !grewAfter) return answer;
      this.forget();
    }
  }

  /** Forgets all answers, not what they depend on. */
  forget(): void {
    this.#pairs = new Interner(this.#key.length);
    this.#answers = [];
  }
}

function growMask(mask: Int32Array, touched: Int32Array): boolean {
  let grew = false;
  for (let i = 0; i < mask.length; i++) {
    grew ||= (touched[i]! & ~mask[i]!) !== 0;
    mask[i]! |= touched[i]!;
  }
  return grew;
}
