/** Where the workers of a run meet, and decide together how to go on. */

import type { Activity } from "./activity.ts";
import { Control, canGrow, growShare, isCrowded, MAX_DEPTH, type Memory, Stop, stop } from "./memory.ts";
import { LINE } from "./words.ts";

export interface RendezvousOptions {
  readonly memory: Memory;
  /** Which of how many workers this is. */
  readonly worker: number;
  readonly limits: { readonly maxDepth: number; readonly maxBytes: number };
  /** The stops from which on what was found and not looked up yet is dropped. */
  readonly dropsFrom: number;
  readonly activity: Activity;
}

/** How long a worker sleeps for which another has no room. */
const ROOM_MILLISECONDS = 0.1;
/** How long one waits before it looks again whether it was woken. */
const PATIENCE_MILLISECONDS = 1000;

/** One worker's side of it. */
export class Rendezvous {
  readonly #options: RendezvousOptions;

  constructor(options: RendezvousOptions) {
    this.#options = options;
  }

  /**
   * Waits for all workers; the last to come decides how they go on: all double their shares of the table, the next level
   * begins, all rest, the search is over, or, if something is left to be done in this level, just as before.
   * @param isBusy whether this worker comes in the middle of a block.
   * @returns whether all that the blocks begun lead to has been looked up, but for blocks in hand when the search stopped.
   */
  come(isBusy: boolean): boolean {
    const { memory } = this.#options;
    const { control } = memory;
    if (control[Control.finished] === 1) return false;
    if (isBusy) Atomics.store(control, Control.busy, 1);
    this.#meet(() => this.#decide());
    if (control[Control.growing] === 0) return control[Control.settled] === 1;
    for (const share of this.#sharesInCare()) growShare(memory, share);
    this.#meet(() => {
      control[Control.tableBits]!++;
      control[Control.growing] = 0;
    });
    return false;
  }

  /** Waits until it is this worker's turn to take part. */
  join(): void {
    const { memory, worker } = this.#options;
    const { control } = memory;
    while (worker >= Atomics.load(control, Control.awake))
      Atomics.wait(control, Control.awake, 1, PATIENCE_MILLISECONDS);
  }

  /** Has the others take part from now on, if they can and do not yet. */
  admitOthers(): void {
    const { control, workers } = this.#options.memory;
    if (control[Control.awake] === workers || control[Control.loaded]! < workers) return;
    Atomics.store(control, Control.awake, workers);
    Atomics.notify(control, Control.awake);
  }

  /** The shares of the table that this worker looks after: its own, and those of workers that do not take part. */
  #sharesInCare(): number[] {
    const { memory, worker } = this.#options;
    const all = Array.from({ length: memory.workers }, (_, share) => share);
    return all.filter((share) => share === worker || share >= memory.control[Control.awake]!);
  }

  /** Waits a little for another worker to take in what was sent to it. */
  waitForRoom(): void {
    const { memory, activity } = this.#options;
    // Who waits at a rendezvous takes nothing in before it is over.
    if (Atomics.load(memory.control, Control.arrived) > 0) {
      this.come(true);
      return;
    }
    activity.wait();
    Atomics.wait(memory.control, Control.arrived, 0, ROOM_MILLISECONDS);
    activity.goOn();
  }

  /** After a decision to rest: waits until whoever asked for it has seen what is in shared memory. */
  rest(): void {
    const { control } = this.#options.memory;
    this.#meet(() => {
      while (Atomics.load(control, Control.pause) === 1)
        Atomics.wait(control, Control.pause, 1, PATIENCE_MILLISECONDS);
      control[Control.resting] = 0;
    });
  }

  /** Waits for all workers; the last to come runs `alone` before any goes on. */
  #meet(alone: () => void): void {
    const { memory, activity } = this.#options;
    const { control } = memory;
    const generation = Atomics.load(control, Control.generation);
    activity.wait();
    if (Atomics.add(control, Control.arrived, 1) + 1 < control[Control.awake]!) {
      while (Atomics.load(control, Control.generation) === generation) {
        Atomics.wait(control, Control.generation, generation, PATIENCE_MILLISECONDS);
      }
    } else {
      alone();
      Atomics.store(control, Control.arrived, 0);
      Atomics.add(control, Control.generation, 1);
      Atomics.notify(control, Control.generation);
    }
    activity.goOn();
  }

  /** While all others wait. */
  #decide(): void {
    const { memory, dropsFrom, limits } = this.#options;
    const { control } = memory;
    const isBusy = Atomics.exchange(control, Control.busy, 0) === 1;
    const drops = control[Control.stop]! >= dropsFrom;
    control[Control.settled] = 0;
    if (!drops && isCrowded(memory)) {
      if (canGrow(memory, limits.maxBytes)) {
        control[Control.growing] = 1;
        return;
      }
      stop(memory, Stop.memory);
    } else if (!drops) {
      if (isBusy || this.#isMailLeft()) return;
      control[Control.settled] = 1;
      if (control[Control.stop] === Stop.none) {
        if (control[Control.pause] === 1) control[Control.resting] = 1;
        else this.#nextLevel();
      }
    }
    if (control[Control.stop] !== Stop.none) Atomics.store(control, Control.finished, 1);
  }

  #isMailLeft(): boolean {
    const { posted } = this.#options.memory;
    for (let at = 0; at < posted.length; at += LINE) if (posted[at] !== 0) return true;
    return false;
  }

  #nextLevel(): void {
    const { memory, limits } = this.#options;
    const { control, levels } = memory;
    const start = control[Control.levelEnd]!;
    const end = control[Control.blocks]!;
    control[Control.taken] = 0;
    if (control[Control.violated] === 1 || end === start) {
      stop(memory, control[Control.violated] === 1 ? Stop.violation : Stop.complete);
      return;
    }
    const depth = ++control[Control.depth]!;
    levels[depth + 1] = control[Control.levelEnd] = end;
    if (depth >= Math.min(limits.maxDepth, MAX_DEPTH)) stop(memory, Stop.depth);
  }
}
