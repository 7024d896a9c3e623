/** Breadth-first search, level by level, by one worker of several that share a {@link Memory}. */

import { type Instance, internedTypes, propertiesNamed } from "../model/instance.ts";
import { initialStates, steps } from "../model/plain.ts";
import { DictionaryFull, type InternedType } from "../schema/interned.ts";
import { Activity } from "./activity.ts";
import { BlockQueue } from "./block-queue.ts";
import { Checks } from "./checks.ts";
import { breach } from "./contract.ts";
import { Breach, type Fault, faultOf } from "./fault.ts";
import { HeapWatch } from "./heap.ts";
import { SymmetryTest } from "./interchangeable.ts";
import { compileKernel, type Kernel, type Listener } from "./kernel.ts";
import {
  BLOCK,
  Control,
  countOf,
  isCrowded,
  levelInHand,
  type Memory,
  Stop,
  stop,
  takeBlock,
} from "./memory.ts";
import { Rendezvous } from "./rendezvous.ts";
import type { SearchReport } from "./report.ts";
import { Revisit } from "./revisit.ts";
import { Settling } from "./settling.ts";
import { type Order, StubbornSteps } from "./stubborn.ts";
import type { IdGroup } from "./symmetry.ts";
import { SymmetryWatch } from "./symmetry-watch.ts";

export interface Limits {
  /** Stop soon after more states than these are known: those of a batch or two come on top. */
  readonly maxStates: number;
  /** Stop before steps from states this deep are taken. */
  readonly maxDepth: number;
  /** Of states and table; the heaps of the engine come on top. */
  readonly maxBytes: number;
}

export interface SearchOptions {
  readonly memory: Memory;
  readonly limits: Limits;
  /** Names of the properties to check. */
  readonly properties: readonly string[];
  /** Which of how many workers this is. */
  readonly worker: number;
  /** When to stop, on the clock of this thread. */
  readonly until?: number;
  /** Blocks whose steps are to be taken before all else, where a search goes on that was stopped in the middle of them. */
  readonly unsettled?: readonly number[];
  /** Called when the search comes to rest for a snapshot; without it, it cannot. */
  readonly onRest?: (report: SearchReport) => void;
  /** Ids that are taken for interchangeable. */
  readonly groups: readonly IdGroup[];
  /** What is known of how steps depend on each other, if not all orders of them are to be searched. */
  readonly order: Order | undefined;
}

/** States whose steps are taken twice at first, shared out among the workers, to see whether bodies are functions of the state. */
const AUDITED_STATES = 4096;
/** Blocks of a level for each that it may leave unfilled, for that to be little. */
const WIDTH = 8;

export class Search implements Listener {
  readonly #instance: Instance;
  readonly #memory: Memory;
  readonly #limits: Limits;
  readonly #until: number;
  readonly #worker: number;
  readonly #queue: BlockQueue;
  readonly #rendezvous: Rendezvous;
  readonly #kernel: Kernel;
  readonly #checks: Checks;
  readonly #activity: Activity;
  readonly #interned: readonly InternedType<unknown>[];
  readonly #heap: HeapWatch;
  readonly #onRest: SearchOptions["onRest"];
  readonly #settling: Settling;
  readonly #symmetry: SymmetryWatch | undefined;
  readonly #stubborn: StubbornSteps | undefined;
  /** Where all steps of a state are taken. */
  readonly #revisit: Revisit | undefined;
  /** Bits that properties looked at whose violations may pass. */
  readonly #passing: Int32Array;
  #fault: Fault | undefined;
  /** States whose steps were taken. */
  #expanded = 0;
  /** Depth of the states that `state` reports. */
  #newDepth = 0;

  constructor(instance: Instance, options: SearchOptions) {
    const { memory, limits, until = Infinity, properties, worker, groups, order } = options;
    const { unsettled = [], onRest } = options;
    this.#instance = instance;
    this.#memory = memory;
    this.#limits = limits;
    this.#until = until;
    this.#worker = worker;
    const kinds = propertiesNamed(instance, properties).map(([, { kind }]) => kind);
    const edges = kinds.includes("step")
      ? "all"
      : kinds.includes("refines") || kinds.includes("atEnd")
        ? "changes"
        : "none";
    this.#stubborn = order && new StubbornSteps(instance, order);
    this.#revisit = order === undefined ? new Revisit(instance, properties) : undefined;
    this.#passing = new Int32Array(instance.words);
    // What was found is worth looking up only where a search can go on from there.
    const dropsFrom = onRest === undefined ? Stop.complete : Stop.memory;
    this.#kernel = compileKernel(instance, {
      memory,
      listener: this,
      edges,
      worker,
      dropsFrom,
      groups,
      stubborn: this.#stubborn,
    });
    if (groups.length > 0)
      this.#symmetry = new SymmetryWatch(new SymmetryTest(instance, groups, properties), this.#kernel.fired);
    this.#activity = new Activity(memory.activity, worker, instance.words);
    const activity = this.#activity;
    this.#queue = new BlockQueue(memory, worker);
    this.#rendezvous = new Rendezvous({ memory, worker, limits, dropsFrom, activity });
    this.#checks = new Checks(
      instance,
      properties,
      { ...this.#kernel, passing: this.#passing },
      this.#activity,
    );
    this.#interned = internedTypes(instance);
    this.#heap = new HeapWatch(() => {
      this.#checks.forget();
      for (const type of this.#interned) type.forget();
    });
    this.#onRest = onRest;
    this.#settling = new Settling(unsettled, onRest !== undefined, () => ({
      fired: [...this.#kernel.fired],
      events: this.#checks.events,
    }));
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
    this.#rendezvous.join();
    if (this.#worker === 0 && control[Control.depth]! < 0) {
      this.#activity.makeFirstStates();
      this.#guard(
        () => this.#kernel.start(),
        () => initialStates(this.#instance),
      );
    }
    do {
      this.#guard(() => this.#level(), onPlain);
      this.#shareStateMask();
      if (this.#rendezvous.come(false)) this.#settling.settle();
      if (control[Control.resting] === 1) {
        this.#onRest!(this.#report());
        this.#rendezvous.rest();
      }
    } while (Atomics.load(control, Control.finished) === 0);
    if (control[Control.stop] === Stop.complete) {
      this.#guard(() => this.#lookAgain(), onPlain);
      // Nobody looks any more whether to stop.
      if (this.#fault !== undefined) Atomics.store(control, Control.stop, Stop.fault);
    }
    return this.#report();
  }

  /** The first states must be as they were. */
  #lookAgain(): void {
    const change = this.#revisit?.findChange();
    if (change === undefined) return;
    this.#kernel.before.set(change.words);
    this.#newDepth = change.depth + 1;
    throw new Breach(change.what);
  }

  #report(): SearchReport {
    const { findings } = this.#checks;
    const order = this.#stubborn?.order;
    return {
      fired: [...this.#kernel.fired],
      findings,
      fault: this.#fault,
      order,
      settled: this.#settling.report,
    };
  }

  edge(action: number): void {
    const { before, after } = this.#kernel;
    this.#checks.edge(action, before, after, this.#newDepth - 1);
    this.#heedViolation();
  }

  state(): void {
    this.#checks.state(this.#kernel.after, this.#newDepth);
    this.#heedViolation();
  }

  #heedViolation(): void {
    if (this.#checks.hasViolation) this.#memory.control[Control.violated] = 1;
  }

  nextBlock(): number {
    const block = takeBlock(this.#memory, this.#limits.maxBytes, this.#interned);
    if (block < 0) this.#stop(Stop.memory);
    return block;
  }

  batchDone(): void {
    const { control, transitions } = this.#memory;
    let steps = 0;
    for (const count of this.#kernel.fired) steps += count;
    transitions[countOf(this.#worker)] = steps;
    if (control[Control.states]! > this.#limits.maxStates) this.#stop(Stop.states);
    if (performance.now() > this.#until) this.#stop(Stop.time);
    this.#rendezvous.admitOthers();
    if (isCrowded(this.#memory)) this.#rendezvous.come(true);
  }

  waitForRoom(): void {
    this.#rendezvous.waitForRoom();
  }

  taken(action: number): void {
    this.#revisit?.note(action, this.#kernel.after);
  }

  breach(action: number, what: string, than?: Int32Array): void {
    breach(this.#instance, action, what, than, this.#kernel.after);
  }

  /** Takes part in a level until there is nothing left for this worker to do, for now. */
  #level(): void {
    const depth = this.#memory.control[Control.depth]! + 1;
    if (depth > this.#newDepth) this.#kernel.endLevel(this.#isWide());
    this.#newDepth = depth;
    this.#shareStateMask();
    this.#takeBlocks();
    this.#kernel.clear();
    this.#heedSurprise();
  }

  /** Whether the blocks that a level can leave unfilled, one for each pair of workers, are few beside all of its blocks. */
  #isWide(): boolean {
    const [start, end] = levelInHand(this.#memory);
    return end - start > WIDTH * this.#memory.workers ** 2;
  }

  #takeBlocks(): void {
    const { control, fill } = this.#memory;
    const asks = this.#checks.asksAboutSteps;
    while (control[Control.stop] === Stop.none && control[Control.pause] === 0) {
      const block = this.#settling.next() ?? this.#queue.take();
      if (block < 0) return;
      this.#settling.begin(block);
      // Between blocks nobody holds a value of a state.
      if (!this.#heap.hasRoom(this.#activity.questions)) this.#stop(Stop.memory);
      for (let index = block * BLOCK, end = index + fill[block]!; index < end; index++) {
        if (control[Control.stop] !== Stop.none) return;
        this.#activity.takeSteps(index);
        if (asks) this.#checks.source(this.#stateAt(index));
        const isEarly = this.#expanded++ < AUDITED_STATES / this.#memory.workers;
        if (isEarly) this.#audit(index);
        else this.#kernel.expand(index);
        if (asks) this.#left();
        this.#symmetry?.left(index, isEarly, this.#kernel.before);
      }
      this.#heedSurprise();
      this.#settling.end();
    }
  }

  #audit(index: number): void {
    this.#revisit?.begin(this.#stateAt(index), this.#newDepth - 1);
    this.#kernel.expandAudited(index);
  }

  /** All steps of the state in `before` are known. */
  #left(): void {
    this.#checks.left(this.#kernel.before, this.#newDepth - 1);
    this.#heedViolation();
  }

  /** A reduction that relied on what is not so must not go on. */
  #heedSurprise(): void {
    this.#stubborn?.show(this.#passing);
    if (this.#stubborn?.isSurprised) this.#stop(Stop.surprise);
  }

  #stateAt(index: number): Int32Array {
    const { arena, words } = this.#memory;
    const { before } = this.#kernel;
    for (let i = 0; i < words; i++) before[i] = arena[index * words + i]!;
    return before;
  }

  #stop(reason: number): void {
    stop(this.#memory, reason);
  }

  /** Runs model code; what it throws ends the run for everyone, as the model's fault. `onPlain` runs it again. */
  #guard(code: () => void, onPlain: () => unknown): void {
    try {
      code();
    } catch (error) {
      if (error instanceof DictionaryFull) {
        this.#stop(Stop.memory);
        return;
      }
      const question = this.#checks.openQuestion;
      const state = this.#kernel.before;
      const depth = Math.max(0, this.#newDepth - 1);
      this.#fault ??= faultOf(error, this.#instance, { question, state, depth, onPlain });
      this.#stop(Stop.fault);
    } finally {
      this.#activity.rest();
    }
  }
}
