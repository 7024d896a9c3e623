/**
 * The reference implementation: a model run on plain data, one choice after another. Slow and obvious; counterexamples
 * are run again here before anyone sees them, and tests compare it with the packed implementation.
 */

import { strayRead } from "../schema/array.ts";
import type { Domain } from "../schema/received.ts";
import { RecordPlace } from "../schema/record.ts";
import type { AnyType } from "../schema/type.ts";
import { choosing } from "../schema/unit.ts";
import type { Instance, Transition } from "./instance.ts";
import { thrownText } from "./thrown.ts";

/** One step as a person names it. */
export interface StepLabel {
  readonly action: string;
  /** The chosen value of each parameter. */
  readonly choice: { readonly [parameter: string]: unknown };
  /** `promise(message: prepare{ballot: 1}, at: n2)` */
  readonly text: string;
}

export interface PlainStep {
  readonly label: StepLabel;
  readonly after: object;
}

/** An action that threw, named with its choice and the state it was in. */
export class ActionError extends Error {
  override readonly name = "ActionError";
  readonly label: StepLabel;
  readonly state: object;
  constructor(label: StepLabel, state: object, cause: unknown) {
    super(`${label.text} threw ${thrownText(cause)}`, { cause });
    this.label = label;
    this.state = state;
  }
}

/** Whether two plain states are equal. */
export function isSameState(a: object, b: object): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The first states, in the order of the choices of `init`; no more than `most` of them. */
export function initialStates(instance: Instance, most = Infinity): object[] {
  const states: object[] = [];
  for (const { after } of stepsOf(instance, instance.init, instance.root.initial))
    if (states.push(after) >= most) break;
  return states;
}

/** Every enabled step of a state, those that change nothing included, in the order of actions and choices. */
export function* steps(instance: Instance, state: object): Generator<PlainStep> {
  const stage = new Stage(instance);
  for (const transition of instance.transitions) yield* runAll(stage, transition, state);
}

/** Whether no action changes a state, whatever faults may happen there. */
export function isEnd(instance: Instance, state: object): boolean {
  for (const transition of instance.transitions) {
    if (transition.budget !== undefined) continue;
    for (const { after } of stepsOf(instance, transition, state))
      if (!isSameState(after, state)) return false;
  }
  return true;
}

/** Every enabled step of one transition; `onTry` is told each choice before it is tried. */
export function stepsOf(
  instance: Instance,
  transition: Transition,
  state: object,
  onTry?: (label: StepLabel) => void,
): Generator<PlainStep> {
  return runAll(new Stage(instance), transition, state, onTry);
}

/** A draft of a plain state: what a property or a body is given. `slot` ends up holding what was written. */
export function draftOf(instance: Instance, slot: { state: object }): unknown {
  const whole = {
    get: () => slot.state,
    set: (state: object) => {
      slot.state = state;
    },
  };
  return instance.root.plain(whole, "");
}

/** One draft for many states, since making one takes longer than running a body on it. */
class Stage {
  readonly root: Instance["root"];
  /** What the draft shows, and what was written to it. */
  state: object;
  readonly #draft: unknown;

  constructor(instance: Instance) {
    this.root = instance.root;
    this.state = instance.root.initial;
    this.#draft = draftOf(instance, this);
  }

  /** The draft, of `state` from now on. */
  show(state: object): unknown {
    this.state = state;
    return this.#draft;
  }
}

/** A choice of an action's parameters, with what becomes of the state; `undefined` where the action is not enabled. */
export interface Attempt {
  readonly label: StepLabel;
  readonly after: object | undefined;
}

/** Every choice of the parameters of an action in a state, in order. */
export function* attempts(instance: Instance, state: object, transition: Transition): Generator<Attempt> {
  const stage = new Stage(instance);
  for (const { choice, after } of tryAll(stage, transition, state))
    yield { label: labelOf(transition, choice), after };
}

/** The values that each parameter of an action can have in a state, as printed. */
export function openChoices(
  instance: Instance,
  state: object,
  { name: action, parameters }: Transition,
): [string, string[]][] {
  const stage = new Stage(instance);
  return parameters.map(([name, domain]) => [
    name,
    [...choices(stage, { name: action, parameters: [[name, domain]] }, state)].map((choice) =>
      domain.print(choice[name]),
    ),
  ]);
}

function* runAll(
  stage: Stage,
  transition: Transition,
  state: object,
  onTry?: (label: StepLabel) => void,
): Generator<PlainStep> {
  for (const { choice, after } of tryAll(stage, transition, state, onTry)) {
    if (after !== undefined) yield { label: labelOf(transition, choice), after };
  }
}

function* tryAll(
  stage: Stage,
  transition: Transition,
  state: object,
  onTry?: (label: StepLabel) => void,
): Generator<{ readonly choice: StepLabel["choice"]; readonly after: object | undefined }> {
  for (const choice of choices(stage, transition, state)) {
    onTry?.(labelOf(transition, choice));
    let enabled: unknown;
    strayRead.last = undefined;
    try {
      enabled = transition.body(stage.show(state), choice);
      if (enabled instanceof Promise) throw new TypeError("a body cannot be async");
    } catch (cause) {
      const reason = cause instanceof TypeError ? (strayRead.last ?? cause) : cause;
      throw new ActionError(labelOf(transition, choice), state, reason);
    }
    yield { choice, after: enabled === false ? undefined : stage.state };
  }
}

function labelOf(transition: Transition, choice: { readonly [parameter: string]: unknown }): StepLabel {
  const shown = transition.parameters.map(([name, domain]) => `${name}: ${domain.print(choice[name])}`);
  return { action: transition.name, choice, text: `${transition.name}(${shown.join(", ")})` };
}

function* choices(
  stage: Stage,
  { name: action, parameters }: Pick<Transition, "name" | "parameters">,
  state: object,
): Generator<StepLabel["choice"]> {
  const [first, ...rest] = parameters;
  if (first === undefined) {
    yield {};
    return;
  }
  const [name, domain] = first;
  for (const value of valuesOf(stage, action, name, domain, state)) {
    for (const others of choices(stage, { name: action, parameters: rest }, state))
      yield { [name]: value, ...others };
  }
}

/** @throws ActionError, since what a parameter can be may be up to the model */
function valuesOf(
  stage: Stage,
  action: string,
  name: string,
  domain: Domain<unknown>,
  state: object,
): readonly unknown[] {
  const current = domain.within === undefined ? undefined : find(stage.root, state, domain.within);
  try {
    const values = domain.choices(current, stage.show(state));
    if (stage.state !== state) choosing();
    return values;
  } catch (cause) {
    throw new ActionError({ action, choice: {}, text: `${action}(${name}: …)` }, state, cause);
  }
}

/** The plain value of the part `within` of a state. */
function find(type: AnyType, value: unknown, within: AnyType): unknown {
  if (type === within) return value;
  if (!(type instanceof RecordPlace)) return undefined;
  for (const [name, field] of type.fields) {
    const found = find(field, (value as { [name: string]: unknown })[name], within);
    if (found !== undefined) return found;
  }
  return undefined;
}
