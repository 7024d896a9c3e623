/** Asks what follows from a few bits of a state alone, whatever the others are. */

import type { Instance } from "../model/instance.ts";
import type { Position } from "../schema/type.ts";
import { Unit } from "../schema/unit.ts";

/** A run of bits. */
export interface Bits extends Position {
  /** As many ones as there are bits. */
  readonly mask: number;
}

/** Code that looks more often than this is taken for endless. */
const MOST_LOOKS = 1000;

/** Thrown into code that looks at other bits: nobody is to see a state that is made up. */
class LooksElsewhere extends Error {}

export class Peek {
  readonly #words: Int32Array;
  readonly #draft: unknown;
  #word = 0;
  #mask = 0;
  #looks = 0;
  #isElsewhere = false;

  constructor(instance: Instance) {
    this.#words = new Int32Array(instance.words);
    const look = (word: number, mask: number): void => {
      if (word === this.#word && (mask & ~this.#mask) === 0 && ++this.#looks <= MOST_LOOKS) return;
      this.#isElsewhere = true;
      throw new LooksElsewhere();
    };
    const unit = new Unit(this.#words, { read: new Int32Array(instance.words), look });
    const address = unit.bind(instance.address as object, "address");
    this.#draft = unit.evaluate(`${instance.root.accessor(unit)}("", ${address})`);
  }

  /** Whether `test` answers `false` where some bits have a code, without looking at any others, or writing. */
  isFalse(test: (draft: unknown) => boolean, { word, shift, mask }: Bits, code: number): boolean {
    this.#words.fill(0);
    this.#words[word] = code << shift;
    this.#word = word;
    this.#mask = mask << shift;
    this.#looks = 0;
    this.#isElsewhere = false;
    try {
      return !test(this.#draft) && !this.#isElsewhere;
    } catch {
      return false;
    }
  }
}
