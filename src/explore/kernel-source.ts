/** The sources of taking a state's steps: loops around the bodies of actions, and what follows from each answer. */

import type { Instance } from "../model/instance.ts";
import type { Unit } from "../schema/unit.ts";
import { choiceLoops } from "./choice-loops.ts";
import { answerSource, BROKEN } from "./contract.ts";
import { mixExact, mixTiny, readSource } from "./lookup-source.ts";
import { sendSource } from "./mail-source.ts";
import { BLOCK, type Memory } from "./memory.ts";
import type { StubbornSteps } from "./stubborn.ts";
import { Canonicalizer, type IdGroup } from "./symmetry.ts";
import { each, every, some } from "./word-source.ts";

/**
 * Successors that are remembered to have been looked up: steps of different nodes often meet again soon. Of tiny ones four
 * times as many, which stay in a core's own cache.
 */
const RECENT = 8192;

/**
 * Characters of source, their bodies among them, that one function has for the steps of several actions. Small ones are
 * faster together; but what is large takes the engine long to compile, and is slow until then.
 */
const TOGETHER = 2500;

/** Which steps to report: none, those that change a bit of `Kernel.edgeMask`, or all. */
export type Edges = "none" | "changes" | "all";

/** The names in the generated code of what it works on. */
interface Names {
  readonly s: string;
  readonly fired: string;
  readonly edgeMask: string;
  readonly stateMask: string;
  readonly listener: string;
  readonly edges: Edges;
  /** Source of what puts the state that stands for the one in `w` in its place; empty if every state stands for itself. */
  readonly canonicalize: string;
}

/** The parts of the kernel's source that depend on the model. */
export class KernelSource {
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
    const groups: string[] = [];
    let size = Infinity;
    for (const [index, transition] of this.#instance.transitions.entries()) {
      const text = `{ ${this.loops(transition, index, isAudited)} }\n`;
      const own = text.length + transition.body.toString().length;
      size += own;
      if (size > TOGETHER) {
        groups.push("");
        size = own;
      }
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
      return `if (${call} !== false) { ${this.#again(index, call)} ${listener}.taken(-1); emitFirst(); ${restore} } else if (${changed}) ${wrote}`;
    const report = {
      none: "",
      changes: `if (${this.#differsUnder(edgeMask)}) ${listener}.edge(${index});`,
      all: `${listener}.edge(${index});`,
    }[edges];
    return `if (${call} !== false) {
      ${isAudited ? `${this.#again(index, call)} ${listener}.taken(${index});` : ""}
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

  /** Source of whether the state in `w` differs from the one that the step is taken from in a bit of `mask`. */
  #differsUnder(mask: string): string {
    const bits = Array.from(
      { length: this.#words },
      (_, i) => `((w[${i}] ^ ${this.s}[${i}]) & ${mask}[${i}])`,
    );
    return `(${bits.join(" | ")}) !== 0`;
  }

  /** Functions that send the state in `w` to be looked up, and a first state, which no parent can speak for. */
  emit(memory: Memory): string {
    const { stateMask, canonicalize } = this.#names;
    const words = this.#words;
    const { isTiny } = this.#instance;
    const keyWords = isTiny ? 1 : words;
    const mix = isTiny ? mixTiny(words) : mixExact(words);
    const key = (i: number): string => (isTiny ? "rest" : `w[${i}]`);
    const recent = isTiny ? 4 * RECENT : RECENT;
    const passRecent = `
      const slot = tag >>> ${32 - Math.log2(recent)}, place = slot * ${keyWords};
      if (recentTags[slot] === tag && ${every(keyWords, (i) => `recent[place + ${i}] === ${key(i)}`)}) return;
      recentTags[slot] = tag;
      ${each(keyWords, (i) => `recent[place + ${i}] = ${key(i)};`)}`;
    // What is kept is compared with what was kept, since both may be asked about ids that were exchanged.
    return `const recentTags = new Int32Array(${recent}), recent = new Int32Array(${recent * keyWords});
    function emit() {
      ${canonicalize === "" ? `${mix} ${passRecent}` : `{ ${mix} ${passRecent} } ${canonicalize} ${mix}`}
      ${sendSource(memory, words, isTiny, this.#differsUnder(stateMask))}
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

/** Source that puts the state that stands for the one in `words` in its place; empty without ids to exchange. */
export function canonicalizeSource(
  unit: Unit,
  instance: Instance,
  words: Int32Array,
  groups: readonly IdGroup[],
): string {
  if (groups.length === 0) return "";
  return `${unit.bind(new Canonicalizer(instance, words, groups).canonicalize, "canonicalize")}();`;
}
