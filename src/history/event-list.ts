import type { Operation } from "./history.ts";

/** Entry before the calls and returns of complete operations. */
export const FIRST = 0;

/** What `operationAt` holds for an entry that is a return, and for the end. */
export const RETURN = -1;

/** The calls and returns of some operations as two linked lists over one numbering of the events in their
 *  order: complete operations from `FIRST` on, calls of pending ones from `firstPending` on, both closed
 *  by `end`. An operation is taken out and put back, last out first in, in constant time (Wing & Gong
 *  1993, as told by Lowe 2017). */
export class EventList {
  /** Greater than every event. */
  readonly end: number;
  readonly firstPending: number;
  readonly next: Int32Array;
  /** Index of the operation that an entry calls, or `RETURN`. */
  readonly operationAt: Int32Array;
  /** Position in the history of each entry. */
  readonly positionAt: Float64Array;
  readonly callOf: Int32Array;
  /** Zero for a pending operation. */
  readonly returnOf: Int32Array;
  readonly #previous: Int32Array;

  constructor(operations: readonly Operation[]) {
    const events = sortedEvents(operations);
    this.end = events.length + 1;
    this.firstPending = events.length + 2;
    this.next = new Int32Array(events.length + 3);
    this.#previous = new Int32Array(events.length + 3);
    this.operationAt = new Int32Array(events.length + 3).fill(RETURN);
    this.positionAt = new Float64Array(events.length + 3);
    this.callOf = new Int32Array(operations.length);
    this.returnOf = new Int32Array(operations.length);
    this.#link(operations, events);
  }

  takeOut(operation: number): void {
    this.#unlink(this.callOf[operation]!);
    if (this.returnOf[operation] !== 0) this.#unlink(this.returnOf[operation]!);
  }

  putBack(operation: number): void {
    if (this.returnOf[operation] !== 0) this.#relink(this.returnOf[operation]!);
    this.#relink(this.callOf[operation]!);
  }

  #link(operations: readonly Operation[], events: readonly Event[]): void {
    let lastComplete = FIRST;
    let lastPending = this.firstPending;
    for (const [index, event] of events.entries()) {
      const entry = index + 1;
      this.positionAt[entry] = event.position;
      if (event.isCall) this.operationAt[entry] = event.operation;
      (event.isCall ? this.callOf : this.returnOf)[event.operation] = entry;
      if (operations[event.operation]!.kind === "complete") {
        this.#join(lastComplete, entry);
        lastComplete = entry;
      } else {
        this.#join(lastPending, entry);
        lastPending = entry;
      }
    }
    this.#join(lastComplete, this.end);
    this.#join(lastPending, this.end);
  }

  #join(entry: number, next: number): void {
    this.next[entry] = next;
    this.#previous[next] = entry;
  }

  #unlink(entry: number): void {
    this.#join(this.#previous[entry]!, this.next[entry]!);
  }

  #relink(entry: number): void {
    this.next[this.#previous[entry]!] = entry;
    this.#previous[this.next[entry]!] = entry;
  }
}

interface Event {
  readonly position: number;
  readonly operation: number;
  readonly isCall: boolean;
}

function sortedEvents(operations: readonly Operation[]): Event[] {
  const events: Event[] = [];
  for (const [index, operation] of operations.entries()) {
    events.push({ position: operation.invoked, operation: index, isCall: true });
    if (operation.kind === "complete") {
      events.push({ position: operation.returned, operation: index, isCall: false });
    }
  }
  return events.sort((a, b) => a.position - b.position);
}
