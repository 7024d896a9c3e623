/** What is wrong with a system that was not written through the types. */

import type { Action, System } from "./model.ts";
import { kindOf, type Property } from "./property.ts";

const KINDS: readonly Property<unknown>["kind"][] = ["always", "atEnd", "sometimes", "step", "refines"];

/** @throws TypeError naming what is not an action, a fault or a property, and what to write instead */
export function checkDeclarations(model: string, system: System<unknown> | undefined): void {
  if (typeof system !== "object") refuse(model, `its system is ${kindOf(system)}: return system(state, …)`);
  const { init, actions, faults = {}, properties, extraProperties } = system;
  if (actions === undefined) refuse(model, "it has no actions");
  const check = (name: string, word: string, { parameters, body }: Partial<Action<unknown>>): void => {
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
  }
}

function refuse(model: string, what: string): never {
  throw new TypeError(`${model}: ${what}`);
}
