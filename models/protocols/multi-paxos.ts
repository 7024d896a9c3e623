/** Multi-Paxos: a leader appends methods to a log it adopted whole; acceptors store the log. There are no gaps. */

import { type Model, model, oneOf, sequence } from "../../src/index.ts";
import { type Data, type PaxosBounds, type PaxosRules, paxosRules, paxosSystem } from "./paxos-core.ts";

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
    bounds: {
      nodes: { default: 3, min: 1, max: 7, about: "nodes, each acceptor and proposer" },
      ballots: { default: 2, min: 1, max: 4, about: "ballots, dealt out to the nodes in turn" },
      entries: { default: 1, min: 1, max: 3, about: "methods that one leader appends" },
      inherited: {
        default: 0,
        min: 0,
        max: 1,
        about: "1: a leader may commit what it adopted before methods of its own",
      },
    },
    system({ inherited, ...bounds }) {
      const names = [];
      for (let ballot = 1; ballot <= bounds.ballots; ballot++) {
        for (let index = 1; index <= bounds.entries; index++) names.push(`m${ballot}.${index}`);
      }
      return paxosSystem(
        {
          data: sequence(oneOf(...names), names.length),
          method: (ballot, index) => `m${ballot}.${index}`,
          update: (log, method) => [...(log as readonly Data[]), method],
          proposesInherited: inherited === 1,
        },
        bounds,
        vary(paxosRules(bounds), bounds),
      );
    },
  });
}

export default multiPaxos(
  "multi-paxos",
  "Multi-Paxos: a replicated log, adopted and shipped whole, under leader crashes",
);
