/** What is wrong with a model that was not written through the types. */

import { kindOf, noField } from "../schema/type.ts";
import type { Action, Bound, Fault, Model, System } from "./model.ts";
import type { Property } from "./property.ts";

const KINDS: readonly Property<unknown>["kind"][] = ["always", "atEnd", "sometimes", "step", "refines"];

type Names<T> = readonly (keyof T & string)[];

const ACTION: Names<Action<unknown>> = ["parameters", "body", "mayBeAbsent"];
const FAULT: Names<Fault<unknown>> = [...ACTION, "budget"];
const BOUND: Names<Bound> = ["default", "min", "max", "about"];
const SYSTEM: Names<System<unknown>> = [
  "state",
  "init",
  "actions",
  "faults",
  "properties",
  "extraProperties",
];
const MODEL: Names<Model> = [
  "name",
  "about",
  "theorem",
  "expected",
  "composes",
  "asymmetry",
  "bounds",
  "system",
];

/**
 * @throws TypeError naming what is not an action, a fault or a property, and what to write instead; or what nobody would
 * ever look at, such as a misspelt `faults`
 */
export function checkDeclarations(declared: Model, system: System<unknown> | undefined): void {
  const model = declared.name;
  requireKnown(model, "the model", declared, MODEL);
  if (![undefined, "violated"].includes(declared.expected))
    refuse(model, `expected is ${JSON.stringify(declared.expected)}: write "violated", or leave it out`);
  for (const [name, bound] of Object.entries(declared.bounds))
    requireKnown(model, `bound ${name}`, bound, BOUND);
  if (typeof system !== "object") refuse(model, `its system is ${kindOf(system)}: return system(state, …)`);
  requireKnown(model, "the system", system, SYSTEM);
  const { init, actions, faults = {}, properties, extraProperties } = system;
  if (actions === undefined) refuse(model, "it has no actions");
  const check = (name: string, word: "action" | "fault", declaration: Partial<Action<unknown>>): void => {
    const { parameters, body } = declaration;
    if (word === "action" && "budget" in declaration)
      refuse(model, `${name} is a fault: put it under faults`);
    requireKnown(model, name, declaration, word === "action" ? ACTION : FAULT);
    if (typeof parameters !== "object" || typeof body !== "function")
      refuse(model, `${name} needs parameters, if only {}, and a body: write ${word}({}, (s) => { … })`);
  };
  if (init !== undefined) check("init", "action", init);
  for (const [name, action] of Object.entries(actions)) check(`action ${name}`, "action", action);
  for (const [name, fault] of Object.entries(faults)) check(`fault ${name}`, "fault", fault);
  for (const [name, property] of Object.entries({ ...properties, ...extraProperties })) {
    const what = `property ${name} is ${kindOf(property)}`;
    if (!KINDS.includes(property?.kind))
      refuse(model, `${what}: write always((s) => …), or another sort of property`);
    if (property.kind !== "refines") continue;
    const { outcomes = {}, witnesses = [] } = property.specification;
    const steps = [...Object.keys(actions), ...Object.keys(faults)];
    const stray = Object.keys(outcomes).find((action) => !steps.includes(action));
    if (stray !== undefined)
      refuse(
        model,
        `property ${name}: ${stray} is among the outcomes, and no action; there are ${steps.join(", ")}`,
      );
    const unseen = witnesses.find((event) => Object.values(outcomes).includes(event));
    if (unseen !== undefined)
      refuse(
        model,
        `property ${name}: ${unseen} is an outcome, which changes nothing: it cannot be among the witnesses`,
      );
  }
}

function requireKnown(model: string, what: string, given: object, names: readonly string[]): void {
  const stray = Object.keys(given).find((name) => !names.includes(name));
  if (stray !== undefined) throw noField(model, stray, what, names);
}

function refuse(model: string, what: string): never {
  throw new TypeError(`${model}: ${what}`);
}
