/**
 * Single-decree Paxos with a monotone set of messages, as the TLA+ specification Paxos of the Examples repository has it
 * (Lamport, "Paxos made simple", 2001). It exists to be compared with published state counts; the refinement of the ADO
 * is checked on `single-paxos` and `multi-paxos`.
 */

import {
  array,
  interchangeable,
  majority,
  messages,
  model,
  node,
  option,
  range,
  received,
  record,
  type State,
  system,
} from "../../src/index.ts";

export default model({
  name: "paxos",
  about: "single-decree Paxos with a monotone set of messages (the TLA+ specification Paxos)",
  theorem: "at most one value is ever chosen",
  bounds: {
    acceptors: { default: 3, min: 1, max: 5, about: "acceptors; a quorum is a majority" },
    ballots: { default: 2, min: 1, max: 5, about: "ballots" },
    values: { default: 2, min: 1, max: 3, about: "values that can be proposed" },
  },
  system({ acceptors, ballots, values }) {
    const acceptor = node(acceptors, "a");
    const ballot = range(1, ballots);
    const value = interchangeable(...["v1", "v2", "v3"].slice(0, values));
    const vote = record({ ballot, value });
    const sent = messages({
      prepare: { ballot },
      promise: { ballot, from: acceptor, accepted: option(vote) },
      accept: { ballot, value },
      accepted: { ballot, from: acceptor, value },
    });
    const state = {
      acceptors: array(acceptor, record({ promised: range(0, ballots), accepted: option(vote) })),
      sent,
    };

    /** Whether nothing is proposed in a ballot yet. */
    const isFree = (s: State<typeof state>, ballot: number): boolean =>
      s.sent.accept.match({ ballot }) === undefined;

    return system(state, ({ action, always, where }) => ({
      actions: {
        prepare: action({ ballot }, (s, { ballot }) => {
          s.sent.prepare.send({ ballot });
        }),
        promise: action({ message: received(sent, "prepare"), at: acceptor }, (s, { message, at }) => {
          const a = s.acceptors[at]!;
          if (message.ballot <= a.promised) return false;
          a.promised = message.ballot;
          s.sent.promise.send({ ballot: message.ballot, from: at, accepted: a.accepted });
        }),
        propose: action(
          { ballot: where(ballot, isFree), quorum: majority(acceptor), value },
          (s, { ballot, value, quorum }) => {
            let highest = 0;
            let reported = value;
            for (let i = 0; i < quorum.length; i++) {
              const promise = s.sent.promise.match({ ballot, from: quorum[i]! });
              if (promise === undefined) return false;
              if (promise.accepted !== null && promise.accepted.ballot > highest) {
                highest = promise.accepted.ballot;
                reported = promise.accepted.value;
              }
            }
            if (reported !== value) return false;
            s.sent.accept.send({ ballot, value });
          },
        ),
        accept: action({ message: received(sent, "accept"), at: acceptor }, (s, { message, at }) => {
          const a = s.acceptors[at]!;
          if (message.ballot < a.promised) return false;
          a.promised = message.ballot;
          a.accepted = { ballot: message.ballot, value: message.value };
          s.sent.accepted.send({ ballot: message.ballot, from: at, value: message.value });
        }),
      },
      properties: {
        agreement: always(
          (s) => {
            let chosen: string | undefined;
            for (const { ballot, value } of s.sent.accept.values()) {
              const votes = s.sent.accepted.count((vote) => vote.ballot === ballot && vote.value === value);
              if (votes * 2 <= acceptors) continue;
              if (chosen !== undefined && chosen !== value) return `${chosen} and ${value} are both chosen`;
              chosen = value;
            }
            return true;
          },
          { isStable: true },
        ),
      },
    }));
  },
});
