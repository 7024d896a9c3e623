/**
 * The steps of a state, and what each reads and writes. Dependence is told of *moves*: an action with values for those of
 * its parameters whose values have numbers. Which bits a move can touch is not declared; it is observed, wherever it is
 * tried, and whoever relies on what was observed is told when a move does something new.
 */

import { type Instance, locate, type Transition } from "../model/instance.ts";
import type { Domain, Numbering } from "../schema/received.ts";
import type { Address, Position } from "../schema/type.ts";
import { Unit } from "../schema/unit.ts";
import { answerSource, BROKEN, breachSource } from "./contract.ts";
import { each, some } from "./word-source.ts";
import { offHeap } from "./words.ts";

/** Bits of the state, `words` words for each move. */
export interface Footprints {
  readonly read: Int32Array;
  /** Bits written, whether or not that changed them. */
  readonly wrote: Int32Array;
  /** Bits set by adding to a set of which nothing was read. */
  readonly added: Int32Array;
}

/** A move as it is before it was ever tried. */
export interface Move {
  /** Index of the instance's transition. */
  readonly action: number;
  /** Bits that must be set, one for each parameter drawn from a set; without all of them nothing else is looked at. */
  readonly needs: readonly Position[];
  /** Whether it stands for several steps that cannot be told apart beforehand. */
  readonly isSeveral: boolean;
  /** Bits of sets and channels that its other parameters are drawn from. */
  readonly draws: Int32Array;
  /** Whether it is enabled, but for what it needs, if it is one step: runs the action's body, which writes to `draft`. */
  isEnabled(draft: unknown): boolean;
}

/** Choices of one action that are told apart; an action that has more is one move. */
const MOST_CHOICES = 1024;
const FIRST_CAPACITY = 64;

type Numbered = { readonly name: string; readonly numbering: Numbering<unknown>; readonly address: Address };

export class Moves {
  readonly moves: readonly Move[];
  /** What the moves were seen to touch, ever. */
  readonly footprints: Footprints;
  /** Whether some move touched a bit that it had never touched before; cleared by whoever asks. */
  isSurprised = false;
  /** The state in hand. Write it, then call {@link list}. */
  readonly before: Int32Array;
  /** How many steps were found that change the state; of each its move, and the state it leads to. */
  count = 0;
  readonly found: number[] = [];
  after: Int32Array;
  /** How many steps by each action changed nothing. */
  idle: Float64Array;
  /** Tries every move. */
  readonly list: () => void;
  /** Looks whether bodies left the arrays of the draft alone.  @throws TypeError */
  readonly audit: () => void;
  readonly #words: number;

  constructor(instance: Instance, known?: Footprints) {
    const { words, transitions } = instance;
    this.#words = words;
    this.idle = new Float64Array(transitions.length);
    this.before = offHeap(words);
    this.after = new Int32Array(FIRST_CAPACITY * words);
    const shapes = transitions.map((transition) => shapeOf(instance, transition));
    this.moves = shapes.flatMap((shape, action) => movesOf(instance, action, shape));
    const size = this.moves.length * words;
    this.footprints = {
      read: Int32Array.from(known?.read ?? new Int32Array(size)),
      wrote: Int32Array.from(known?.wrote ?? new Int32Array(size)),
      added: Int32Array.from(known?.added ?? new Int32Array(size)),
    };
    const [read, wrote, added] = [offHeap(words), offHeap(words), offHeap(words)];
    const unit = new Unit(offHeap(words), { read, written: { wrote, added } });
    this.audit = unit.checkGuarded;
    const draft = instance.root.accessor(unit);
    const address = unit.bind(instance.address as object, "address");
    const before = unit.bind(this.before, "before");
    const self = unit.bind(this, "moves");
    const complain = breachSource(unit, instance);
    const footprints = unit.bind(this.footprints, "footprints");
    const restore = each(words, (i) => `w[${i}] = ${before}[${i}];`);
    const changed = some(words, (i) => `w[${i}] !== ${before}[${i}]`);
    const forget = each(words, (i) => `read[${i}] = wrote[${i}] = added[${i}] = 0;`);
    const isNew = ["read", "wrote", "added"]
      .map((notes) => some(words, (i) => `(${notes}[${i}] & ~known_${notes}[at + ${i}]) !== 0`))
      .join(" || ");
    let first = 0;
    const actions = transitions.map((transition, action) => {
      const source = actionSource(
        unit,
        before,
        transition,
        shapes[action]!,
        first,
        (answer) => `{
          const answer = ${answer};
          ${answerSource("answer", (what) => complain(action, what))}
          if (answer !== false) {
            if (${changed}) { keep(move); ${restore} } else ${self}.idle[${action}]++;
          } else if (${changed}) ${complain(action, BROKEN.wrote, before)}
        }`,
      );
      first = source.end;
      return source;
    });
    this.list = unit.evaluate(`(() => {
      const draft = ${draft}("", ${address});
      const { read: known_read, wrote: known_wrote, added: known_added } = ${footprints};
      function keep(move) {
        const count = ${self}.count;
        if ((count + 1) * ${words} > ${self}.after.length) ${self}.grow();
        ${self}.found[count] = move;
        const after = ${self}.after, at = count * ${words};
        ${each(words, (i) => `after[at + ${i}] = w[${i}];`)}
        ${self}.count = count + 1;
      }
      function settle(move) {
        const at = move * ${words};
        if (${isNew}) ${self}.learn(move, read, wrote, added);
        ${forget}
      }
      function unwritten(answer) { ${unit.unwritten(before)} return answer; }
      ${actions.map(({ functions }) => functions).join("\n")}
      return () => {
        ${self}.count = 0;
        ${restore} ${forget}
        ${actions.map(({ list }) => `${list}();`).join(" ")}
      };
    })()`);
  }

  /** Makes room for more steps; called by generated code. */
  grow(): void {
    const { after } = this;
    this.after = new Int32Array(after.length * 2);
    this.after.set(after);
  }

  /** Notes what a move touched; called by generated code. */
  learn(move: number, read: Int32Array, wrote: Int32Array, added: Int32Array): void {
    this.isSurprised = true;
    for (let i = 0; i < this.#words; i++) {
      const at = move * this.#words + i;
      this.footprints.read[at]! |= read[i]!;
      this.footprints.wrote[at]! |= wrote[i]!;
      this.footprints.added[at]! |= added[i]!;
    }
  }
}

interface Shape {
  /** Parameters whose values have numbers. */
  readonly numbered: readonly Numbered[];
  /** The others. */
  readonly drawn: readonly {
    readonly name: string;
    readonly domain: Domain<unknown>;
    readonly address: Address;
  }[];
}

function shapeOf(instance: Instance, { parameters }: Transition): Shape {
  const placed = parameters.map(([name, domain]) => ({
    name,
    domain,
    address: domain.within === undefined ? [] : locate(instance, domain.within)!,
  }));
  let choices = 1;
  const numbered: Numbered[] = [];
  const drawn: (typeof placed)[number][] = [];
  for (const parameter of placed) {
    const { name, address, domain } = parameter;
    const { numbering } = domain;
    if (numbering === undefined || choices * numbering.count > MOST_CHOICES) {
      drawn.push(parameter);
    } else {
      choices *= numbering.count;
      numbered.push({ name, numbering, address });
    }
  }
  return { numbered, drawn };
}

/** The moves of one action, in the order of their numbers. */
function movesOf({ words, transitions }: Instance, action: number, { numbered, drawn }: Shape): Move[] {
  const draws = new Int32Array(words);
  for (const { domain, address } of drawn) domain.within?.mark(draws, address);
  const { body } = transitions[action]!;
  let values: number[][] = [[]];
  for (const { numbering } of numbered) {
    const all = Array.from({ length: numbering.count }, (_, number) => number);
    values = values.flatMap((before) => all.map((number) => [...before, number]));
  }
  return values.map((numbers) => {
    const given = numbered.map((parameter, i) => ({ ...parameter, number: numbers[i]! }));
    const choice = Object.fromEntries(
      given.map(({ name, numbering, number }) => [name, numbering.value(number)]),
    );
    return {
      action,
      needs: given.flatMap(({ numbering, address, number }) => numbering.bit?.(address, number) ?? []),
      isSeveral: drawn.length > 0,
      draws,
      isEnabled: (draft) =>
        given.every(({ name, numbering }) => numbering.passes?.(draft, choice[name]) ?? true) &&
        body(draft, choice) !== false,
    };
  });
}

/**
 * Functions that try all moves of an action, numbered from `first` on; `settle(move)` is called after each. `visit` makes
 * of the source of the body's answer, `false` if a parameter's values do not pass, what is to be done with it.
 */
function actionSource(
  unit: Unit,
  words: string,
  transition: Transition,
  { numbered, drawn }: Shape,
  first: number,
  visit: (answer: string) => string,
): { functions: string; list: string; end: number } {
  const choice = unit.bind(
    Object.fromEntries(transition.parameters.map(([name]) => [name, undefined])),
    "choice",
  );
  const placeOf = (name: string): string => `${choice}[${JSON.stringify(name)}]`;
  const tests = numbered.flatMap(({ name, numbering: { passes } }) =>
    passes === undefined ? [] : [`unwritten(${unit.bind(passes, "passes")}(draft, ${placeOf(name)}))`],
  );
  const call = `${unit.bind(transition.body, "body")}(draft, ${choice})`;
  const answer = tests.length === 0 ? call : `${tests.join(" && ")} ? ${call} : false`;
  const drawing = drawn.reduceRight(
    (inner, { name, domain, address }) =>
      domain.loopSource(unit, words, address, (_, value) => `${placeOf(name)} = ${value}; ${inner}`),
    visit(answer),
  );
  const [one, list] = [unit.fresh(`one_${transition.name}`), unit.fresh(`list_${transition.name}`)];
  const number = numbered.reduce((sum, { numbering: { count } }, i) => `(${sum}) * ${count} + n${i}`, "0");
  let weight = 1;
  let loops = `${one}(${number} + ${first});`;
  for (const [i, { name, numbering, address }] of [...numbered.entries()].toReversed()) {
    const { count } = numbering;
    const values = unit.bind(
      Array.from({ length: count }, (_, n) => numbering.value(n)),
      "values",
    );
    loops = `for (let n${i} = 0; n${i} < ${count}; n${i}++) {
      ${numbering.bit ? needSource(unit, words, numbering, address, `n${i}`) : ""}
      ${placeOf(name)} = ${values}[n${i}];
      ${loops}
    }`;
    weight *= count;
  }
  const functions = `
    function ${one}(move) { ${drawing} settle(move); }
    function ${list}() { ${loops} }`;
  return { functions, list, end: first + weight };
}

/** Source that goes on to the next value where the one with `number` is not there. */
function needSource(
  unit: Unit,
  words: string,
  { count, bit }: Numbering<unknown>,
  address: Address,
  number: string,
): string {
  const bits = Array.from({ length: count }, (_, i) => bit!(address, i));
  const word = unit.bind(
    Int32Array.from(bits, ({ word }) => word),
    "word",
  );
  const shift = unit.bind(
    Int32Array.from(bits, ({ shift }) => shift),
    "shift",
  );
  return `if (((${words}[${word}[${number}]] >>> ${shift}[${number}]) & 1) === 0) continue;`;
}
