/**
 * CASPaxos (Rystsov, 2018): a register that clients change by functions of its state, without a log. An operation is a
 * ballot of its own; a read is the identity, which writes what it read; a compare-and-set that fails writes too.
 */

import { type Model, model, option, range } from "../../src/index.ts";
import { paxosSystem } from "./paxos-core.ts";
import { type Data, type PaxosBounds, type PaxosRules, paxosBounds, paxosRules } from "./paxos-rules.ts";

/** What the ballots apply, in turn; the register holds nothing at first. */
const changes: readonly { readonly name: string; apply(value: number | null): number | null }[] = [
  { name: "add 1", apply: (value) => (value ?? 0) + 1 },
  { name: "read", apply: (value) => value },
  { name: "cas 1 → 2", apply: (value) => (value === 1 ? 2 : value) },
  { name: "set 3", apply: () => 3 },
];

export const isRead = (ballot: number): boolean => changes[ballot - 1]!.name === "read";

/** CASPaxos by the rules that `vary` makes of the proper ones. */
export function casPaxos(
  name: string,
  about: string,
  vary = (rules: PaxosRules, _: PaxosBounds) => rules,
): Model {
  return model({
    name,
    about,
    theorem: "CASPaxos refines the atomic distributed object of a register with change functions",
    composes: "protocol",
    bounds: {
      ...paxosBounds,
      ballots: { default: 3, min: 1, max: changes.length, about: "ballots: add 1, read, cas 1 → 2, set 3" },
    },
    system({ nodes, ballots }) {
      const bounds = { nodes, ballots, entries: 1 };
      return paxosSystem(
        {
          data: option(range(1, changes.length)),
          method: (ballot) => changes[ballot - 1]!.name,
          update: (value, change) => apply(change as string, value as number | null),
          result: (value) => value,
          invokesAtOnce: true,
        },
        bounds,
        vary(paxosRules(bounds), bounds),
      );
    },
  });
}

function apply(change: string, value: number | null): Data {
  return changes.find(({ name }) => name === change)!.apply(value);
}

export default casPaxos(
  "cas-paxos",
  "CASPaxos: a register changed by functions, under leader crashes and competing ballots",
);
