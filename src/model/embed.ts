/** A system as part of a larger one: its actions, for a state in which its own stands somewhere. */

import { asDomain, Inside, partAt } from "../schema/received.ts";
import type { Action } from "./model.ts";

/** `action` for a state whose part at `path` is the state it was written for. */
export function embedded<S>(action: Action<S>, path: readonly string[]): Action<unknown> {
  const { parameters } = action;
  return {
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, domain]) => [name, new Inside(asDomain(domain), path)]),
    ),
    body: (state, choice) => action.body(partAt(state, path) as S, choice),
  };
}
