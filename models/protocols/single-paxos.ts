/** Single-Paxos: a write-once register. Every ballot sets it to a value of its own, and the value chosen first stays. */

import { type Model, model, oneOf, option } from "../../src/index.ts";
import { paxosSystem } from "./paxos-core.ts";
import { type PaxosBounds, type PaxosRules, paxosBounds, paxosRules } from "./paxos-rules.ts";

/** Single-Paxos by the rules that `vary` makes of the proper ones. */
export function singlePaxos(
  name: string,
  about: string,
  vary = (rules: PaxosRules, _: PaxosBounds) => rules,
): Model {
  return model({
    name,
    about,
    theorem: "Single-Paxos refines the atomic distributed object of a write-once register",
    bounds: { ...paxosBounds, ballots: { ...paxosBounds.ballots, default: 3 } },
    system({ nodes, ballots }) {
      const bounds = { nodes, ballots, entries: 1 };
      const values = Array.from({ length: ballots }, (_, i) => `v${i + 1}`);
      return paxosSystem(
        {
          data: option(oneOf(...values)),
          method: (ballot) => `v${ballot}`,
          update: (chosen, value) => chosen ?? value,
          result: (chosen) => chosen,
          invokesAtOnce: true,
        },
        bounds,
        vary(paxosRules(bounds), bounds),
      );
    },
  });
}

export default singlePaxos(
  "single-paxos",
  "Single-Paxos: nodes agree on one value, under leader crashes and competing ballots",
);
