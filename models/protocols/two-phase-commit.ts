/** Two-phase commit, as the TLA+ specification TwoPhase has it (Gray & Lamport, "Consensus on transaction commit", 2006). */

import { array, messages, model, node, oneOf, received, set, system } from "../../src/index.ts";

export default model({
  name: "two-phase-commit",
  about: "two-phase commit with a reliable transaction manager (the TLA+ specification TwoPhase)",
  theorem: "no participant commits while another aborts",
  bounds: { participants: { default: 3, min: 1, max: 15, about: "resource managers" } },
  system({ participants }) {
    const rm = node(participants, "rm");
    const sent = messages({ prepared: { from: rm }, commit: {}, abort: {} });

    const state = {
      participants: array(rm, oneOf("working", "prepared", "committed", "aborted")),
      manager: oneOf("init", "committed", "aborted"),
      prepared: set(rm),
      sent,
    };

    return system(state, ({ action, always }) => ({
      actions: {
        managerHearsPrepared: action({ message: received(sent, "prepared") }, (s, { message }) => {
          if (s.manager !== "init") return false;
          s.prepared.add(message.from);
        }),
        managerCommits: action({}, (s) => {
          if (s.manager !== "init" || s.prepared.size < participants) return false;
          s.manager = "committed";
          s.sent.commit.send({});
        }),
        managerAborts: action({}, (s) => {
          if (s.manager !== "init") return false;
          s.manager = "aborted";
          s.sent.abort.send({});
        }),
        prepare: action({ at: rm }, (s, { at }) => {
          if (s.participants.get(at) !== "working") return false;
          s.participants.set(at, "prepared");
          s.sent.prepared.send({ from: at });
        }),
        chooseToAbort: action({ at: rm }, (s, { at }) => {
          if (s.participants.get(at) !== "working") return false;
          s.participants.set(at, "aborted");
        }),
        hearCommit: action({ message: received(sent, "commit"), at: rm }, (s, { at }) => {
          s.participants.set(at, "committed");
        }),
        hearAbort: action({ message: received(sent, "abort"), at: rm }, (s, { at }) => {
          s.participants.set(at, "aborted");
        }),
      },
      properties: {
        consistent: always((s) => {
          let committed = false;
          let aborted = false;
          for (let at = 0; at < participants; at++) {
            const state = s.participants.get(at);
            committed ||= state === "committed";
            aborted ||= state === "aborted";
          }
          return !(committed && aborted) || "a participant committed while another aborted";
        }),
      },
    }));
  },
});
