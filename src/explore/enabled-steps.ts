/** All steps that are enabled in a packed state, each with the state it leads to: for all but the search itself. */

import type { Instance } from "../model/instance.ts";
import { Unit } from "../schema/unit.ts";
import { choiceLoops } from "./choice-loops.ts";
import { answerSource, BROKEN, breach, breachSource } from "./contract.ts";
import { each, some } from "./word-source.ts";
import { offHeap } from "./words.ts";

/** An action with the values of its parameters: what a step is called, whatever state it is taken in. */
export interface NamedStep {
  /** Index of the instance's transition. */
  readonly action: number;
  readonly choice: Choice;
}

/** A step out of a state: the index of its transition, and where it leads. */
export interface Successor {
  readonly action: number;
  readonly after: Int32Array;
}

type Choice = { readonly [parameter: string]: unknown };

const FIRST_CAPACITY = 64;

export class EnabledSteps {
  /** The state in hand. Write it, then call {@link list}. */
  readonly before: Int32Array;
  /** How many steps there are. */
  count = 0;
  /** The action of each step. Steps are in the order of actions, then of choices. */
  actions = new Int32Array(FIRST_CAPACITY);
  /** The state each step leads to, one after another. */
  after: Int32Array;
  readonly #instance: Instance;
  readonly #words: number;
  /** Lists the steps of all actions. */
  readonly #list: () => void;
  /** Calls back for each enabled step of one action; the state it leads to is in `#draft`. */
  readonly #eachOf: readonly ((visit: (choice: Choice) => void) => void)[];
  readonly #draft: Int32Array;
  /** Looks whether bodies left the arrays of the draft alone.  @throws TypeError */
  readonly audit: () => void;

  constructor(instance: Instance) {
    const { words, transitions } = instance;
    this.#words = words;
    this.#instance = instance;
    this.before = offHeap(words);
    this.after = new Int32Array(FIRST_CAPACITY * words);
    this.#draft = offHeap(words);
    const unit = new Unit(this.#draft);
    this.audit = unit.checkGuarded;
    const draft = instance.root.accessor(unit);
    const address = unit.bind(instance.address as object, "address");
    const before = unit.bind(this.before, "before");
    const steps = unit.bind(this, "steps");
    const complain = breachSource(unit, instance);
    const restore = each(words, (i) => `w[${i}] = ${before}[${i}];`);
    const changed = some(words, (i) => `w[${i}] !== ${before}[${i}]`);
    const loops = (action: number, visit: (choice: string) => string): string =>
      choiceLoops(
        unit,
        instance,
        transitions[action]!,
        before,
        (choice) => `{
          const answer = ${unit.bind(transitions[action]!.body, "body")}(draft, ${choice});
          ${answerSource("answer", (what) => complain(action, what))}
          if (answer !== false) {
            ${visit(choice)}
            ${restore}
          } else if (${changed}) ${complain(action, BROKEN.wrote, before)}
        }`,
      );
    const [list, eachOf] = unit.evaluate<
      [() => void, ((visit: (choice: Choice) => void) => void)[]]
    >(`(() => {
      const draft = ${draft}("", ${address});
      function add(action) {
        const count = ${steps}.count;
        if (count === ${steps}.actions.length) ${steps}.grow();
        ${steps}.actions[count] = action;
        const after = ${steps}.after, at = count * ${words};
        ${each(words, (i) => `after[at + ${i}] = w[${i}];`)}
        ${steps}.count = count + 1;
      }
      ${transitions.map((_, i) => `function list${i}() { ${loops(i, () => `add(${i});`)} }`).join("\n")}
      ${transitions.map((_, i) => `function each${i}(visit) { ${restore} ${loops(i, (choice) => `visit(${choice});`)} }`).join("\n")}
      return [
        () => { ${restore} ${transitions.map((_, i) => `list${i}();`).join(" ")} },
        [${transitions.map((_, i) => `each${i}`).join(", ")}],
      ];
    })()`);
    this.#list = list;
    this.#eachOf = eachOf;
  }

  /**
   * Finds the steps of the state in {@link before}, those that change nothing included. Where an action throws, those before
   * it are found, which are what a search sees too.
   * @throws what an action throws, and Breach if one does not keep its contract
   */
  list(): void {
    this.count = 0;
    this.#list();
  }

  /** Finds the same steps once more, if bodies are functions of the state.  @throws Breach if they are not */
  listAgain(): void {
    const [words, count] = [this.#words, this.count];
    const [actions, after] = [this.actions.slice(0, count), this.after.slice(0, count * words)];
    this.count = 0;
    this.#list();
    for (let step = 0; step < Math.max(count, this.count); step++) {
      const was = step < count ? actions[step]! : Infinity;
      const is = step < this.count ? this.actions[step]! : Infinity;
      const [before, now] = [after, this.after].map((all) => all.subarray(step * words, (step + 1) * words));
      if (was !== is) breach(this.#instance, Math.min(was, is), BROKEN.differs);
      if (before!.some((word, i) => word !== now![i]))
        breach(this.#instance, was, BROKEN.differs, before, now);
    }
  }

  /** The steps found, each by itself. */
  get found(): Successor[] {
    const words = this.#words;
    return Array.from({ length: this.count }, (_, step) => ({
      action: this.actions[step]!,
      after: this.after.slice(step * words, (step + 1) * words),
    }));
  }

  /** The steps of `state`.  @throws as {@link list} does */
  of(state: Int32Array): Successor[] {
    this.before.set(state);
    this.list();
    return this.found;
  }

  /** Makes room for more steps; called by generated code. */
  grow(): void {
    const [{ actions, after }, capacity] = [this, this.actions.length * 2];
    this.actions = new Int32Array(capacity);
    this.actions.set(actions);
    this.after = new Int32Array(capacity * this.#words);
    this.after.set(after);
  }

  /** Whether a step changes the state. */
  changes(step: number): boolean {
    for (let i = 0; i < this.#words; i++) {
      if (this.after[step * this.#words + i] !== this.before[i]) return true;
    }
    return false;
  }

  /** The listed step that is called so; −1 where it is not enabled. */
  find({ action, choice }: NamedStep): number {
    return this.#search(action, (other) => (this.#likeness(action, choice, other) === 1 ? 1 : 0));
  }

  /** The listed step by the same action that changes the state and has most of its choices; −1 where there is none. */
  findLike({ action, choice }: NamedStep): number {
    return this.#search(action, (other, step) =>
      this.changes(step) ? 1 + this.#likeness(action, choice, other) : 0,
    );
  }

  /** The first step by an action with the highest score above 0; −1 without one. */
  #search(action: number, score: (choice: Choice, step: number) => number): number {
    let step = 0;
    while (step < this.count && this.actions[step]! < action) step++;
    let [best, found] = [0, -1];
    this.#eachOf[action]!((choice) => {
      const reached = score(choice, step);
      if (reached > best) [best, found] = [reached, step];
      step++;
    });
    return found;
  }

  /** The name of the first step by `action` from the state in {@link before} to `after`.  @throws RangeError without one */
  nameOf(action: number, after: Int32Array): NamedStep {
    let name: NamedStep | undefined;
    this.#eachOf[action]!((choice) => {
      if (name === undefined && after.every((word, i) => word === this.#draft[i]))
        name = { action, choice: { ...choice } };
    });
    if (name === undefined)
      throw new RangeError(`${this.#instance.transitions[action]!.name} ${BROKEN.differs}`);
    return name;
  }

  /** Which part of an action's parameters are the same in two choices. */
  #likeness(action: number, a: Choice, b: Choice): number {
    const { parameters } = this.#instance.transitions[action]!;
    const same = parameters.filter(([name, domain]) => {
      const [x, y] = [a[name], b[name]];
      return x === y || (typeof x === "object" && domain.print(x) === domain.print(y));
    });
    return parameters.length === 0 ? 1 : same.length / parameters.length;
  }
}
