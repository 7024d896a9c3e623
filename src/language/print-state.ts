import { type Condensed, ownerOf } from "../ado/condensed.ts";
import { printValue, type Value } from "./values.ts";

/** `owner = Some(1), vote = YES` */
export function printState(fields: readonly string[], state: readonly Value[]): string {
  return fields.map((field, i) => `${field} = ${printValue(state[i]!)}`).join(", ");
}

/** The object as a trace shows it: its committed state, what is not committed, and whose turn it is. */
export function printObject(fields: readonly string[], object: Condensed): string {
  const { committed, ado, left } = object;
  const owner = ownerOf(object);
  return [
    printState(fields, committed as readonly Value[]),
    ...(ado.tree.length > 0 ? [`${ado.tree.length} uncommitted`] : []),
    ...(owner > 0 ? [`owned by c${owner}`] : []),
    left === 1 ? "1 time left" : `${left} times left`,
  ].join("; ");
}
