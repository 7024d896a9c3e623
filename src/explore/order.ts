/**
 * What partial-order reduction has to know of a model before a search: how its steps depend on each other, as far as that
 * shows on random walks (the search looks on, and begins again when it sees more), and that stable properties are so.
 */

import { type Instance, internedTypes, pack, propertiesNamed } from "../model/instance.ts";
import { initialStates } from "../model/plain.ts";
import { type Always, isWitness, type Property } from "../model/property.ts";
import { EnabledSteps } from "./enabled-steps.ts";
import { explore } from "./explore.ts";
import { sample, stepsOf } from "./sample.ts";
import { type Order, StubbornSteps } from "./stubborn.ts";
import type { IdGroup } from "./symmetry.ts";
import { View } from "./view.ts";

/** States that are looked at. */
const SAMPLES = 1000;
/** How far the search goes that observes before the search proper, and what it may take. */
const STATES_TRIED = 20_000;
const BYTES_TRIED = 2 ** 28;
/** On a slow machine, or for a slow model, fewer of them. */
const MOST_MILLISECONDS = 3000;
/** States that violate a stable property, as far as there are any, whose steps are looked at. */
const VIOLATIONS = 200;

/** Properties by kind for which no step can be left out, in words. */
const NEED_ALL_STEPS = new Map<Property<unknown>["kind"], string>([
  ["step", "steps"],
  ["atEnd", "last states"],
]);

/** The order of steps cannot be left open: the message says why. */
export class NoOrder extends Error {
  override readonly name = "NoOrder";
}

/**
 * How the steps of a model depend on each other, for a search that checks some properties and takes some ids for
 * interchangeable.
 * @throws NoOrder if a property looks at every step, or at where there is none, or is not as stable as it is said to be.
 */
export function findOrder(
  instance: Instance,
  properties: readonly string[] = instance.defaultProperties,
  groups: readonly IdGroup[] = [],
): Order {
  const checked = propertiesNamed(instance, properties);
  const refusal = `${instance.model.name}: --reduce order is not possible`;
  for (const [name, { kind }] of checked) {
    const sort = NEED_ALL_STEPS.get(kind);
    if (sort !== undefined)
      throw new NoOrder(
        `${refusal} with ${name}, a property of ${sort}; choose other properties with --property`,
      );
  }
  const steps = new EnabledSteps(instance);
  const first = firstStates(instance);
  const states = [...first.filter((state) => stepsOf(steps, state)), ...sample(steps, first, SAMPLES)];
  const stubborn = new StubbornSteps(instance, { groups });
  for (const state of states) {
    stubborn.moves.before.set(state);
    stubborn.list();
    const found = stepsIn(stubborn);
    stubborn.list();
    if (stepsIn(stubborn) !== found)
      throw new NoOrder(
        `${refusal}, as some action does something else when it is run again; make its body a function of the state and its parameters`,
      );
  }
  const view = new View(instance);
  for (const [name, property] of checked) {
    if (isStable(property)) requireStable(instance, name, property, { states, steps, order: stubborn.order });
    else for (const state of states) look(property, view, state);
  }
  stubborn.show(view.touched);
  // Whatever shows in the first levels need not make a long search begin again.
  const { order } = explore(instance, {
    ...{ properties, groups, order: stubborn.order },
    ...{ maxStates: STATES_TRIED, maxBytes: BYTES_TRIED, until: performance.now() + MOST_MILLISECONDS },
  });
  return order!;
}

/** The first states; none where making them throws, which is for the search to report. */
function firstStates(instance: Instance): Int32Array[] {
  try {
    return initialStates(instance).map((state) => pack(instance, state));
  } catch {
    return [];
  }
}

function stepsIn({ moves: { before, count, found, after } }: StubbornSteps): string {
  return `${found.slice(0, count).join()} ${after.subarray(0, count * before.length).join()}`;
}

function isStable(property: Property<unknown>): property is Always<unknown> {
  return property.kind === "always" && property.isStable;
}

/** Has a property read what it reads of a state. What it throws is for the search to report. */
function look(property: Property<unknown>, view: View, state: Int32Array): void {
  view.words.set(state);
  try {
    if (property.kind === "always")
      for (let part = 0; part < property.parts; part++) property.test(view.draft, part);
    else if (property.kind === "sometimes") isWitness(property, view.draft);
    else if (property.kind === "refines") property.view(view.draft);
  } catch {}
}

/**
 * Tries to find a step that repairs a violation. States that violate the property are made of two that were seen, with the
 * sets that only grow of both.
 */
function requireStable(
  instance: Instance,
  name: string,
  property: Always<unknown>,
  { states, steps, order }: { states: readonly Int32Array[]; steps: EnabledSteps; order: Order },
): void {
  const view = new View(instance);
  const { growing } = new StubbornSteps(instance, order);
  /** In states that are made up, anything can be wrong; in others what throws is to be reported. */
  const isViolated = (state: Int32Array, part: number, isReal: boolean): boolean => {
    view.words.set(state);
    try {
      return property.test(view.draft, part) !== true;
    } catch {
      return isReal;
    }
  };
  let violations = 0;
  const check = (state: Int32Array, part: number, isReal: boolean): void => {
    if (violations >= VIOLATIONS || !isViolated(state, part, isReal)) return;
    violations++;
    const repair = stepsOf(steps, state)?.find(({ after }) => !isViolated(after, part, isReal));
    if (repair === undefined) return;
    const { name: action } = instance.transitions[repair.action]!;
    throw new NoOrder(
      `${instance.model.name}: --reduce order is not possible with ${name}, which is said to be stable, but a step by ${action} can repair a violation; declare it without isStable, or choose other properties with --property`,
    );
  };
  // A made-up state might use up the room for values that are numbered as they appear.
  const isInterned = internedTypes(instance).length > 0;
  for (const [i, state] of states.entries()) {
    const other = states[(i * 7919 + 1) % states.length]!;
    const both = state.map((word, at) => word | (other[at]! & growing[at]!));
    for (let part = 0; part < property.parts; part++) {
      check(state, part, true);
      if (!isInterned) check(both, part, false);
    }
  }
}
