/** ADO-R by itself, the abstract machine that protocols are checked against: rounds won and committed in any order. */

import { refinesSmr } from "../../properties/refines-smr.ts";
import { sortsToAdo21 } from "../../properties/sorts-to-ado-21.ts";
import {
  type AdoEvent,
  type AdoR,
  type AdoView,
  array,
  type Model,
  model,
  node,
  oneOf,
  persist,
  range,
  record,
  refusal,
  type State,
  system,
} from "../../src/index.ts";

const adoR: Model = model({
  name: "ado-r",
  about: "the atomic distributed object by rounds (ADO-R), which protocols refine step by step",
  theorem: "ADO-R refines state machine replication, and its rounds in order are a run of ADO-21",
  bounds: {
    clients: { default: 2, min: 1, max: 4, about: "clients" },
    rounds: { default: 3, min: 1, max: 5, about: "rounds" },
    methods: { default: 1, min: 1, max: 3, about: "methods that an owner invokes in a round" },
    inherited: {
      default: 0,
      min: 0,
      max: 1,
      about: "1: a push may commit nothing but what the round adopted",
    },
  },
  system({ clients, rounds, methods, inherited }) {
    const client = node(clients, "c");
    const round = range(1, rounds);
    const index = range(0, methods);
    const parent = record({ round: range(0, rounds), index });
    const fields = {
      rounds: array(
        round,
        record({
          state: oneOf("free", "owned"),
          owner: client,
          parent,
          invoked: index,
          committed: range(-1, methods),
        }),
      ),
    };
    type S = State<typeof fields>;

    const roundsOf = (s: S): AdoR => {
      const owned = [];
      for (let round = 1; round <= rounds; round++) {
        const { state, owner, parent, invoked, committed } = s.rounds[round]!;
        if (state === "free") continue;
        const methods = Array.from({ length: invoked }, (_, i) => `m${round}.${i + 1}`);
        owned.push({
          round,
          owner,
          parent: { round: parent.round, index: parent.index },
          methods,
          committed,
        });
      }
      return owned;
    };
    const viewOf = (s: S): AdoView => ({ rounds: roundsOf(s), answers: [] });
    const isAllowed = (s: S, event: AdoEvent): boolean =>
      refusal(roundsOf(s), event, { leastPush: inherited === 1 ? 0 : 1 }) === undefined;

    return system(fields, ({ action, refines }) => ({
      init: action({}, (s) => {
        for (let round = 1; round <= rounds; round++) s.rounds[round]!.committed = -1;
      }),
      actions: {
        pull: action({ client, round, parent }, (s, { client: owner, round, parent }) => {
          if (!isAllowed(s, { kind: "pull", round, owner, parent })) return false;
          const won = s.rounds[round]!;
          won.state = "owned";
          won.owner = owner;
          won.parent = parent;
        }),
        invoke: action({ round }, (s, { round }) => {
          const { state, invoked } = s.rounds[round]!;
          if (state === "free" || invoked === methods) return false;
          s.rounds[round]!.invoked++;
        }),
        push: action({ round, index }, (s, { round, index }) => {
          if (!isAllowed(s, { kind: "push", round, index })) return false;
          s.rounds[round]!.committed = index;
        }),
      },
      properties: {
        "refines-smr": refines(refinesSmr, (s) => persist(roundsOf(s))),
        "sorts-to-ado-21": refines(sortsToAdo21, viewOf),
      },
    }));
  },
});

export default adoR;
