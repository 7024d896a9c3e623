/** Chain Replication with one defect each. */

import type { Mutant, PinnedRun } from "../../src/index.ts";
import { chainReplication } from "../protocols/chain-replication.ts";
import { mutantsOf } from "./mutants-of.ts";

/** One update an epoch, and no faults but those given. */
const at = (servers: number, epochs: number, faults = {}): PinnedRun => ({
  bounds: { servers, epochs, updates: 1 },
  faults: { crash: 0, suspect: 0, ...faults },
});

const mutant = mutantsOf("chain-replication", chainReplication);

export const mutants: readonly Mutant[] = [
  mutant(
    "head-answers",
    "the head tells clients that their updates are committed when it takes them",
    { answersUpdates: ({ isHead, isTail }) => isHead || isTail },
    { at: at(2, 2) },
  ),
  mutant(
    "dirty-reads",
    "every server of the chain answers reads",
    { answersReads: ({ hasLease }) => hasLease },
    { at: at(2, 2) },
  ),
  mutant(
    "nothing-sent-again",
    "a server that enters an epoch does not send again what may have been lost",
    { sendsAgain: () => [] },
    { at: at(3, 2), survivesAt: [at(2, 3, { crash: 2, suspect: 2 })] },
  ),
  mutant(
    "hasty-acknowledgement",
    "a server acknowledges what it holds before the tail holds it",
    { acknowledges: (_, held) => held },
    { at: at(3, 2, { crash: 1 }), survivesAt: [at(3, 2), at(2, 3, { crash: 2, suspect: 2 })] },
  ),
  mutant(
    "removed-tail-reads",
    "a tail answers reads without a lease, also after it was dropped",
    { answersReads: ({ isTail }) => isTail },
    // No defect where only servers are dropped that have crashed, as the paper assumes.
    { at: at(2, 2, { suspect: 1 }), survivesAt: [at(3, 3, { crash: 2 })] },
  ),
  mutant(
    "no-epoch-check",
    "a server takes updates that were sent in epochs before its own",
    { takes: (entered, sent) => entered >= sent },
    { at: at(2, 2, { crash: 1 }), survivesAt: [at(2, 2)] },
  ),
  mutant(
    "added-tail-acts-at-once",
    "a server that is added acts as the tail before it has been handed the log",
    { newTailWaits: false },
    { at: at(2, 2) },
  ),
  mutant(
    "master-does-not-wait",
    "the master drops the old tail before that has handed the log to the new one",
    { masterWaits: () => false },
    { at: at(2, 3, { crash: 1 }), survivesAt: [at(2, 3), at(2, 2, { crash: 1 })] },
  ),
];
