/** What a property sees of a packed state: a read-only draft that notes which bits are read. */

import type { Instance } from "../model/instance.ts";
import { Unit } from "../schema/unit.ts";

export class View {
  /** The state looked at: fill it before `draft` is read. */
  readonly words: Int32Array;
  /** Bits read since the view was made. They only ever grow. */
  readonly touched: Int32Array;
  readonly draft: unknown;

  constructor(instance: Instance) {
    this.words = new Int32Array(instance.words);
    this.touched = new Int32Array(instance.words);
    const unit = new Unit(this.words, { read: this.touched });
    const address = unit.bind(instance.address as object, "address");
    this.draft = unit.evaluate(`${instance.root.accessor(unit)}("", ${address})`);
  }
}
