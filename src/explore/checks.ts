/** Asks the properties of a run about the states and steps that the search comes across, and keeps what it finds. */

import { compareStates, type Instance } from "../model/instance.ts";
import type { Always, Property, Refines, Sometimes, Specification, Step } from "../model/property.ts";
import { Interner } from "./interner.ts";
import { PairMemo, StateMemo } from "./memo.ts";

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

/** Asks about single states. */
interface StateCheck {
  state(state: Int32Array, depth: number): void;
}

/** Asks about steps. */
interface EdgeCheck {
  /** Called before the steps of a state are reported. */
  source(state: Int32Array): void;
  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void;
}

export class Checks {
  /** With the names of the properties. */
  readonly #states: (readonly [string, StateCheck])[] = [];
  readonly #edges: (readonly [string, EdgeCheck])[] = [];
  readonly #violations = new Map<string, Finding>();
  readonly #witnesses = new Map<string, Finding>();
  readonly #events = new Map<string, number>();
  readonly #stateMask: Int32Array;
  readonly #edgeMask: Int32Array;
  /** The property being asked: what is to blame for an error. */
  asking: string | undefined;

  /** The masks are the kernel's: what the properties read is added to them as soon as they read it. */
  constructor(instance: Instance, names: readonly string[], stateMask: Int32Array, edgeMask: Int32Array) {
    this.#stateMask = stateMask;
    this.#edgeMask = edgeMask;
    const chosen = instance.properties.filter(([name]) => names.includes(name));
    for (const [name, property] of chosen) this.#add(instance, name, property);
  }

  get findings(): Findings {
    return {
      violations: [...this.#violations.values()],
      witnesses: [...this.#witnesses.values()],
      events: Object.fromEntries(this.#events),
    };
  }

  get hasViolation(): boolean {
    return this.#violations.size > 0;
  }

  get asksAboutSteps(): boolean {
    return this.#edges.length > 0;
  }

  state(state: Int32Array, depth: number): void {
    for (const [property, check] of this.#states) {
      this.asking = property;
      check.state(state, depth);
    }
    this.asking = undefined;
  }

  source(state: Int32Array): void {
    for (const [property, check] of this.#edges) {
      this.asking = property;
      check.source(state);
    }
    this.asking = undefined;
  }

  edge(action: number, before: Int32Array, after: Int32Array, depth: number): void {
    for (const [property, check] of this.#edges) {
      this.asking = property;
      check.edge(action, before, after, depth);
    }
    this.asking = undefined;
  }

  #add(instance: Instance, name: string, property: Property<unknown>): void {
    const violated = (finding: Omit<Finding, "property">): void =>
      keep(instance, this.#violations, { property: name, ...finding });
    const witnessed = (key: string, finding: Omit<Finding, "property">): void =>
      keep(instance, this.#witnesses, { property: key, ...finding });
    switch (property.kind) {
      case "always":
        for (let part = 0; part < property.parts; part++) {
          this.#states.push([name, always(instance, property, part, this.#stateMask, violated)]);
        }
        break;
      case "sometimes":
        this.#states.push([
          name,
          sometimes(instance, property, this.#stateMask, (finding) => witnessed(name, finding)),
        ]);
        break;
      case "step":
        this.#edges.push([name, step(instance, property, violated)]);
        break;
      case "refines": {
        const refinement = new Refinement(instance, property, this.#edgeMask, violated, (event, finding) => {
          this.#events.set(event, (this.#events.get(event) ?? 0) + 1);
          if (finding !== undefined) witnessed(`${name}/${event}`, finding);
        });
        this.#edges.push([name, refinement]);
        this.#states.push([name, { state: (state, depth) => refinement.initial(state, depth) }]);
        break;
      }
      default:
        property satisfies never;
    }
  }
}

type Found = (finding: Omit<Finding, "property">) => void;

function always(
  instance: Instance,
  property: Always<unknown>,
  part: number,
  mask: Int32Array,
  violated: Found,
): StateCheck {
  const memo = new StateMemo(instance, (draft) => property.test(draft, part) === true, mask);
  return {
    state(state, depth) {
      if (!memo.answer(state)) violated({ depth, state: state.slice(), step: undefined });
    },
  };
}

function sometimes(
  instance: Instance,
  property: Sometimes<unknown>,
  mask: Int32Array,
  witnessed: Found,
): StateCheck {
  const memo = new StateMemo(instance, (draft) => property.test(draft), mask);
  let firstDepth = Infinity;
  return {
    state(state, depth) {
      if (depth > firstDepth || !memo.answer(state)) return;
      firstDepth = depth;
      witnessed({ depth, state: state.slice(), step: undefined });
    },
  };
}

function step(instance: Instance, property: Step<unknown>, violated: Found): EdgeCheck {
  const memo = new PairMemo(instance, (before, after) => property.test(before, after) === true);
  return {
    source() {},
    edge(action, before, after, depth) {
      if (memo.answer(before, after)) return;
      violated({ depth, state: before.slice(), step: { action, after: after.slice() } });
    },
  };
}

/** What a specification says of a pair of views: the events, `undefined` where it has no explanation. */
type Verdict = readonly string[] | undefined;
const STUTTER: Verdict = [];

class Refinement implements EdgeCheck {
  readonly #views: StateMemo<unknown>;
  readonly #specification: Specification<unknown>;
  readonly #violated: Found;
  readonly #seen: (event: string, finding: Omit<Finding, "property"> | undefined) => void;
  readonly #pairs = new Interner(2);
  readonly #pair = new Int32Array(2);
  #verdicts: Verdict[] = [];
  readonly #firstDepth = new Map<string, number>();
  #sourceClass = 0;
  #growths = 0;

  constructor(
    instance: Instance,
    { specification, view }: Refines<unknown, unknown>,
    mask: Int32Array,
    violated: Found,
    seen: (event: string, finding: Omit<Finding, "property"> | undefined) => void,
  ) {
    this.#views = new StateMemo(instance, view, mask);
    this.#specification = specification;
    this.#violated = violated;
    this.#seen = seen;
  }

  initial(state: Int32Array, depth: number): void {
    if (depth > 0) return;
    const view = this.#views.answer(state);
    const wrong = this.#specification.initial(view) ?? this.#specification.invariant?.(view);
    if (wrong !== undefined) this.#violated({ depth, state: state.slice(), step: undefined });
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
    this.#pair[0] = this.#sourceClass;
    this.#pair[1] = afterClass;
    const known = this.#pairs.size;
    const id = this.#pairs.intern(this.#pair);
    if (id === known)
      this.#verdicts[id] = this.#explain(this.#views.answer(before), this.#views.answer(after));
    return this.#verdicts[id];
  }

  #explain(before: unknown, after: unknown): Verdict {
    if (this.#specification.invariant?.(after) !== undefined) return undefined;
    if (JSON.stringify(before) === JSON.stringify(after)) return STUTTER;
    const explanation = this.#specification.explain(before, after);
    return "events" in explanation ? explanation.events : undefined;
  }

  /** Classes are numbered anew when the view reads more than before. */
  #noticeGrowth(): boolean {
    const grew = this.#growths !== this.#views.growths;
    if (grew) {
      this.#growths = this.#views.growths;
      this.#pairs.clear();
      this.#verdicts = [];
    }
    return grew;
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
