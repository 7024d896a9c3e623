/**
 * The hot loop, generated for one instance: take a state, run every action for every choice, and look the results up.
 *
 * What made it fast, in the order of what it bought: successors equal to their parent are not looked up; successors are
 * collected, their table slots touched one after another so that the cache misses overlap, and only then probed; state
 * words, masks and ranges are constants of the source; nothing is allocated per step. `bench/README.md` has the figures.
 */

import { type Instance, pack } from "../model/instance.ts";
import { Unit } from "../schema/unit.ts";
import { choiceLoops } from "./choice-loops.ts";
import { answerSource, BROKEN } from "./contract.ts";
import { lookUpSource, mixExact, mixTiny, readSource } from "./lookup-source.ts";
import { mailSource, sendSource } from "./mail-source.ts";
import { BATCH, BLOCK, type Memory, shareWords } from "./memory.ts";
import type { StubbornSteps } from "./stubborn.ts";
import { Canonicalizer, type IdGroup } from "./symmetry.ts";
import { each, every, some } from "./word-source.ts";
import { offHeap } from "./words.ts";

/** Successors that are remembered to have been looked up: steps of different nodes often meet again soon. */
const RECENT = 8192;

/**
 * Characters of source that one function has for the steps of several actions. Together they are compiled better than one
 * by one (a tenth faster), but nothing of more than 60 KiB of bytecode is compiled at all.
 */
const TOGETHER = 50_000;

/** What a kernel calls back, all of it off the hot path. The words of the states meant are in `before` and `after`. */
export interface Listener {
  /** A step by transition `index` changed bits that some property of steps reads. Runs before the state is looked up. */
  edge(index: number): void;
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
  /** Which steps to report: none, those that change a bit of {@link Kernel.edgeMask}, or all. */
  readonly edges: "none" | "changes" | "all";
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
  const share = worker * shareWords(memory);
  const lookUp = { words, isTiny, share, dropsFrom };
  const text = `(() => {
    const draft = ${draft}("", ${address});
    const control = ${constants.control}, arena = ${constants.arena}, fill = ${constants.fill};
    const origin = ${constants.origin}, table = ${constants.table}, mail = ${constants.mail}, posted = ${constants.posted};
    const fresh = new Int32Array(${BATCH});
    const recentTags = new Int32Array(${RECENT}), recent = new Int32Array(${RECENT * (isTiny ? 1 : words)});
    const offHeap = ${unit.bind(offHeap, "offHeap")};
    const blocks = offHeap(${memory.workers}).fill(-1), used = offHeap(${memory.workers}).fill(${BLOCK});
    let keepsApart = false, sink = 0;
    ${source.emit(memory)}
    ${lookUpSource(lookUp)}
    ${mailSource({ ...lookUp, memory, worker, listener: listening, batchDone })}
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

/**
 * A test of states by index: does some step lead from it to `target`? This is how a trace is walked backwards, level by
 * level, so that no state has to remember its parent, and the trace does not depend on which worker came first.
 */
export function compileMatcher(
  instance: Instance,
  { arena }: Memory,
  target: Int32Array,
  groups: readonly IdGroup[],
): (index: number) => boolean {
  const { words, transitions } = instance;
  const after = new Int32Array(words);
  const unit = new Unit(after);
  const source = new KernelSource(unit, instance, {
    s: unit.bind(new Int32Array(words), "before"),
    fired: unit.bind(new Float64Array(transitions.length), "fired"),
    edgeMask: "",
    stateMask: "",
    listener: "",
    edges: "none",
    canonicalize: "",
  });
  const actions = source.actions(false);
  const goal = unit.bind(target, "target");
  const draft = instance.root.accessor(unit);
  const address = unit.bind(instance.address as object, "address");
  return unit.evaluate(`(() => {
    const draft = ${draft}("", ${address}), arena = ${unit.bind(arena, "arena")};
    let isHit = false;
    function emit() {
      ${canonicalizeSource(unit, instance, after, groups)}
      if (${every(words, (i) => `w[${i}] === ${goal}[${i}]`)}) isHit = true;
    }
    ${actions.functions}
    return (index) => {
      isHit = false;
      ${source.load("index")}
      // A search that came to a state where an action throws saw the steps before that.
      try { ${actions.calls} } catch {}
      return isHit;
    };
  })()`);
}

interface Names {
  readonly s: string;
  readonly fired: string;
  readonly edgeMask: string;
  readonly stateMask: string;
  readonly listener: string;
  readonly edges: KernelOptions["edges"];
  /** Source of what puts the state that stands for the one in `w` in its place; empty if every state stands for itself. */
  readonly canonicalize: string;
}

/** The parts of the kernel's source that depend on the model. */
class KernelSource {
  readonly #unit: Unit;
  readonly #instance: Instance;
  readonly #names: Names;

  constructor(unit: Unit, instance: Instance, names: Names) {
    this.#unit = unit;
    this.#instance = instance;
    this.#names = names;
  }

  get s(): string {
    return this.#names.s;
  }

  get #words(): number {
    return this.#instance.words;
  }

  /** Functions that take all steps of a state, and calls of them. Several actions share one: see {@link TOGETHER}. */
  actions(isAudited: boolean): { functions: string; calls: string } {
    const groups = [""];
    for (const [index, transition] of this.#instance.transitions.entries()) {
      const text = `{ ${this.loops(transition, index, isAudited)} }\n`;
      if (groups.at(-1)!.length + text.length > TOGETHER) groups.push("");
      groups[groups.length - 1] += text;
    }
    const names = groups.map(() => this.#unit.fresh("take"));
    return {
      functions: groups.map((text, i) => `function ${names[i]}() { ${text} }`).join("\n"),
      calls: names.map((name) => `${name}();`).join(" "),
    };
  }

  /** Functions that take the steps of a stubborn set, and calls of them. */
  chosen(stubborn: StubbornSteps): { functions: string; calls: string } {
    const words = this.#words;
    const [steps, moves] = [this.#unit.bind(stubborn, "stubborn"), this.#unit.bind(stubborn.moves, "moves")];
    const actions = stubborn.moves.moves.map(({ action }) => action);
    const functions = `function takeChosen() {
      ${each(words, (i) => `${moves}.before[${i}] = ${this.s}[${i}];`)}
      ${steps}.list();
      const { chosen } = ${steps}, { found, after } = ${moves};
      for (let j = 0; j < chosen.length; j++) {
        const at = chosen[j] * ${words}, action = ${this.#unit.bind(actions, "actions")}[found[chosen[j]]];
        ${each(words, (i) => `w[${i}] = after[at + ${i}];`)}
        ${this.#step("action", "true", false)}
      }
    }`;
    return { functions, calls: "takeChosen();" };
  }

  /** Nested loops over a transition's parameters around a call of its body; index −1 is the choice of first states. */
  loops(transition: Instance["init"], index: number, isAudited: boolean): string {
    const body = this.#unit.bind(transition.body, "body");
    return choiceLoops(this.#unit, this.#instance, transition, this.s, (choice) =>
      this.#step(index, `${body}(draft, ${choice})`, isAudited),
    );
  }

  /** One call of a body and what follows from its answer. */
  #step(index: number | "action", call: string, isAudited: boolean): string {
    const { s, fired, edgeMask, listener, edges } = this.#names;
    const words = this.#words;
    const restore = each(words, (i) => `w[${i}] = ${s}[${i}];`);
    const changed = some(words, (i) => `w[${i}] !== ${s}[${i}]`);
    const wrote = `${listener}.breach(${index}, "${BROKEN.wrote}", ${s});`;
    if (index === -1)
      return `if (${call} !== false) { ${this.#again(index, call)} emitFirst(); ${restore} } else if (${changed}) ${wrote}`;
    const visible = Array.from(
      { length: words },
      (_, i) => `((w[${i}] ^ ${s}[${i}]) & ${edgeMask}[${i}])`,
    ).join(" | ");
    const report = {
      none: "",
      changes: `if ((${visible}) !== 0) ${listener}.edge(${index});`,
      all: `${listener}.edge(${index});`,
    }[edges];
    return `if (${call} !== false) {
      ${isAudited ? this.#again(index, call) : ""}
      ${fired}[${index}]++;
      if (${changed}) {
        ${report}
        emit();
        ${restore}
      } ${edges === "all" ? `else ${report}` : ""}
    } ${listener === "" ? "" : `else if (${changed}) ${wrote}`}`;
  }

  /** A second run of a body that was enabled: it must do the same. */
  #again(index: number | "action", call: string): string {
    const words = this.#words;
    const first = this.#unit.bind(new Int32Array(words), "first");
    const { listener } = this.#names;
    return `${each(words, (i) => `${first}[${i}] = w[${i}]; w[${i}] = ${this.s}[${i}];`)}
      const answer = ${call};
      ${answerSource("answer", (what) => `${listener}.breach(${index}, "${what}");`)}
      if (answer === false || ${some(words, (i) => `w[${i}] !== ${first}[${i}]`)}) {
        ${listener}.breach(${index}, "${BROKEN.differs}", ${first});
        ${each(words, (i) => `w[${i}] = ${first}[${i}];`)}
      }`;
  }

  /** Functions that send the state in `w` to be looked up, and a first state, which no parent can speak for. */
  emit(memory: Memory): string {
    const { s, stateMask, canonicalize } = this.#names;
    const words = this.#words;
    const { isTiny } = this.#instance;
    const keyWords = isTiny ? 1 : words;
    const mix = isTiny ? mixTiny(words) : mixExact(words);
    const relevant = Array.from(
      { length: words },
      (_, i) => `((w[${i}] ^ ${s}[${i}]) & ${stateMask}[${i}])`,
    ).join(" | ");
    const key = (i: number): string => (isTiny ? "rest" : `w[${i}]`);
    const passRecent = `
      const slot = tag >>> ${32 - Math.log2(RECENT)}, place = slot * ${keyWords};
      if (recentTags[slot] === tag && ${every(keyWords, (i) => `recent[place + ${i}] === ${key(i)}`)}) return;
      recentTags[slot] = tag;
      ${each(keyWords, (i) => `recent[place + ${i}] = ${key(i)};`)}`;
    // What is kept is compared with what was kept, since both may be asked about ids that were exchanged.
    return `function emit() {
      ${canonicalize === "" ? `${mix} ${passRecent}` : `{ ${mix} ${passRecent} } ${canonicalize} ${mix}`}
      ${sendSource(memory, words, isTiny, `(${relevant}) !== 0`)}
    }
    function emitFirst() {
      ${canonicalize}
      ${mix}
      ${sendSource(memory, words, isTiny, "true")}
    }`;
  }

  /** Appends the state of an entry of the mail, which `sender` came to, to the arena and returns its index, or −1 without room. */
  append(worker: number): string {
    const words = this.#words;
    const { listener } = this.#names;
    return `function append(e, sender) {
      const by = keepsApart ? sender : ${worker};
      if (used[by] === ${BLOCK}) {
        seal();
        blocks[by] = ${listener}.nextBlock();
        if (blocks[by] < 0) return -1;
        origin[blocks[by]] = by + 1;
        used[by] = 0;
      }
      const index = blocks[by] * ${BLOCK} + used[by]++;
      const to = index * ${words};
      ${readSource(this.#instance, "e", "arena", "to")}
      return index;
    }
    // Not with every state: the words of the workers' blocks stand side by side, and so would be fought over.
    function seal() { for (let by = 0; by < blocks.length; by++) if (blocks[by] >= 0) fill[blocks[by]] = used[by]; }
    function inform(e) {
      ${readSource(this.#instance, "e", "w", "0")}
      ${listener}.state();
    }`;
  }

  /** Takes state `index` from the arena into `before` and `w`. */
  load(index: string): string {
    const words = this.#words;
    return `const base = ${index} * ${words}; ${each(words, (i) => `${this.s}[${i}] = w[${i}] = arena[base + ${i}];`)}`;
  }
}

function canonicalizeSource(
  unit: Unit,
  instance: Instance,
  words: Int32Array,
  groups: readonly IdGroup[],
): string {
  if (groups.length === 0) return "";
  return `${unit.bind(new Canonicalizer(instance, words, groups).canonicalize, "canonicalize")}();`;
}
