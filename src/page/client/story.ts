/** What a page tells: a way through the state space, and what is to be said of each state on it. */

import type { PrintedField } from "../../schema/fields.ts";
import type { DocumentedState, DocumentedStep, TraceDocument } from "../../trace/trace-document.ts";
import type { Mark } from "../page-data.ts";

export class Story {
  readonly first: DocumentedState;
  readonly steps: readonly DocumentedStep[];
  /** The nodes that the state knows of. */
  readonly nodes: readonly string[];
  readonly #marks: readonly (Mark | null)[];
  #fields: { at: number; byPath: Map<string, PrintedField> };

  /** @param marks by number of steps taken; missing ones say nothing. */
  constructor(
    { first, steps }: { first: DocumentedState; steps: readonly DocumentedStep[] },
    nodes: readonly string[],
    marks: readonly (Mark | null)[],
  ) {
    this.first = first;
    this.steps = steps;
    this.nodes = nodes;
    this.#marks = marks;
    this.#fields = { at: 0, byPath: fieldsOf(first) };
  }

  /** The story of a trace: all is well until its last step, if that violates a property. */
  static of({ trace, nodes, property }: TraceDocument): Story {
    const last: Mark = {
      tone: property.verdict === "holds" ? "good" : "bad",
      text: property.why ?? `${property.name} is witnessed`,
    };
    return new Story(trace, nodes, [...trace.steps.map(() => null), last]);
  }

  /** How many steps there are. */
  get length(): number {
    return this.steps.length;
  }

  stepAt(at: number): DocumentedStep | undefined {
    return this.steps[at - 1];
  }

  /** The state after `at` steps. */
  stateAt(at: number): DocumentedState {
    return this.stepAt(at) ?? this.first;
  }

  markAt(at: number): Mark | null {
    return this.#marks[at] ?? null;
  }

  /** All fields after `at` steps, by path. Cheap for the step after the one asked for last. */
  fieldsAt(at: number): ReadonlyMap<string, PrintedField> {
    const known = this.#fields;
    if (known.at > at) this.#fields = { at: 0, byPath: fieldsOf(this.first) };
    for (let next = this.#fields.at + 1; next <= at; next++) {
      for (const field of this.steps[next - 1]!.fields) this.#fields.byPath.set(field.path, field);
    }
    this.#fields.at = at;
    return new Map(this.#fields.byPath);
  }
}

function fieldsOf({ fields }: DocumentedState): Map<string, PrintedField> {
  return new Map(fields.map((field) => [field.path, field]));
}
