/** For tests: one state of a type, in words and as plain data. */

import { type Address, Allocator, type Place } from "./type.ts";
import { Unit } from "./unit.ts";

/** A state in words, at first the initial one. */
export class Packed {
  readonly type: Place<unknown, unknown>;
  readonly address: Address;
  readonly words: Int32Array;
  /** Bits that the state occupies. */
  readonly mask: Int32Array;

  /** @param wordBits how many bits of a word to use, if the type allows a choice. */
  constructor(type: Place<unknown, unknown>, wordBits = 32) {
    const narrow = new Allocator(wordBits);
    const first = type.allocate(narrow);
    const wide = new Allocator();
    this.type = type;
    this.address = narrow.wide ? type.allocate(wide) : first;
    this.words = new Int32Array((narrow.wide ? wide : narrow).words);
    this.mask = new Int32Array(this.words.length);
    type.mark(this.mask, this.address);
    this.value = type.initial;
  }

  get value(): unknown {
    return this.type.load(this.words, this.address);
  }

  set value(value: unknown) {
    this.type.store(this.words, this.address, value, "");
  }

  /** The draft that bodies get or, with `touched`, what properties get. */
  draft(touched?: Int32Array): unknown {
    const unit = new Unit(this.words, touched && { read: touched });
    const address = unit.bind(this.address as object, "address");
    return unit.evaluate(`${this.type.accessor(unit)}("", ${address})`);
  }
}

/** A state as plain data with its draft. */
export class Plain {
  value: unknown;
  readonly draft: unknown;

  constructor(type: Place<unknown, unknown>) {
    this.value = type.initial;
    const slot = {
      get: () => this.value,
      set: (value: unknown) => {
        this.value = value;
      },
    };
    this.draft = type.plain(slot, "");
  }
}
