/** A model at given bounds and fault budgets: what is explored. */

import type { InternedType } from "../schema/interned.ts";
import { internedIn } from "../schema/parts.ts";
import { asDomain, type Domain } from "../schema/received.ts";
import { part, RecordPlace } from "../schema/record.ts";
import { type Address, Allocator, type AnyType } from "../schema/type.ts";
import { RangeType } from "../schema/values.ts";
import { checkDeclarations } from "./declarations.ts";
import { type Action, BoundsError, type Fault, type Model } from "./model.ts";
import type { Property } from "./property.ts";

/** An action with its parameters in order; a fault counts itself in the state. */
export interface Transition {
  readonly name: string;
  /** How often it can happen at most; none for an action that is no fault. */
  readonly budget: number | undefined;
  readonly parameters: readonly (readonly [string, Domain<unknown>])[];
  /** Whether a complete run need not have it. */
  readonly mayBeAbsent: boolean;
  body(state: unknown, choice: unknown): boolean | undefined | void;
}

/** A model at given bounds and fault budgets, with the layout of its states. */
export interface Instance {
  readonly model: Model;
  readonly bounds: { readonly [name: string]: number };
  /** The budget of every fault the model has; one with none cannot happen. */
  readonly budgets: { readonly [fault: string]: number };
  /** The whole state: the system's, and how much of each fault budget is spent. */
  readonly root: RecordPlace<object, unknown>;
  readonly address: Address;
  /** Length of a packed state in 32-bit words. */
  readonly words: number;
  /** Whether a state is two words of 31 bits at most, so that it can stand in the visited table itself. */
  readonly isTiny: boolean;
  readonly init: Transition;
  readonly transitions: readonly Transition[];
  readonly properties: readonly (readonly [string, Property<unknown>])[];
  /** Names of the properties that are checked unless others are asked for. */
  readonly defaultProperties: readonly string[];
}

/** A state is copied for every step. */
const MOST_WORDS = 2 ** 16;

/** The name of the field of the state that counts faults. */
const SPENT = "spent";
/** How often a fault can happen at the most. */
const MOST_BUDGET = 255;

/**
 * Builds a model at `bounds` (the rest at their defaults) and `faults` (likewise).
 * @throws BoundsError for a bound or fault that the model does not have or cannot take; RangeError for a broken model.
 */
export function instantiate(
  model: Model,
  bounds: { readonly [name: string]: number } = {},
  faults: { readonly [name: string]: number } = {},
): Instance {
  const chosen = chooseBounds(model, bounds);
  const system = model.system(chosen);
  checkDeclarations(model, system);
  const budgets = chooseBudgets(model, system.faults ?? {}, faults);
  const possible = Object.entries(budgets).filter(([, budget]) => budget > 0);
  const spent = Object.fromEntries(possible.map(([name, budget]) => [name, new RangeType(0, budget)]));
  const fields = Object.fromEntries(system.state.fields);
  if (SPENT in fields)
    throw new BoundsError(`${model.name}: "${SPENT}" is where fault budgets are kept; rename the field`);
  for (const name of Object.keys(budgets)) {
    if (name in system.actions) throw new RangeError(`${model.name}: ${name} is both an action and a fault`);
  }
  const root = system.state.with(possible.length > 0 ? { [SPENT]: new RecordPlace(spent) } : {});
  const transitions = [
    ...Object.entries(system.actions).map(([name, action]) => transition(name, action)),
    ...possible.map(([name, budget]) => faultTransition(name, system.faults![name]!, budget)),
  ];
  const instance: Instance = {
    model,
    bounds: chosen,
    budgets,
    root,
    ...layOut(root),
    init: transition("init", system.init ?? { parameters: {}, body: () => {} }),
    transitions,
    properties: Object.entries({ ...system.properties, ...system.extraProperties }),
    defaultProperties: Object.keys(system.properties ?? {}),
  };
  if (instance.words > MOST_WORDS) {
    throw new BoundsError(
      `${model.name}: a state takes ${instance.words} words of 32 bits, and ${MOST_WORDS} are the most: choose smaller bounds`,
    );
  }
  checkParameters(instance);
  return instance;
}

/** The properties called so, in the order in which the model has them. */
export function propertiesNamed({ properties }: Instance, names: readonly string[]): Instance["properties"] {
  return properties.filter(([name]) => names.includes(name));
}

/** The types whose values are numbered as they appear, in a fixed order: workers of a run share their dictionaries. */
export function internedTypes({ root }: Instance): InternedType<unknown>[] {
  return internedIn(root);
}

/** A plain state in words. */
export function pack({ root, address, words }: Instance, state: object): Int32Array {
  const packed = new Int32Array(words);
  root.store(packed, address, state, "");
  return packed;
}

/**
 * Which of two packed states comes first when one of several is to be reported: by their words, or by their plain values
 * where numbers depend on which worker came first.
 */
export function compareStates(instance: Instance, a: Int32Array, b: Int32Array): number {
  if (internedTypes(instance).length > 0) {
    const [textA, textB] = [a, b].map((words) => JSON.stringify(instance.root.load(words, instance.address)));
    return textA! < textB! ? -1 : textA === textB ? 0 : 1;
  }
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return (a[i]! >>> 0) - (b[i]! >>> 0);
  }
  return 0;
}

/** The address of a part of the state that parameters are drawn from, if it is in the state. */
export function locate({ root, address }: Instance, within: AnyType): Address | undefined {
  const search = (type: AnyType, at: Address): Address | undefined => {
    if (type === within) return at;
    if (!(type instanceof RecordPlace)) return undefined;
    for (const [name, field] of type.fields) {
      const found = search(field, part(at, name));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(root, address);
}

/** @throws RangeError if a parameter is drawn from something that is not in the state, or there more than once. */
function checkParameters(instance: Instance): void {
  for (const { name, parameters } of [instance.init, ...instance.transitions]) {
    for (const [parameter, { within }] of parameters) {
      const where = `${instance.model.name}: parameter ${parameter} of ${name}`;
      if (!/^[a-z_]\w*$/i.test(parameter)) throw new RangeError(`${where} has no proper name`);
      const fields = within === undefined ? 1 : occurrences(instance.root, within);
      const what = `${where} is drawn from a set or network`;
      if (fields === 0)
        throw new RangeError(`${what} that is not a field of the state: use the very one that the state has`);
      if (fields > 1) throw new RangeError(`${what} that is several fields of the state: make one for each`);
    }
  }
}

/** How many fields of records in `type` are the very type `sought`. */
function occurrences(type: AnyType, sought: AnyType): number {
  if (type === sought) return 1;
  if (!(type instanceof RecordPlace)) return 0;
  return type.fields.reduce((sum, [, field]) => sum + occurrences(field, sought), 0);
}

function layOut(root: RecordPlace<object, unknown>): { address: Address; words: number; isTiny: boolean } {
  const tiny = new Allocator(31);
  const address = root.allocate(tiny);
  if (!tiny.wide && tiny.words <= 2) return { address, words: tiny.words, isTiny: true };
  const space = new Allocator();
  return { address: root.allocate(space), words: space.words, isTiny: false };
}

function transition(name: string, { parameters, body, mayBeAbsent = false }: Action<unknown>): Transition {
  const domains = Object.entries(parameters).map(
    ([parameter, domain]) => [parameter, asDomain(domain, `parameter ${parameter} of ${name}`)] as const,
  );
  return { name, budget: undefined, parameters: domains, mayBeAbsent, body: body as Transition["body"] };
}

function faultTransition(name: string, fault: Fault<unknown>, budget: number): Transition {
  const { body, ...rest } = transition(name, fault);
  return {
    ...rest,
    budget,
    body(state, choice) {
      const { spent } = state as { spent: { [fault: string]: number } };
      if (spent[name] === budget || body(state, choice) === false) return false;
      spent[name]!++;
      return true;
    },
  };
}

function chooseBounds(model: Model, bounds: { readonly [name: string]: number }): { [name: string]: number } {
  for (const [name, value] of Object.entries(bounds)) {
    const bound = Object.hasOwn(model.bounds, name) ? model.bounds[name] : undefined;
    if (bound === undefined) {
      const known = Object.keys(model.bounds).join(", ") || "none";
      throw new BoundsError(`${model.name} has no bound "${name}"; its bounds: ${known}`);
    }
    if (!Number.isInteger(value) || value < bound.min || value > bound.max) {
      const wrong =
        bound.min === bound.max
          ? `${name} can only be ${bound.min}, not ${value}`
          : `${name}=${value} is not an integer in ${bound.min}..${bound.max}`;
      throw new BoundsError(`${model.name}: ${wrong}`);
    }
  }
  return {
    ...Object.fromEntries(Object.entries(model.bounds).map(([name, bound]) => [name, bound.default])),
    ...bounds,
  };
}

function chooseBudgets(
  model: Model,
  known: { readonly [name: string]: Fault<never> },
  faults: { readonly [name: string]: number },
): { [name: string]: number } {
  const unknown = Object.keys(faults).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    throw new BoundsError(
      `${model.name} has no fault "${unknown}"; its faults: ${Object.keys(known).join(", ") || "none"}`,
    );
  }
  const budgets = Object.entries(known).map(([name, { budget }]) => [name, faults[name] ?? budget] as const);
  for (const [name, budget] of budgets) {
    if (!Number.isInteger(budget) || budget < 0 || budget > MOST_BUDGET)
      throw new BoundsError(`${model.name}: fault ${name}=${budget} is not an integer in 0..${MOST_BUDGET}`);
  }
  return Object.fromEntries(budgets);
}
