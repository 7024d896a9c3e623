/** Asks a specification about the steps of a search, once for all that look the same through the view. */

import type { Instance } from "../model/instance.ts";
import { explanationOf, type Refines, type Specification, STUTTER } from "../model/property.ts";
import { requireJson } from "../schema/json.ts";
import type { EdgeCheck } from "./checks.ts";
import type { Finding, Found, Seen } from "./finding.ts";
import { Interner } from "./interner.ts";
import { MOST_BYTES, StateMemo } from "./memo.ts";
import type { Ask } from "./questions.ts";

/** What a specification says of a pair of views: the events, `undefined` where it has no explanation. */
type Verdict = readonly string[] | undefined;

export class Refinement implements EdgeCheck {
  readonly #views: StateMemo<unknown>;
  readonly #specification: Specification<unknown>;
  readonly #ask: Ask;
  readonly #violated: Found;
  readonly #seen: Seen;
  /** The outcome that each action is, where it is one. */
  readonly #outcomes: readonly (string | undefined)[];
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
    const viewOf = (draft: unknown): unknown => {
      const seen = view(draft);
      requireJson(seen, "the view");
      return seen;
    };
    this.#views = new StateMemo(instance, (draft, words) => ask(() => viewOf(draft), words), masks);
    this.#specification = specification;
    this.#outcomes = instance.transitions.map(({ name }) => specification.outcomes?.[name]);
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
    if (verdict === STUTTER.events) return;
    const outcome = this.#outcomes[action];
    // All steps of the action are counted for it in the end: this one is none.
    if (outcome !== undefined) this.#seen(outcome, -1);
    if (verdict === undefined) this.#violated(finding());
    else for (const event of verdict) this.#event(event, depth, finding);
  }

  #event(event: string, depth: number, finding: () => Omit<Finding, "property">): void {
    const isFirst = depth <= (this.#firstDepth.get(event) ?? Infinity);
    if (isFirst) this.#firstDepth.set(event, depth);
    this.#seen(event, 1, isFirst ? finding() : undefined);
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
