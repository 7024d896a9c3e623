/** What the body of an action promises, and what is said of one that does not keep it. */

import type { Instance } from "../model/instance.ts";
import { diff } from "../schema/diff.ts";
import type { Unit } from "../schema/unit.ts";
import { Breach } from "./fault.ts";

export const BROKEN = {
  wrote: "wrote to the state and then returned false",
  differs: "did something else when it was run again",
  promise: "answered a promise: a body cannot be async",
  generator: "answered a generator, which nobody runs",
} as const;

/**
 * Says what a transition, of which −1 is the choice of first states, does that it must not do, and to which fields, if `than`
 * and `words` are states that should be equal.
 * @throws Breach
 */
export function breach(
  { root, address, transitions, init }: Instance,
  transition: number,
  what: string,
  than?: Int32Array,
  words?: Int32Array,
): never {
  const [expected, found] = [than, words].map((state) => state && root.load(state, address));
  const fields = expected && found ? diff(root, expected, found) : [];
  const where = fields.length > 0 ? ` (${fields.join(", ")})` : "";
  throw new Breach(`action ${(transitions[transition] ?? init).name} ${what}${where}`);
}

/** What gives the source of calling {@link breach}; `than` names the words that `w` should be equal to. */
export function breachSource(
  unit: Unit,
  instance: Instance,
): (transition: number, what: string, than?: string) => string {
  const [name, of] = [unit.bind(breach, "breach"), unit.bind(instance, "instance")];
  return (transition, what, than = "undefined") =>
    `${name}(${of}, ${transition}, ${JSON.stringify(what)}, ${than}, w);`;
}

/** Source that looks at the `answer` of a body that ran; `complain` gives the source of saying what is wrong. */
export function answerSource(answer: string, complain: (what: string) => string): string {
  return `if (${answer} instanceof Promise) ${complain(BROKEN.promise)}
    if (typeof ${answer}?.next === "function") ${complain(BROKEN.generator)}`;
}
