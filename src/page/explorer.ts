/** A model explored by hand: what a way through it tells, and which steps are enabled at its end. */

import type { Path } from "../explore/trace.ts";
import { assignmentsText } from "../model/assignments.ts";
import type { Instance } from "../model/instance.ts";
import { ActionError, draftOf, initialStates, isSameState, type PlainStep, stepsOf } from "../model/plain.ts";
import { isWitness, type Property } from "../model/property.ts";
import { thrownText } from "../model/thrown.ts";
import { plural } from "../report/figures.ts";
import { refusalLines } from "../report/replay-text.ts";
import { diff } from "../schema/diff.ts";
import { documentTrace, type Origin, propertyNamed } from "../trace/document-trace.ts";
import { replay } from "../trace/replay.ts";
import type { DocumentedStep, TraceDocument } from "../trace/trace-document.ts";
import { type Arrival, describePath, violationAt } from "../verdict/describe-path.ts";
import type { Enabled, Mark, Retraced, Way, WayStory } from "./page-data.ts";

/** A way that the model does not have; the message says where it ends. */
export class NoSuchWay extends RangeError {
  override readonly name = "NoSuchWay";
}

/** Places that are remembered, so that walking on does not begin at the first state each time. */
const MOST_PLACES = 20_000;

interface Place {
  readonly state: object;
  /** The step to it; none for a first state. */
  readonly step: PlainStep | undefined;
}

export class Explorer {
  readonly #instance: Instance;
  readonly #origin: Origin;
  readonly #firsts: readonly object[];
  readonly #places = new Map<string, Place>();

  constructor(instance: Instance, origin: Origin) {
    this.#instance = instance;
    this.#origin = origin;
    this.#firsts = initialStates(instance);
  }

  get properties(): readonly string[] {
    return this.#instance.properties.map(([name]) => name);
  }

  /** The story of a way; `watched` names a property, or is empty.  @throws NoSuchWay */
  story(way: Way, watched: string): WayStory {
    const places = way.map((_, i) => this.#placeAt(way.slice(0, i + 1)));
    const path: Path = {
      first: places[0]!.state,
      steps: places.flatMap(({ step }) => (step === undefined ? [] : [step])),
    };
    const [name, property] = this.#abstraction(watched) ?? ["", undefined];
    const trace = describePath(this.#instance, path, property);
    const finding = { name, kind: property?.kind ?? "always", verdict: "holds", why: null, trace } as const;
    const { nodes, trace: documented } = documentTrace(this.#instance, finding, this.#origin);
    const isWatched = this.#property(watched) !== undefined;
    return {
      ...documented,
      nodes,
      marks: isWatched
        ? places.map(({ state }, i) => this.#mark(watched, { before: places[i - 1]?.state, after: state })!)
        : [],
      firstStates: this.#firsts.length,
    };
  }

  /** The enabled steps at the end of a way, in the order that ways number them.  @throws NoSuchWay */
  moves(way: Way, watched: string): Enabled {
    const { state } = this.#placeAt(way);
    const { steps, fault } = this.#stepsAt(state);
    const moves = steps.map(({ label, after }) => ({
      label: label.text,
      action: label.action,
      isFault: this.#instance.transitions.find(({ name }) => name === label.action)!.budget !== undefined,
      changes: diff(this.#instance.root, state, after),
      mark: this.#mark(watched, { before: state, after }),
    }));
    return { moves, fault };
  }

  /** The steps of a state: of an action that throws those before that, and all of the others. */
  #stepsAt(state: object): { readonly steps: readonly PlainStep[]; readonly fault: string | null } {
    const steps: PlainStep[] = [];
    let fault: string | null = null;
    for (const transition of this.#instance.transitions) {
      try {
        for (const step of stepsOf(this.#instance, transition, state)) steps.push(step);
      } catch (error) {
        if (!(error instanceof ActionError)) throw error;
        fault ??= error.message;
      }
    }
    return { steps, fault };
  }

  /** The way that a trace goes by the names of its steps, as far as the model goes with it. */
  retrace(document: TraceDocument): Retraced {
    const { first, steps: recorded } = document.trace;
    const start = this.#firsts.findIndex((state) => isSameState(state, first.state));
    if (start < 0 && this.#firsts.length > 1) return { way: [0], remark: this.#otherwise(document) };
    const way = [Math.max(0, start)];
    let differsAt = start < 0 ? 0 : undefined;
    for (const [i, step] of recorded.entries()) {
      const next = this.#follow(step, way);
      if (next === undefined) return { way, remark: this.#refusal(document, i + 1) };
      way.push(next);
      if (!isSameState(this.#placeAt(way).state, step.state)) differsAt ??= i + 1;
    }
    if (differsAt === undefined) return { way, remark: null };
    const otherwise = `From step ${differsAt} on the states are not those of the trace.`;
    return { way, remark: differsAt === 0 ? this.#otherwise(document) : otherwise };
  }

  /** The enabled step of the name of another; the one that leads to the same state, if there are several. */
  #follow({ label, state }: DocumentedStep, way: Way): number | undefined {
    const enabled = this.#stepsAt(this.#placeAt(way).state).steps;
    const named = [...enabled.entries()].filter(([, step]) => step.label.text === label);
    const [next] = named.find(([, { after }]) => isSameState(after, state)) ?? named[0] ?? [];
    return next;
  }

  #refusal(document: TraceDocument, step: number): string {
    const { label } = document.trace.steps[step - 1]!;
    const replayed =
      propertyNamed(this.#instance, document.property.name) && replay(this.#instance, document);
    const refusal = replayed?.step === step ? replayed.refusal : null;
    const why = refusal === null ? `${label} is not enabled` : refusalLines(refusal).join(" ");
    return `The trace can be followed to step ${step - 1} of ${document.trace.steps.length}: ${why}.`;
  }

  #otherwise({ target, bounds, faults }: TraceDocument): string {
    const own = assignmentsText({ ...this.#instance.bounds, ...this.#instance.budgets });
    return `The trace begins in another state: it is of ${target} with ${assignmentsText({ ...bounds, ...faults })}, and this is ${this.#origin.target} with ${own}.`;
  }

  #placeAt(way: Way): Place {
    const key = way.join(".");
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.#walkTo(way);
    if (this.#places.size >= MOST_PLACES) this.#places.clear();
    this.#places.set(key, place);
    return place;
  }

  #walkTo(way: Way): Place {
    const choice = way.at(-1) ?? 0;
    if (way.length <= 1) {
      const state = this.#firsts[choice];
      if (state === undefined)
        throw new NoSuchWay(`the model has only ${plural(this.#firsts.length, "first state")}`);
      return { state, step: undefined };
    }
    const { state } = this.#placeAt(way.slice(0, -1));
    const { steps } = this.#stepsAt(state);
    const step = steps[choice];
    if (step !== undefined) return { state: step.after, step };
    const taken = plural(way.length - 2, "step");
    throw new NoSuchWay(
      `after ${taken}, only ${plural(steps.length, "step")} can be taken: is it a way through another model?`,
    );
  }

  /** The property whose abstraction is shown: the watched one, or else the first that has one. */
  #abstraction(watched: string): readonly [string, Property<unknown>] | undefined {
    const { properties } = this.#instance;
    const refinements = properties.filter(([, { kind }]) => kind === "refines");
    return refinements.find(([name]) => name === watched) ?? refinements[0];
  }

  #property(name: string): Property<unknown> | undefined {
    return this.#instance.properties.find(([known]) => known === name)?.[1];
  }

  #mark(watched: string, arrival: Arrival): Mark | null {
    const property = this.#property(watched);
    if (property === undefined) return null;
    try {
      return this.#answer(watched, property, arrival);
    } catch (error) {
      return { tone: "bad", text: `${watched} threw ${thrownText(error)}` };
    }
  }

  #answer(watched: string, property: Property<unknown>, arrival: Arrival): Mark {
    if (property.kind === "sometimes") {
      return isWitness(property, draftOf(this.#instance, { state: arrival.after }))
        ? { tone: "good", text: `${watched} is witnessed` }
        : { tone: "plain", text: `${watched} is not witnessed here` };
    }
    const why = violationAt(this.#instance, property, arrival);
    return why === undefined ? { tone: "good", text: `${watched} holds` } : { tone: "bad", text: why };
  }
}
