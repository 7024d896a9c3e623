import { scramble } from "./linearized-set.ts";

/** The answer of `StepTable.get` for a step that is not in the table. */
export const UNKNOWN = -2;

/** Steps of an automaton that are known: the state after an operation of a class. Open addressing, at most
 *  half full. */
export class StepTable {
  /** For each slot: state, class, state after; the first is -1 in an empty slot. */
  #slots = new Int32Array(3 * 1024).fill(-1);
  #mask = 1023;
  #size = 0;

  get bytes(): number {
    return this.#slots.byteLength;
  }

  get(state: number, operationClass: number): number {
    const at = this.#slotOf(state, operationClass);
    return this.#slots[at] === state ? this.#slots[at + 2]! : UNKNOWN;
  }

  /** Adds a step that is not in the table. */
  add(state: number, operationClass: number, after: number): void {
    if (2 * this.#size > this.#mask) this.#grow();
    this.#size++;
    const at = this.#slotOf(state, operationClass);
    this.#slots[at] = state;
    this.#slots[at + 1] = operationClass;
    this.#slots[at + 2] = after;
  }

  /** Where the step is, or else where it can be put. */
  #slotOf(state: number, operationClass: number): number {
    const slots = this.#slots;
    let slot = scramble(Math.imul(state, 0x9e3779b1) ^ operationClass) & this.#mask;
    while (slots[3 * slot] !== -1 && (slots[3 * slot] !== state || slots[3 * slot + 1] !== operationClass)) {
      slot = (slot + 1) & this.#mask;
    }
    return 3 * slot;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(2 * old.length).fill(-1);
    this.#mask = 2 * this.#mask + 1;
    this.#size = 0;
    for (let at = 0; at < old.length; at += 3) {
      if (old[at] !== -1) this.add(old[at]!, old[at + 1]!, old[at + 2]!);
    }
  }
}
