/**
 * Which ids of a model really are interchangeable. Nothing stops an action from treating node 1 in a way of its own (the
 * ballots of Paxos are often dealt that way), so what a schema says is put to the test: wherever two ids are exchanged,
 * the steps must be the same with those ids exchanged, and the properties must answer alike.
 *
 * A test on many states is no proof. The search goes on testing, wherever an action is still rare and now and then
 * elsewhere, and gives up if it finds a difference.
 */

import { type Instance, pack, propertiesNamed } from "../model/instance.ts";
import { initialStates } from "../model/plain.ts";
import { explanationOf, isWitness, type Property } from "../model/property.ts";
import { thrownText } from "../model/thrown.ts";
import { BrokenRename } from "../schema/interned.ts";
import { EnabledSteps } from "./enabled-steps.ts";
import { sample, stepsOf } from "./sample.ts";
import { affordable, allGroups, Canonicalizer, type IdGroup, namesOf, sortable } from "./symmetry.ts";
import { View } from "./view.ts";

/** States that the test before a search looks at, on random walks of some length. */
const SAMPLES = 400;
/** How many of them properties are asked about, which takes longer. */
const SAMPLES_FOR_PROPERTIES = 25;

/** Ids that passed the test, and what was seen of those that did not. */
interface Interchangeable {
  readonly groups: readonly IdGroup[];
  readonly refused: readonly string[];
}

/** The model has no symmetry to use: the message says why. */
export class NoSymmetry extends Error {
  override readonly name = "NoSymmetry";
}

/**
 * The ids that a search may take for interchangeable, seen by some properties: of those of each sort that pass the test, as
 * many as can be used together.
 * @throws NoSymmetry if there are none.
 */
export function findSymmetry(
  instance: Instance,
  properties: readonly string[] = instance.defaultProperties,
): readonly IdGroup[] {
  const { groups, refused } = unbroken(instance, () => findInterchangeable(instance, properties));
  const usable = affordable(groups.map((group) => sortable(instance, group)));
  if (usable.length > 0) return usable;
  const lack =
    instance.model.asymmetry ??
    "its states have no two nodes, and no values that are declared interchangeable";
  const reason = refused[0] ?? `${lack}; ${WITHOUT}`;
  throw new NoSymmetry(`${instance.model.name}: --reduce symmetry is not possible: ${reason}`);
}

/** @throws NoSymmetry where `find` comes to a value whose ids the model fails to rename */
function unbroken<T>({ model }: Instance, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof BrokenRename)) throw error;
    throw new NoSymmetry(`${model.name}: --reduce symmetry is not possible: ${error.message}; ${WITHOUT}`);
  }
}

/** What to do about what speaks against an exchange. */
const WITHOUT = "check it without";
const OTHER_PROPERTIES = "choose other properties with --property";
const MORE_FIRST_STATES = "an `init` with a parameter gives one first state for each";

function advised(reason: string | undefined, advice: string): string | undefined {
  return reason && `${reason}; ${advice}`;
}

/** Tests all ids that the schema says are interchangeable. */
function findInterchangeable(instance: Instance, properties: readonly string[]): Interchangeable {
  const groups = allGroups(instance);
  const test = new SymmetryTest(instance, groups, properties);
  const reasons = new Array<string | undefined>(test.count);
  const first = initialStates(instance).map((state) => pack(instance, state));
  for (const exchange of reasons.keys()) {
    reasons[exchange] = advised(test.firstStates(exchange, first), MORE_FIRST_STATES);
  }
  const steps = new EnabledSteps(instance);
  const starts = first.slice(0, SAMPLES_FOR_PROPERTIES).filter((state) => stepsOf(steps, state));
  const states = sample(steps, first, SAMPLES);
  const interval = Math.ceil(states.length / SAMPLES_FOR_PROPERTIES);
  for (const [i, state] of [...starts, ...states].entries()) {
    const isAsked = i < starts.length || i % interval === 0;
    for (const exchange of reasons.keys()) {
      if (isAsked) reasons[exchange] ??= advised(test.answers(exchange, state), OTHER_PROPERTIES);
      if (i % test.count === exchange) reasons[exchange] ??= advised(test.steps([exchange], state), WITHOUT);
    }
  }
  return split(instance, groups, reasons);
}

/** Groups without the exchanges that something speaks against. */
function split(
  instance: Instance,
  groups: readonly IdGroup[],
  reasons: readonly (string | undefined)[],
): Interchangeable {
  const kept: IdGroup[] = [];
  const refused: string[] = [];
  let exchange = 0;
  for (const { sort, first, size } of groups) {
    let start = first;
    for (let id = first; id < first + size; id++) {
      const isLast = id === first + size - 1;
      const reason = isLast ? undefined : reasons[exchange++];
      if (!isLast && reason === undefined) continue;
      kept.push({ sort, first: start, size: id + 1 - start });
      start = id + 1;
      if (reason !== undefined) {
        const names = namesOf(instance, { sort, first: id, size: 2 }).join(" and ");
        refused.push(`${names} are not interchangeable: ${reason}`);
      }
    }
  }
  return { groups: kept.filter(({ size }) => size > 1), refused };
}

/** Compares what a state and the same with ids exchanged lead to. */
export class SymmetryTest {
  readonly #instance: Instance;
  readonly #words: Int32Array;
  readonly #canonicalizer: Canonicalizer;
  readonly #steps: EnabledSteps;
  readonly #properties: Instance["properties"];
  readonly #before: View;
  readonly #after: View;

  constructor(instance: Instance, groups: readonly IdGroup[], properties: readonly string[]) {
    this.#instance = instance;
    this.#properties = propertiesNamed(instance, properties);
    this.#words = new Int32Array(instance.words);
    this.#canonicalizer = new Canonicalizer(instance, this.#words, groups);
    this.#steps = new EnabledSteps(instance);
    this.#before = new View(instance);
    this.#after = new View(instance);
  }

  /** How many exchanges of neighbours there are. */
  get count(): number {
    return this.#canonicalizer.exchanges.length;
  }

  /**
   * What speaks against the exchanges, one after the other, where `state` takes its steps.
   * @throws what an action throws in `state` itself, or Breach
   */
  steps(exchanges: readonly number[], state: Int32Array): string | undefined {
    const steps = this.#steps;
    const mirrored = steps
      .of(state)
      .map(({ action, after }) => show(action, this.#exchanged(exchanges, after)));
    const mirror = this.#exchanged(exchanges, state);
    let found: string[];
    try {
      found = steps.of(mirror).map(({ action, after }) => show(action, after));
    } catch (error) {
      return `once they are exchanged, an action throws: ${thrownText(error)}`;
    }
    const different = difference(mirrored.sort(), found.sort());
    if (different === undefined) return undefined;
    return `${this.#instance.transitions[Number.parseInt(different, 10)]!.name} does something else for them`;
  }

  /** What speaks against any of the exchanges by itself. */
  all(state: Int32Array): string | undefined {
    for (let exchange = 0; exchange < this.count; exchange++) {
      const reason = this.steps([exchange], state) ?? this.answers(exchange, state);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** What speaks against some exchanges in a row, others for each `seed`. */
  some(seed: number, state: Int32Array): string | undefined {
    const exchanges = Array.from({ length: this.count }, (_, exchange) => exchange);
    const chosen = exchanges.filter((exchange) => Math.imul(seed * 31 + exchange + 1, 0x9e3779b1) < 0);
    return this.steps(chosen.length > 0 ? chosen : exchanges, state);
  }

  /** What speaks against an exchange of the ids of first states. */
  firstStates(exchange: number, states: readonly Int32Array[]): string | undefined {
    const mirrored = states.map((state) => show(0, this.#exchanged([exchange], state)));
    const found = states.map((state) => show(0, state));
    return difference(mirrored.sort(), found.sort()) === undefined
      ? undefined
      : "the first states tell them apart";
  }

  /** What speaks against any of the exchanges in the answers of properties at a state, its steps left aside. */
  answersAt(state: Int32Array): string | undefined {
    for (let exchange = 0; exchange < this.count; exchange++) {
      const reason = this.answers(exchange, state, []);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** What speaks against an exchange in the answers of properties, at a state and its steps. */
  answers(
    exchange: number,
    state: Int32Array,
    steps: readonly { readonly after: Int32Array }[] = this.#steps.of(state),
  ): string | undefined {
    const mirror = (words: Int32Array): Int32Array => this.#exchanged([exchange], words);
    const wrong = this.#properties.find(([, property]) => {
      const ask = (before: Int32Array, after: Int32Array): string => {
        this.#before.words.set(before);
        this.#after.words.set(after);
        try {
          return answer(property, this.#before.draft, this.#after.draft);
        } catch {
          return "throws";
        }
      };
      const differs = (after: Int32Array): boolean => ask(state, after) !== ask(mirror(state), mirror(after));
      return differs(state) || steps.some(({ after }) => differs(after));
    });
    return wrong && `property ${wrong[0]} tells them apart`;
  }

  #exchanged(exchanges: readonly number[], state: Int32Array): Int32Array {
    this.#words.set(state);
    for (const exchange of exchanges) this.#canonicalizer.exchanges[exchange]!();
    return this.#words.slice();
  }
}

/** What a property says of a step and the state it leads to, as text; reasons are not compared, they may name ids. */
function answer(property: Property<unknown>, before: unknown, after: unknown): string {
  switch (property.kind) {
    case "always":
      return String(
        Array.from({ length: property.parts }, (_, part) => property.test(after, part)).every(
          (a) => a === true,
        ),
      );
    case "atEnd":
      return String(property.test(after) === true);
    case "sometimes":
      return String(isWitness(property, after));
    case "step":
      return String(property.test(before, after) === true);
    case "refines": {
      const { specification, view } = property;
      const [was, is] = [view(before), view(after)];
      const isWrong = specification.invariant?.(is) !== undefined;
      const explanation = explanationOf(specification, was, is);
      return `${isWrong} ${"events" in explanation ? explanation.events.join() : "unexplained"}`;
    }
  }
}

function show(action: number, words: Int32Array): string {
  return `${action} ${words.join()}`;
}

/** An element of one sorted list that the other does not have. */
function difference(a: readonly string[], b: readonly string[]): string | undefined {
  const at = a.findIndex((element, i) => element !== b[i]);
  if (at < 0) return b[a.length];
  return b[at] === undefined || a[at]! < b[at] ? a[at] : b[at];
}
