/** Multi-Paxos: a leader appends methods to a log it adopted whole; acceptors store the log. There are no gaps. */

import { BoundsError, type Model, model, oneOf, sequence } from "../../src/index.ts";
import { paxosSystem } from "./paxos-core.ts";
import {
  type Data,
  type PaxosBounds,
  type PaxosInstance,
  type PaxosRules,
  paxosBounds,
  paxosRules,
} from "./paxos-rules.ts";

const LONGEST = 6;

/** Multi-Paxos by the rules that `vary` makes of the proper ones. */
export function multiPaxos(
  name: string,
  about: string,
  vary = (rules: PaxosRules, _: PaxosBounds) => rules,
): Model {
  return model({
    name,
    about,
    theorem: "Multi-Paxos refines the atomic distributed object",
    composes: "protocol",
    bounds: {
      ...paxosBounds,
      entries: { default: 1, min: 1, max: 3, about: "methods that one leader appends" },
      inherited: {
        default: 0,
        min: 0,
        max: 1,
        about: "1: a leader may commit what it adopted before methods of its own",
      },
    },
    system({ inherited, ...bounds }) {
      return paxosSystem(
        { ...replicatedLog(name, bounds), proposesInherited: inherited === 1 },
        bounds,
        vary(paxosRules(bounds), bounds),
      );
    },
  });
}

/** A log of at most `ballots` × `entries` methods.  @throws BoundsError if that is more than a state can hold. */
export function replicatedLog(
  model: string,
  { ballots, entries }: Omit<PaxosBounds, "nodes">,
): PaxosInstance {
  if (ballots * entries > LONGEST) {
    throw new BoundsError(
      `${model}: ballots × entries = ${ballots * entries}; a log has ${LONGEST} methods at most`,
    );
  }
  const names = [];
  for (let ballot = 1; ballot <= ballots; ballot++) {
    for (let index = 1; index <= entries; index++) names.push(`m${ballot}.${index}`);
  }
  return {
    data: sequence(oneOf(...names), names.length),
    method: (ballot, index) => `m${ballot}.${index}`,
    update: (log, method) => [...(log as readonly Data[]), method],
  };
}

export default multiPaxos(
  "multi-paxos",
  "Multi-Paxos: a replicated log, adopted and shipped whole, under leader crashes",
);
