/** How generated code goes through the choices of an action's parameters. */

import { type Instance, locate, type Transition } from "../model/instance.ts";
import type { Address } from "../schema/type.ts";
import type { Unit } from "../schema/unit.ts";

/**
 * Source of nested loops over a transition's parameters, in the order of its choices, around what `body` makes of the
 * name of the choice. `words` names the state that parameters are drawn from; a `draft` of the same state is in scope.
 */
export function choiceLoops(
  unit: Unit,
  instance: Instance,
  { parameters }: Transition,
  words: string,
  body: (choice: string) => string,
): string {
  const choice = Object.fromEntries(parameters.map(([name]) => [name, undefined]));
  const chosen = unit.bind(choice, "choice");
  const nest = ([first, ...rest]: typeof parameters): string => {
    if (first === undefined) return body(chosen);
    const [name, domain] = first;
    const address: Address = domain.within === undefined ? [] : locate(instance, domain.within)!;
    const next = (_: string, value: string): string =>
      `${chosen}[${JSON.stringify(name)}] = ${value}; ${nest(rest)}`;
    return domain.loopSource(unit, words, address, next);
  };
  return nest(parameters);
}
