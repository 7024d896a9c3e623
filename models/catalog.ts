/** What comes with Muchado: every model by name, and the runs that `muchado check` does when it is given no target. */

import type { CatalogEntry } from "../src/index.ts";
import paxos from "./protocols/paxos.ts";
import twoPhaseCommit from "./protocols/two-phase-commit.ts";

const here = (file: string): string => new URL(file, import.meta.url).href;

export const catalog: readonly CatalogEntry[] = [
  {
    kind: "reference",
    model: twoPhaseCommit,
    reference: { module: here("./protocols/two-phase-commit.js"), export: "default" },
    pinned: [{ bounds: { participants: 3 } }, { bounds: { participants: 7 } }],
  },
  {
    kind: "reference",
    model: paxos,
    reference: { module: here("./protocols/paxos.js"), export: "default" },
    pinned: [{ bounds: { ballots: 2 } }, { bounds: { ballots: 3 } }],
  },
];
