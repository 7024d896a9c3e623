/** A trace run again: step by step by the names of its steps, on the plain implementation of a model as it is now. */

import type { Instance, Transition } from "../model/instance.ts";
import type { Model } from "../model/model.ts";
import { type Attempt, attempts, draftOf, initialStates, isSameState, openChoices } from "../model/plain.ts";
import { eventIn, isWitness, type Property } from "../model/property.ts";
import { type PrintedField, printedFields } from "../schema/fields.ts";
import { without } from "../schema/without.ts";
import { eventsOf, violationAt } from "../verdict/describe-path.ts";
import { propertyNamed } from "./document-trace.ts";
import type { DocumentedState, DocumentedStep, TraceDocument } from "./trace-document.ts";
import { watchedDraft } from "./watched-draft.ts";

/** The bounds of a trace as far as another model has a choice: those that it fixes are its own. */
export function boundsOn(model: Model, { bounds }: Pick<TraceDocument, "bounds">): TraceDocument["bounds"] {
  const isFixed = (name: string): boolean => {
    const bound = Object.hasOwn(model.bounds, name) ? model.bounds[name] : undefined;
    return bound !== undefined && bound.min === bound.max;
  };
  return Object.fromEntries(Object.entries(bounds).filter(([name]) => !isFixed(name)));
}

/** The faults of a trace as far as another model, built by itself, knows them; those that cannot occur need not be known. */
export function faultsOn(
  { budgets }: Instance,
  { faults }: Pick<TraceDocument, "faults">,
): TraceDocument["faults"] {
  return Object.fromEntries(
    Object.entries(faults).filter(([name, budget]) => budget > 0 || Object.hasOwn(budgets, name)),
  );
}

/** What following a trace came to. */
export interface Replay {
  /** What became of the trace: it still shows what it showed, it can be followed and does not, or it cannot be followed. */
  readonly outcome: "fails" | "holds" | "diverges";
  /** The step at which it fails or diverges, 0 for the first state; `null` where it holds. */
  readonly step: number | null;
  /** What is wrong there, if anything is; a witness that is one still has nothing wrong. */
  readonly why: string | null;
  /** Why a step cannot be taken, where the trace diverges. */
  readonly refusal: Refusal | null;
  /** The first state that is another than in the trace, or that is the same and seen as another on the abstract level. */
  readonly difference: { readonly step: number; readonly fields: readonly string[] } | null;
}

/** Why a step cannot be taken. */
export type Refusal =
  /** The model starts in no such state. */
  | { readonly kind: "first state" }
  | { readonly kind: "no action"; readonly action: string }
  /** The action has parameters that the step gives no value, or no longer has some that it does. */
  | {
      readonly kind: "other parameters";
      readonly label: string;
      readonly missing: readonly string[];
      readonly unknown: readonly string[];
    }
  /** A parameter cannot have the value it had. */
  | {
      readonly kind: "no choice";
      readonly label: string;
      readonly parameter: string;
      readonly choices: readonly string[];
    }
  /** The body answers `false`; before that it read these fields, each as `path: value`. */
  | { readonly kind: "guard"; readonly label: string; readonly read: readonly string[] };

/** @throws ActionError where a body throws; RangeError if the model has no such property. */
export function replay(instance: Instance, document: TraceDocument): Replay {
  const { first, steps } = document.trace;
  const property = propertyNamed(instance, document.property.name);
  if (property === undefined) throw new RangeError(`the model has no property ${document.property.name}`);
  const question = { instance, document, property };
  const recorded = new RecordedStates(instance, property);
  const starts = initialStates(instance);
  // A state of other fields than before is no hindrance if there is only one to start in.
  const start =
    starts.find((state) => isSameState(state, first.state)) ?? (starts.length === 1 ? starts[0] : undefined);
  if (start === undefined) {
    const difference = { step: 0, fields: recorded.differences(first.fields, starts[0] ?? {}) };
    return { ...UNANSWERED, outcome: "diverges", step: 0, refusal: { kind: "first state" }, difference };
  }
  let difference = recorded.compare(0, first, start);
  let state = start;
  const wrong = shownAt(question, 0, undefined, start);
  if (wrong !== undefined) return { ...UNANSWERED, outcome: "fails", step: 0, why: wrong, difference };
  for (const [i, step] of steps.entries()) {
    const taken = take(instance, state, step);
    if ("kind" in taken) {
      return { ...UNANSWERED, outcome: "diverges", step: i + 1, refusal: taken, difference };
    }
    const before = state;
    state = taken.after;
    const other = recorded.compare(i + 1, step, state);
    difference ??= other;
    const why = shownAt(question, i + 1, { state: before, action: step.action }, state);
    if (why !== undefined) return { ...UNANSWERED, outcome: "fails", step: i + 1, why, difference };
  }
  return { ...UNANSWERED, outcome: "holds", difference };
}

const UNANSWERED = { step: null, why: null, refusal: null, difference: null } as const;

interface Question {
  readonly instance: Instance;
  readonly document: TraceDocument;
  readonly property: Property<unknown>;
}

/** What a trace is there to show, if a state shows it: why the property is violated, or `null` for a witness at its end. */
function shownAt(
  { instance, document, property }: Question,
  number: number,
  before: { readonly state: object; readonly action: string } | undefined,
  after: object,
): string | null | undefined {
  const { name, verdict } = document.property;
  if (verdict === "violated") {
    if (property.kind === "sometimes") return undefined;
    return violationAt(instance, property, { before: before?.state, after });
  }
  if (number < document.trace.steps.length) return undefined;
  if (property.kind === "sometimes")
    return isWitness(property, draftOf(instance, { state: after })) ? null : undefined;
  if (property.kind !== "refines" || before === undefined) return undefined;
  const event = eventIn(name);
  const { state, action } = before;
  return eventsOf(instance, property, action, { before: state, after }).includes(event) ? null : undefined;
}

function take(instance: Instance, state: object, step: DocumentedStep): Refusal | { readonly after: object } {
  const transition = instance.transitions.find(({ name }) => name === step.action);
  if (transition === undefined) return { kind: "no action", action: step.action };
  const named = [...attempts(instance, state, transition)].filter(({ label }) => label.text === step.label);
  const enabled = named.flatMap(({ after }) => (after === undefined ? [] : [{ after }]));
  const taken = enabled.find(({ after }) => isSameState(after, step.state)) ?? enabled[0];
  if (taken !== undefined) return taken;
  const [refused] = named;
  if (refused !== undefined)
    return { kind: "guard", label: step.label, read: readBy(instance, state, transition, refused) };
  return otherParameters(transition, step) ?? missingChoice(instance, state, transition, step);
}

function otherParameters({ parameters }: Transition, { label }: DocumentedStep): Refusal | undefined {
  const [given, known] = [parametersIn(label), parameters.map(([name]) => name)];
  const missing = known.filter((name) => !given.includes(name));
  const unknown = given.filter((name) => !known.includes(name));
  return missing.length + unknown.length === 0
    ? undefined
    : { kind: "other parameters", label, missing, unknown };
}

/** The names before the values of a label such as `send(to: n1, message: vote{ballot: 1})`. */
function parametersIn(label: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [part, name] of label.matchAll(/"(?:[^"\\]|\\.)*"|[([{]|[)\]}]|([^\s,:"()[\]{}]+): /g)) {
    if (/^[([{]/.test(part)) depth++;
    else if (/^[)\]}]/.test(part)) depth--;
    else if (name !== undefined && depth === 1) names.push(name);
  }
  return names;
}

/** What a body reads before it answers. */
function readBy(instance: Instance, state: object, { body }: Transition, { label }: Attempt): string[] {
  const read = new Map<string, string>();
  const draft = watchedDraft(instance, { state }, { read: (path, value) => read.set(path, value) });
  body(draft, label.choice);
  return [...read].map(([path, value]) => `${path}: ${value}`);
}

/** The first parameter whose value, as the step's label has it, it cannot have. */
function missingChoice(
  instance: Instance,
  state: object,
  transition: Transition,
  { label }: DocumentedStep,
): Refusal {
  const open = openChoices(instance, state, transition);
  const isOpen = ([parameter, values]: [string, string[]], i: number): boolean => {
    const next = open[i + 1]?.[0];
    return values.some((value) =>
      label.includes(
        `${i === 0 ? "(" : ", "}${parameter}: ${value}${next === undefined ? ")" : `, ${next}: `}`,
      ),
    );
  };
  const [parameter, choices] = open.find((entry, i) => !isOpen(entry, i)) ?? open[0] ?? ["", []];
  return { kind: "no choice", label, parameter, choices };
}

/** The states of the trace as printed, which can be compared with those of another model. */
class RecordedStates {
  readonly #instance: Instance;
  readonly #property: Property<unknown>;
  readonly #fields = new Map<string, PrintedField>();

  constructor(instance: Instance, property: Property<unknown>) {
    this.#instance = instance;
    this.#property = property;
  }

  /** How the state after a step differs from the recorded one; `null` if it does not. Must be asked in order. */
  compare(step: number, { fields, state, view }: DocumentedState, now: object): Replay["difference"] {
    const differences = this.differences(fields, now);
    if (!isSameState(state, now)) return { step, fields: differences };
    const seen = this.#seenOtherwise(view, now);
    return seen.length === 0 ? null : { step, fields: seen };
  }

  /** Lines of the abstract state that are only in the trace, or only now. */
  #seenOtherwise(view: readonly string[] | null, now: object): string[] {
    if (view === null || this.#property.kind !== "refines") return [];
    const { specification, view: seen } = this.#property;
    const lines = specification.print(seen(draftOf(this.#instance, { state: now })));
    return only("abstract", view, lines);
  }

  differences(changed: readonly PrintedField[], now: object): string[] {
    for (const field of changed) this.#fields.set(field.path, field);
    const current = new Map(printedFields(this.#instance.root, now).map((field) => [field.path, field]));
    const paths = new Set([...this.#fields.keys(), ...current.keys()]);
    return [...paths].flatMap((path) => differenceOf(path, this.#fields.get(path), current.get(path)));
  }
}

function differenceOf(
  path: string,
  recorded: PrintedField | undefined,
  now: PrintedField | undefined,
): string[] {
  if (JSON.stringify(recorded) === JSON.stringify(now)) return [];
  if (recorded !== undefined && now !== undefined && "elements" in recorded && "elements" in now) {
    return only(path, recorded.elements, now.elements);
  }
  return [`${path}: ${textOf(recorded)} in the trace, ${textOf(now)} now`];
}

/** What is only in one of two lists. */
function only(path: string, recorded: readonly string[], now: readonly string[]): string[] {
  return [
    ...without(recorded, now).map((text) => `${path}: ${text} only in the trace`),
    ...without(now, recorded).map((text) => `${path}: ${text} only now`),
  ];
}

function textOf(field: PrintedField | undefined): string {
  if (field === undefined) return "nothing";
  return "text" in field ? field.text : `{${field.elements.join(", ")}}`;
}
