/** A path in words: what each step changed, what it is on the abstract level, and what is wrong at the end. */

import type { Path } from "../explore/trace.ts";
import type { Instance } from "../model/instance.ts";
import { draftOf, initialStates, isEnd } from "../model/plain.ts";
import {
  type Answer,
  explanationOf,
  isFine,
  type Property,
  type Refines,
  STUTTER,
} from "../model/property.ts";
import { diff } from "../schema/diff.ts";
import { fieldLine, printedFields } from "../schema/fields.ts";
import type { Trace } from "./run.ts";

/** A state, with the one before it unless it is a first one. */
export interface Arrival {
  readonly before: object | undefined;
  readonly after: object;
}

/** Why a state, or the step to it, violates a property; `undefined` if it does not. */
export function violationAt(
  instance: Instance,
  property: Exclude<Property<unknown>, { kind: "sometimes" }>,
  { before: from, after: to }: Arrival,
): string | undefined {
  const before = from && draftOf(instance, { state: from });
  const after = draftOf(instance, { state: to });
  switch (property.kind) {
    case "always": {
      const answers = Array.from({ length: property.parts }, (_, part) => property.test(after, part));
      const wrong = answers.find((answer) => !isFine(answer));
      return wrong === undefined ? undefined : inWords(wrong);
    }
    case "atEnd":
      return isEnd(instance, to) ? stuckInWords(property.test(after)) : undefined;
    case "step":
      return before === undefined ? undefined : inWords(property.test(before, after));
    case "refines": {
      const { specification, view } = property;
      const wrong = specification.invariant?.(view(after));
      if (wrong !== undefined) return wrong;
      if (before === undefined) return specification.initial(view(after));
      const explanation = explanationOf(specification, view(before), view(after));
      return "why" in explanation ? explanation.why : undefined;
    }
  }
}

function inWords(answer: Answer): string | undefined {
  if (isFine(answer)) return undefined;
  return typeof answer === "string" && answer !== "" ? answer : "the property does not hold";
}

/** Likewise of a state that nothing changes any more. */
function stuckInWords(answer: Answer): string | undefined {
  if (isFine(answer)) return undefined;
  return `no action changes this state any more${answer ? `: ${answer}` : ""}`;
}

/** The trace of a path, with the abstract level of `property` where it has one. */
export function describePath(instance: Instance, path: Path, property?: Property<unknown>): Trace {
  const refines = property?.kind === "refines" ? property : undefined;
  const viewOf = (state: object): readonly string[] | null =>
    refines ? refines.specification.print(refines.view(draftOf(instance, { state }))) : null;
  let previous = path.first;
  const steps = path.steps.map(({ label, after }) => {
    const before = previous;
    previous = after;
    return {
      action: label.action,
      choice: label.choice,
      label: label.text,
      state: after,
      view: viewOf(after),
      changes: diff(instance.root, before, after),
      events: refines ? eventsOf(instance, refines, label.action, { before, after }) : [],
    };
  });
  const first = { state: path.first, view: viewOf(path.first), chosen: chosenIn(instance, path.first) };
  return { first, steps };
}

/** First states that one is compared with. */
const MOST_FIRST_STATES = 64;

/** See {@link FirstState.chosen}. */
function chosenIn(instance: Instance, first: object): string[] {
  const others = [instance.root.initial, ...initialStates(instance, MOST_FIRST_STATES)];
  const [own, ...lines] = [first, ...others].map((state) =>
    printedFields(instance.root, state).map(fieldLine),
  );
  return own!.filter((line, i) => lines.some((other) => other[i] !== line));
}

/** The events that explain a step; none where nothing does, or nothing happens on the abstract level. */
export function eventsOf(
  instance: Instance,
  { specification, view }: Refines<unknown, unknown>,
  action: string,
  { before, after }: { before: object; after: object },
): readonly string[] {
  const [was, is] = [before, after].map((state) => view(draftOf(instance, { state })));
  const explanation = explanationOf(specification, was, is);
  const outcome = specification.outcomes?.[action];
  if (explanation === STUTTER && outcome !== undefined) return [outcome];
  return "events" in explanation ? explanation.events : [];
}
