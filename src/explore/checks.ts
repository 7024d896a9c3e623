/** Asks the properties of a run about the states and steps that the search comes across, and keeps what it finds. */

import { compareStates, type Instance } from "../model/instance.ts";
import {
  type Always,
  explanationOf,
  isWitness,
  type Property,
  type Refines,
  type Sometimes,
  type Specification,
  type Step,
} from "../model/property.ts";
import type { Activity } from "./activity.ts";
import { Interner } from "./interner.ts";
import { MOST_BYTES, PairMemo, StateMemo } from "./memo.ts";
import { type Ask, type Question, Questions } from "./questions.ts";

/** A state or step that a property speaks of, packed. A step also has the state it leads to and its action. */
export interface Finding {
  readonly property: string;
  readonly depth: number;
  readonly state: Int32Array;
  readonly step: { readonly action: number; readonly after: Int32Array } | undefined;
}

/** What the properties have found so far, in a form that can be sent between threads. */
export interface Findings {
  /** The least violation of each violated property. */
  readonly violations: readonly Finding[];
  /** The least first witness of each `sometimes` property, and of each event as `property/event`. */
  readonly witnesses: readonly Finding[];
  /** How many steps showed each event. */
  readonly events: { readonly [event: string]: number };
}

/** Bits that properties have read. */
interface Masks {
  /** What those of states read, and what those of steps do; the kernel's. */
  readonly stateMask: Int32Array;
  readonly edgeMask: Int32Array;
  /** What all read whose answer at one state says nothing about later ones, where that is asked for. */
  readonly passing?: Int32Array;
}

/** Keeps answers. */
interface Keeping {
  /** Gives up what was kept only so as not to ask again. */
  forget(): void;
}

/** Asks about single states. */
interface StateCheck extends Keeping {
  state(state: Int32Array, depth: number): void;
}

/** Asks about steps. */
interface EdgeCheck extends Keeping {
  /** Called before the steps of a state are reported. */
  source(state: Int32Array): void;
  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void;
}

export class Checks {
  readonly #states: StateCheck[] = [];
  readonly #edges: EdgeCheck[] = [];
  readonly #violations = new Map<string, Finding>();
  readonly #witnesses = new Map<string, Finding>();
  readonly #events = new Map<string, number>();
  readonly #masks: Masks;
  readonly #questions: Questions;

  /** What the properties read is added to the masks as soon as they read it. */
  constructor(instance: Instance, names: readonly string[], masks: Masks, activity: Activity) {
    this.#masks = masks;
    this.#questions = new Questions(activity);
    for (const [index, [name, property]] of instance.properties.entries()) {
      if (names.includes(name)) this.#add(instance, name, property, this.#questions.to(name, index));
    }
  }

  /** What a property was asked when it threw: what is to blame for an error. */
  get openQuestion(): Question | undefined {
    return this.#questions.open;
  }

  /** How many steps showed each event. */
  get events(): Findings["events"] {
    return Object.fromEntries(this.#events);
  }

  get findings(): Findings {
    return {
      violations: [...this.#violations.values()],
      witnesses: [...this.#witnesses.values()],
      events: this.events,
    };
  }

  get hasViolation(): boolean {
    return this.#violations.size > 0;
  }

  get hasWitness(): boolean {
    return this.#witnesses.size > 0;
  }

  /** Forgets violations and witnesses, but not how often events were seen. */
  clear(): void {
    this.#violations.clear();
    this.#witnesses.clear();
  }

  get asksAboutSteps(): boolean {
    return this.#edges.length > 0;
  }

  state(state: Int32Array, depth: number): void {
    for (const check of this.#states) check.state(state, depth);
  }

  source(state: Int32Array): void {
    for (const check of this.#edges) check.source(state);
  }

  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void {
    for (const check of this.#edges) check.edge(action, before, after, depth);
  }

  /** Gives up all answers that were kept only so as not to ask again. Not in the middle of the steps of a state. */
  forget(): void {
    for (const check of [...this.#states, ...this.#edges]) check.forget();
  }

  #add(instance: Instance, name: string, property: Property<unknown>, ask: Ask): void {
    const violated = (finding: Omit<Finding, "property">): void =>
      keep(instance, this.#violations, { property: name, ...finding });
    const witnessed = (key: string, finding: Omit<Finding, "property">): void =>
      keep(instance, this.#witnesses, { property: key, ...finding });
    const { stateMask, edgeMask } = this.#masks;
    const passing = this.#masks.passing ? [this.#masks.passing] : [];
    switch (property.kind) {
      case "always": {
        const masks = property.isStable ? [stateMask] : [stateMask, ...passing];
        for (let part = 0; part < property.parts; part++) {
          this.#states.push(always(instance, property, part, masks, ask, violated));
        }
        break;
      }
      case "sometimes":
        this.#states.push(
          sometimes(instance, property, [stateMask, ...passing], ask, (finding) => witnessed(name, finding)),
        );
        break;
      case "step":
        this.#edges.push(step(instance, property, ask, violated));
        break;
      case "refines": {
        const seen: Seen = (event, finding) => {
          this.#events.set(event, (this.#events.get(event) ?? 0) + 1);
          if (finding !== undefined) witnessed(`${name}/${event}`, finding);
        };
        const refinement = new Refinement(instance, property, [edgeMask, ...passing], {
          ask,
          violated,
          seen,
        });
        this.#edges.push(refinement);
        this.#states.push({ state: (state, depth) => refinement.initial(state, depth), forget() {} });
        break;
      }
      default:
        property satisfies never;
    }
  }
}

type Found = (finding: Omit<Finding, "property">) => void;
/** Told of each event, with the step where it may be the first. */
type Seen = (event: string, finding: Omit<Finding, "property"> | undefined) => void;

function always(
  instance: Instance,
  property: Always<unknown>,
  part: number,
  masks: readonly Int32Array[],
  ask: Ask,
  violated: Found,
): StateCheck {
  const test = (draft: unknown, words: Int32Array): boolean =>
    ask(() => property.test(draft, part) === true, words);
  const memo = new StateMemo(instance, test, masks);
  return {
    state(state, depth) {
      if (!memo.answer(state)) violated({ depth, state: state.slice(), step: undefined });
    },
    forget: () => memo.forget(),
  };
}

function sometimes(
  instance: Instance,
  property: Sometimes<unknown>,
  masks: readonly Int32Array[],
  ask: Ask,
  witnessed: Found,
): StateCheck {
  const test = (draft: unknown, words: Int32Array): boolean => ask(() => isWitness(property, draft), words);
  const memo = new StateMemo(instance, test, masks);
  let firstDepth = Infinity;
  return {
    state(state, depth) {
      if (depth > firstDepth || !memo.answer(state)) return;
      firstDepth = depth;
      witnessed({ depth, state: state.slice(), step: undefined });
    },
    forget: () => memo.forget(),
  };
}

function step(instance: Instance, property: Step<unknown>, ask: Ask, violated: Found): EdgeCheck {
  const memo = new PairMemo(instance, (before, after, beforeWords, afterWords) =>
    ask(() => property.test(before, after) === true, beforeWords, afterWords),
  );
  return {
    source() {},
    edge(action, before, after, depth) {
      if (memo.answer(before, after)) return;
      violated({ depth, state: before.slice(), step: { action, after: after.slice() } });
    },
    forget: () => memo.forget(),
  };
}

/** What a specification says of a pair of views: the events, `undefined` where it has no explanation. */
type Verdict = readonly string[] | undefined;
const STUTTER: Verdict = [];

class Refinement implements EdgeCheck {
  readonly #views: StateMemo<unknown>;
  readonly #specification: Specification<unknown>;
  readonly #ask: Ask;
  readonly #violated: Found;
  readonly #seen: Seen;
  #pairs = new Interner(2);
  readonly #pair = new Int32Array(2);
  #verdicts: Verdict[] = [];
  readonly #firstDepth = new Map<string, number>();
  #sourceClass = 0;
  #growths = 0;

  constructor(
    instance: Instance,
    { specification, view }: Refines<unknown, unknown>,
    masks: readonly Int32Array[],
    { ask, violated, seen }: { ask: Ask; violated: Found; seen: Seen },
  ) {
    this.#views = new StateMemo(instance, (draft, words) => ask(() => view(draft), words), masks);
    this.#specification = specification;
    this.#ask = ask;
    this.#violated = violated;
    this.#seen = seen;
  }

  initial(state: Int32Array, depth: number): void {
    if (depth > 0) return;
    const view = this.#views.answer(state);
    const ask = (): string | undefined =>
      this.#specification.initial(view) ?? this.#specification.invariant?.(view);
    const wrong = this.#ask(ask, state);
    if (wrong !== undefined) this.#violated({ depth, state: state.slice(), step: undefined });
  }

  forget(): void {
    this.#views.forget();
  }

  source(state: Int32Array): void {
    this.#sourceClass = this.#views.classOf(state);
    this.#noticeGrowth();
  }

  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void {
    const afterClass = this.#views.classOf(after);
    if (this.#noticeGrowth()) {
      this.source(before);
      this.edge(action, before, after, depth);
      return;
    }
    if (afterClass === this.#sourceClass) return;
    const verdict = this.#judge(before, after, afterClass);
    const finding = (): Omit<Finding, "property"> => ({
      depth,
      state: before.slice(),
      step: { action, after: after.slice() },
    });
    if (verdict === undefined) this.#violated(finding());
    else for (const event of verdict) this.#event(event, depth, finding);
  }

  #event(event: string, depth: number, finding: () => Omit<Finding, "property">): void {
    const isFirst = depth <= (this.#firstDepth.get(event) ?? Infinity);
    if (isFirst) this.#firstDepth.set(event, depth);
    this.#seen(event, isFirst ? finding() : undefined);
  }

  #judge(before: Int32Array, after: Int32Array, afterClass: number): Verdict {
    if (this.#pairs.bytes > MOST_BYTES) this.#forgetPairs();
    this.#pair[0] = this.#sourceClass;
    this.#pair[1] = afterClass;
    const known = this.#pairs.size;
    const id = this.#pairs.intern(this.#pair);
    if (id === known) {
      const [was, is] = [this.#views.answer(before), this.#views.answer(after)];
      this.#verdicts[id] = this.#ask(() => this.#explain(was, is), before, after);
    }
    return this.#verdicts[id];
  }

  #explain(before: unknown, after: unknown): Verdict {
    if (this.#specification.invariant?.(after) !== undefined) return undefined;
    if (JSON.stringify(before) === JSON.stringify(after)) return STUTTER;
    const explanation = explanationOf(this.#specification, before, after);
    return "events" in explanation ? explanation.events : undefined;
  }

  /** Classes are numbered anew when the view reads more than before. */
  #noticeGrowth(): boolean {
    const grew = this.#growths !== this.#views.growths;
    if (grew) {
      this.#growths = this.#views.growths;
      this.#forgetPairs();
    }
    return grew;
  }

  #forgetPairs(): void {
    this.#pairs = new Interner(2);
    this.#verdicts = [];
  }
}

function keep(instance: Instance, findings: Map<string, Finding>, finding: Finding): void {
  const known = findings.get(finding.property);
  if (known === undefined || compareFindings(instance, finding, known) < 0)
    findings.set(finding.property, finding);
}

/** The order in which one of several findings is chosen, whichever worker came upon it: depth, action, then states. */
export function compareFindings(instance: Instance, a: Finding, b: Finding): number {
  return (
    a.depth - b.depth ||
    (a.step?.action ?? -1) - (b.step?.action ?? -1) ||
    compareStates(instance, a.state, b.state) ||
    (a.step && b.step ? compareStates(instance, a.step.after, b.step.after) : 0)
  );
}

/** The least finding of each property. */
export function leastFindings(instance: Instance, findings: readonly Finding[]): Finding[] {
  const least = new Map<string, Finding>();
  for (const finding of findings) keep(instance, least, finding);
  return [...least.values()];
}
