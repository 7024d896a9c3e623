/** Breadth-first search, level by level, by one worker of several that share a {@link Memory}. */

import type { Instance } from "../model/instance.ts";
import { ActionError, initialStates, steps } from "../model/plain.ts";
import { Checks, type Findings } from "./checks.ts";
import { compileKernel, type Kernel, type Listener } from "./kernel.ts";
import { BLOCK, bytesUsed, Control, growTable, isCrowded, MAX_DEPTH, type Memory, Stop } from "./memory.ts";

export interface Limits {
  /** Stop once this many states are known. */
  readonly maxStates: number;
  /** Stop before steps from states this deep are taken. */
  readonly maxDepth: number;
  readonly maxBytes: number;
}

export interface SearchOptions {
  readonly memory: Memory;
  readonly limits: Limits;
  /** Names of the properties to check. */
  readonly properties: readonly string[];
  /** Which of how many workers this is. */
  readonly worker: number;
  readonly workers: number;
}

/** A broken model: a body or property that threw, or a body that broke its contract. */
export interface Fault {
  readonly message: string;
  /** The packed state whose step it was. */
  readonly state: Int32Array;
  readonly depth: number;
}

/** What one worker found; it can be sent between threads. */
export interface SearchReport {
  readonly fired: readonly number[];
  readonly findings: Findings;
  readonly fault: Fault | undefined;
}

/** The first blocks of every run are searched with the contract of bodies checked. */
const AUDITED_BLOCKS = 64;

export class Search implements Listener {
  readonly #instance: Instance;
  readonly #memory: Memory;
  readonly #limits: Limits;
  readonly #worker: number;
  readonly #workers: number;
  readonly #kernel: Kernel;
  readonly #checks: Checks;
  #fault: Fault | undefined;
  /** Depth of the states that `state` reports. */
  #newDepth = 0;

  constructor(instance: Instance, { memory, limits, properties, worker, workers }: SearchOptions) {
    this.#instance = instance;
    this.#memory = memory;
    this.#limits = limits;
    this.#worker = worker;
    this.#workers = workers;
    const kinds = instance.properties
      .filter(([name]) => properties.includes(name))
      .map(([, { kind }]) => kind);
    const edges = kinds.includes("step") ? "all" : kinds.includes("refines") ? "changes" : "none";
    this.#kernel = compileKernel(instance, { memory, listener: this, edges, isAlone: workers === 1 });
    this.#checks = new Checks(instance, properties, this.#kernel.stateMask, this.#kernel.edgeMask);
  }

  /** Adds the first states; one worker does, before any runs. */
  start(): void {
    const first = (): void => {
      this.#kernel.start();
      this.#kernel.flush();
      this.#kernel.endLevel();
      this.#askFirstStates();
    };
    this.#guard(first, () => initialStates(this.#instance));
    const { control, levels } = this.#memory;
    levels[1] = control[Control.levelEnd] = control[Control.blocks]!;
    if (this.#limits.maxDepth <= 0) this.#stop(control[Control.violated] === 1 ? Stop.violation : Stop.depth);
  }

  /** First states have no parent whose answer might hold for them too: properties are asked of each. */
  #askFirstStates(): void {
    const { control, fill } = this.#memory;
    for (let block = 0; block < control[Control.blocks]!; block++) {
      for (let index = block * BLOCK, end = index + fill[block]!; index < end; index++) {
        this.#kernel.after.set(this.#stateAt(index));
        this.state();
      }
    }
    this.#shareStateMask();
  }

  /** What any worker's properties read decides for all which new states are looked at; levels are the time to tell. */
  #shareStateMask(): void {
    const { stateMask } = this.#kernel;
    for (const i of stateMask.keys()) stateMask[i]! |= Atomics.or(this.#memory.stateMask, i, stateMask[i]!);
  }

  /** Takes part in the search until it ends for all workers. */
  run(): SearchReport {
    const { control } = this.#memory;
    const { root, address } = this.#instance;
    const onPlain = (): unknown => [...steps(this.#instance, root.load(this.#kernel.before, address))];
    do {
      this.#guard(() => this.#level(), onPlain);
      this.#kernel.endLevel();
      this.#shareStateMask();
      this.#rendezvous();
    } while (Atomics.load(control, Control.finished) === 0);
    return this.report();
  }

  report(): SearchReport {
    return { fired: [...this.#kernel.fired], findings: this.#checks.findings, fault: this.#fault };
  }

  edge(action: number): void {
    const { before, after } = this.#kernel;
    this.#checks.edge(action, before, after, this.#newDepth - 1);
    if (this.#checks.hasViolation) this.#memory.control[Control.violated] = 1;
  }

  state(): void {
    this.#checks.state(this.#kernel.after, this.#newDepth);
    if (this.#checks.hasViolation) this.#memory.control[Control.violated] = 1;
  }

  nextBlock(): number {
    const { control, fill, arena, words } = this.#memory;
    const block = Atomics.add(control, Control.blocks, 1);
    if (
      block < fill.length &&
      (block + 1) * BLOCK * words <= arena.length &&
      bytesUsed(this.#memory) <= this.#limits.maxBytes
    ) {
      return block;
    }
    Atomics.sub(control, Control.blocks, 1);
    this.#stop(Stop.memory);
    return -1;
  }

  batchDone(): void {
    const { control, transitions } = this.#memory;
    let steps = 0;
    for (const count of this.#kernel.fired) steps += count;
    transitions[this.#worker] = steps;
    if (control[Control.states]! > this.#limits.maxStates) this.#stop(Stop.states);
    if (isCrowded(this.#memory)) {
      Atomics.store(control, Control.grow, 1);
      this.#rendezvous();
    }
  }

  breach(action: number, what: string): void {
    throw new Breach(`action ${this.#instance.transitions[action]!.name} ${what}`);
  }

  #level(): void {
    const { control, fill } = this.#memory;
    this.#newDepth = control[Control.depth]! + 1;
    const asks = this.#checks.asksAboutSteps;
    this.#shareStateMask();
    for (;;) {
      const block = Atomics.add(control, Control.cursor, 1);
      if (block >= control[Control.levelEnd]!) break;
      const isAudited = block < AUDITED_BLOCKS;
      for (let index = block * BLOCK, end = index + fill[block]!; index < end; index++) {
        if (control[Control.stop] !== Stop.none) return;
        if (asks) this.#checks.source(this.#stateAt(index));
        if (isAudited) this.#kernel.expandAudited(index);
        else this.#kernel.expand(index);
      }
    }
    this.#kernel.flush();
  }

  #stateAt(index: number): Int32Array {
    const { arena, words } = this.#memory;
    const { before } = this.#kernel;
    for (let i = 0; i < words; i++) before[i] = arena[index * words + i]!;
    return before;
  }

  /** Waits for all workers; the last to come does what is to be done alone: grow the table, or begin the next level. */
  #rendezvous(): void {
    const { control } = this.#memory;
    if (control[Control.finished] === 1) return;
    const generation = Atomics.load(control, Control.generation);
    if (Atomics.add(control, Control.arrived, 1) + 1 < this.#workers) {
      while (Atomics.load(control, Control.generation) === generation) {
        Atomics.wait(control, Control.generation, generation, 1000);
      }
      return;
    }
    if (Atomics.exchange(control, Control.grow, 0) === 1) {
      if (!growTable(this.#memory, this.#limits.maxBytes)) this.#stop(Stop.memory);
    } else if (control[Control.stop] === Stop.none) {
      this.#nextLevel();
    }
    if (control[Control.stop] !== Stop.none) Atomics.store(control, Control.finished, 1);
    Atomics.store(control, Control.arrived, 0);
    Atomics.add(control, Control.generation, 1);
    Atomics.notify(control, Control.generation);
  }

  #nextLevel(): void {
    const { control, levels } = this.#memory;
    const start = control[Control.levelEnd]!;
    const end = control[Control.blocks]!;
    control[Control.cursor] = start;
    if (control[Control.violated] === 1 || end === start) {
      this.#stop(control[Control.violated] === 1 ? Stop.violation : Stop.complete);
      return;
    }
    const depth = ++control[Control.depth]!;
    levels[depth + 1] = control[Control.levelEnd] = end;
    if (depth >= Math.min(this.#limits.maxDepth, MAX_DEPTH)) this.#stop(Stop.depth);
  }

  #stop(reason: number): void {
    Atomics.compareExchange(this.#memory.control, Control.stop, Stop.none, reason);
  }

  /** Runs model code; what it throws ends the run for everyone, as the model's fault. `onPlain` runs it again. */
  #guard(code: () => void, onPlain: () => unknown): void {
    try {
      code();
    } catch (error) {
      const { asking } = this.#checks;
      const thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const message =
        error instanceof Breach
          ? error.message
          : asking === undefined
            ? (actionError(onPlain) ?? thrown)
            : `property ${asking} threw ${thrown}`;
      this.#fault ??= { message, state: this.#kernel.before.slice(), depth: this.#newDepth - 1 };
      this.#stop(Stop.fault);
    }
  }
}

/** A body that is not deterministic, or not done with its guards when it writes. */
class Breach extends Error {}

/** What an action throws when it is run on plain data, which tells its name and choice. */
function actionError(onPlain: () => unknown): string | undefined {
  try {
    onPlain();
    return undefined;
  } catch (error) {
    return error instanceof ActionError ? error.message : undefined;
  }
}
