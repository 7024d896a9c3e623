/** Chain Replication with one defect each. */

import type { Mutant, PinnedRun } from "../../src/index.ts";
import { type ChainRules, chainReplication } from "../protocols/chain-replication.ts";

/** Two servers and one update; without faults except those that are given. */
const least = (epochs: number, faults = {}): PinnedRun => ({
  bounds: { servers: 2, epochs, updates: 1 },
  faults: { crash: 0, suspect: 0, ...faults },
});

function mutant(
  defect: string,
  about: string,
  vary: Partial<ChainRules>,
  runs: { readonly at: PinnedRun; readonly survivesAt?: readonly PinnedRun[] },
): Mutant {
  return {
    of: "chain-replication",
    model: chainReplication(`chain-replication/${defect}`, about, vary),
    ...runs,
  };
}

export const mutants: readonly Mutant[] = [
  mutant(
    "head-answers",
    "the head tells its clients that an update is committed before the tail has it",
    { answersUpdates: ({ isHead, isTail }) => isHead || isTail },
    { at: least(1) },
  ),
  mutant(
    "dirty-reads",
    "every server of the latest chain answers reads",
    { answersReads: ({ hasLease }) => hasLease },
    { at: least(1) },
  ),
  mutant(
    "nothing-sent-again",
    "a server that enters an epoch does not send again what may have been lost",
    { sendsAgain: () => [] },
    { at: least(2), survivesAt: [least(1, { crash: 1 })] },
  ),
  mutant(
    "hasty-acknowledgement",
    "a server acknowledges what it holds, before the tail has it",
    { acknowledges: (_, held) => held },
    { at: least(3) },
  ),
  mutant(
    "removed-tail-reads",
    "a tail answers reads without a lease, so also when it was dropped and has not noticed",
    { answersReads: ({ isTail }) => isTail },
    { at: least(2, { suspect: 1 }), survivesAt: [least(3, { crash: 1 })] },
  ),
  mutant(
    "no-epoch-check",
    "a server takes updates that were sent in earlier epochs",
    { takes: (entered, sent) => entered >= sent },
    { at: least(2, { suspect: 1 }), survivesAt: [least(1, { suspect: 1 })] },
  ),
  mutant(
    "new-tail-does-not-wait",
    "a server that is added acts as the tail before it has been handed the log",
    { newTailWaits: false },
    { at: least(2), survivesAt: [least(1)] },
  ),
  mutant(
    "master-does-not-wait",
    "the master drops the old tail before it has handed the log to the new one",
    { masterWaits: () => false },
    { at: least(3, { suspect: 1 }), survivesAt: [least(2, { suspect: 1 })] },
  ),
];
