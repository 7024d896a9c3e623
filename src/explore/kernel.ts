/**
 * The hot loop, generated for one instance: take a state, run every action for every choice, and look the results up.
 *
 * What made it fast, in the order of what it bought: successors equal to their parent are not looked up; successors are
 * collected, their table slots touched one after another so that the cache misses overlap, and only then probed; state
 * words, masks and ranges are constants of the source; nothing is allocated per step. `bench/README.md` has the figures.
 */

import { type Instance, pack } from "../model/instance.ts";
import { Unit } from "../schema/unit.ts";
import { canonicalizeSource, type Edges, KernelSource } from "./kernel-source.ts";
import { lookUpSource } from "./lookup-source.ts";
import { mailSource } from "./mail-source.ts";
import { BATCH, BLOCK, type Memory } from "./memory.ts";
import type { StubbornSteps } from "./stubborn.ts";
import type { IdGroup } from "./symmetry.ts";
import { each } from "./word-source.ts";
import { offHeap } from "./words.ts";

/** What a kernel calls back, all of it off the hot path. The words of the states meant are in `before` and `after`. */
export interface Listener {
  /** A step by transition `index` changed bits that some property of steps reads. Runs before the state is looked up. */
  edge(index: number): void;
  /** A step of a state that is audited, or a first state with −1 for the index; `after` is where it leads. */
  taken(index: number): void;
  /** A new state whose bits, as far as properties of states read them, differ from its parent's. It is in `after`. */
  state(): void;
  /** Room for another {@link BLOCK} states: the number of a block, or −1 if memory is used up. */
  nextBlock(): number;
  /** Called after each batch. */
  batchDone(): void;
  /** Called while another worker has not taken in what was sent to it, again and again. */
  waitForRoom(): void;
  /** A body broke its contract: `after` should be as `than` is, where that is known. */
  breach(index: number, what: string, than?: Int32Array): void;
}

export interface Kernel {
  /** The state that steps are taken from, and the one they lead to. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Bits that properties of steps read; {@link Listener.edge} is called when one of them changes. */
  readonly edgeMask: Int32Array;
  /** Bits that properties of states read. */
  readonly stateMask: Int32Array;
  /** Steps found so far, by transition. */
  readonly fired: Float64Array;
  /** Looks up all successors of state `index`, a few of them later. */
  expand(index: number): void;
  /** Like {@link expand}, and checks that bodies keep their contract, and name only fields that there are. */
  expandAudited(index: number): void;
  /** Comes to the first states, each of which properties have to look at. */
  start(): void;
  /** Looks up what is still waiting, sends on what is for others, and looks up what came from them. */
  clear(): void;
  /**
   * Gives up the rest of the current blocks: new states go to fresh ones, and those that the workers came to are kept apart if
   * the next level is so wide that this takes little room.
   */
  endLevel(isWide: boolean): void;
}

export interface KernelOptions {
  readonly memory: Memory;
  readonly listener: Listener;
  readonly edges: Edges;
  /** Which of the memory's workers this is. */
  readonly worker: number;
  /** The stops from which on nothing is looked up any more. */
  readonly dropsFrom: number;
  /** Ids that are taken for interchangeable. */
  readonly groups: readonly IdGroup[];
  /** Chooses the steps to take, where that is not all. */
  readonly stubborn: StubbornSteps | undefined;
}

export function compileKernel(
  instance: Instance,
  { memory, listener, edges, worker, dropsFrom, groups, stubborn }: KernelOptions,
): Kernel {
  const { words, isTiny, transitions } = instance;
  const after = offHeap(words);
  const unit = new Unit(after);
  const draft = instance.root.accessor(unit);
  const address = unit.bind(instance.address as object, "address");
  const before = offHeap(words);
  const fired = new Float64Array(new ArrayBuffer(8 * transitions.length));
  const edgeMask = offHeap(words);
  const stateMask = offHeap(words);

  const listening = unit.bind(listener, "listener");
  const source = new KernelSource(unit, instance, {
    s: unit.bind(before, "before"),
    fired: unit.bind(fired, "fired"),
    edgeMask: unit.bind(edgeMask, "edgeMask"),
    stateMask: unit.bind(stateMask, "stateMask"),
    listener: listening,
    edges,
    canonicalize: canonicalizeSource(unit, instance, after, groups),
  });
  const constants = {
    control: unit.bind(memory.control, "control"),
    arena: unit.bind(memory.arena, "arena"),
    fill: unit.bind(memory.fill, "fill"),
    origin: unit.bind(memory.origin, "origin"),
    table: unit.bind(memory.table, "table"),
    mail: unit.bind(memory.mail, "mail"),
    posted: unit.bind(memory.posted, "posted"),
  };
  const start = source.loops(instance.init, -1, false);
  if (stubborn) stubborn.moves.idle = fired;
  const actions = stubborn ? source.chosen(stubborn) : source.actions(false);
  const audited = stubborn ? { functions: "", calls: actions.calls } : source.actions(true);
  const initial = pack(instance, instance.root.initial);

  const checkGuarded = `${unit.bind(stubborn?.moves.audit ?? unit.checkGuarded, "checkGuarded")}();`;
  const batchDone = `${checkGuarded} ${listening}.batchDone();`;
  const lookUp = { memory, words, isTiny, dropsFrom };
  const text = `(() => {
    const draft = ${draft}("", ${address});
    const control = ${constants.control}, arena = ${constants.arena}, fill = ${constants.fill};
    const origin = ${constants.origin}, table = ${constants.table}, mail = ${constants.mail}, posted = ${constants.posted};
    const fresh = new Int32Array(${BATCH});
    const offHeap = ${unit.bind(offHeap, "offHeap")};
    const blocks = offHeap(${memory.workers}).fill(-1), used = offHeap(${memory.workers}).fill(${BLOCK});
    let keepsApart = false, sink = 0;
    ${source.emit(memory)}
    ${lookUpSource(lookUp)}
    ${mailSource({ ...lookUp, worker, listener: listening, batchDone })}
    ${source.append(worker)}
    ${actions.functions}
    ${audited.functions}
    function expand(index) {
      ${source.load("index")}
      checks.names = false;
      ${actions.calls}
    }
    function expandAudited(index) {
      ${source.load("index")}
      checks.names = true;
      ${audited.calls}
      ${checkGuarded}
    }
    function start() {
      ${each(words, (i) => `${source.s}[${i}] = w[${i}] = ${unit.bind(initial, "initial")}[${i}];`)}
      ${start}
    }
    function endLevel(isWide) { blocks.fill(-1); used.fill(${BLOCK}); keepsApart = isWide; }
    return { expand, expandAudited, start, clear, endLevel };
  })()`;
  const functions =
    unit.evaluate<Pick<Kernel, "expand" | "expandAudited" | "start" | "clear" | "endLevel">>(text);
  return { before, after, edgeMask, stateMask, fired, ...functions };
}
