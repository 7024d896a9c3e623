/** Programs that are run both on the ADO and over protocols, at bounds that say the same of both. */

import { readFileSync } from "node:fs";
import { type FindProtocol, type TheoremEntry, theoremsOf } from "../../src/language/load.ts";
import { overOf } from "../catalog.ts";

export interface Composition {
  /** The name of the theorem, or of the mutant. */
  readonly name: string;
  /** Below `models/applications`. */
  readonly program: string;
  readonly claim: string;
  /** The workload, and what else bounds both. */
  readonly given: string;
  /** The bounds of the ADO. A push that times out may have been lost, so there are as many lost as there are pushes. */
  readonly ado: string;
  readonly expected: "holds" | "violated";
  /** Protocols with bounds that say the same: a ballot is a time, an entry a method. */
  readonly over: readonly string[];
}

/** The theorem on the ADO, or over one of its protocols.  @throws Error if it cannot be read */
export function theoremOf(
  composition: Composition,
  over?: string,
  findProtocol: FindProtocol = overOf,
): TheoremEntry {
  const { program, claim, given, ado, expected } = composition;
  const file = new URL(`../../../models/applications/${program}.ado`, import.meta.url);
  const word = expected === "holds" ? "theorem" : "counterexample";
  const bounds = over === undefined ? `given ${given}, ${ado}` : `over ${over} given ${given}`;
  const source = `${readFileSync(file, "utf8")}\n${word} composed: ${claim} ${bounds};\n`;
  const read = theoremsOf(program, source, findProtocol);
  if ("errors" in read)
    throw new Error(`${program}: ${read.errors.map(({ message }) => message).join("; ")}`);
  return read.entries.find(({ name }) => name === "composed")!;
}

const mutex = "never Critical exists c, d: c != d && c.inside && d.inside";
const settles = "always TM forall c, rm in [rm_1, ..., rm_n]: c.finished == 1 ==> rm.txs[1] != Some(YES)";
const commitsOnlyWanted =
  "always TM forall a in [rm_1, ..., rm_n], b in [rm_1, ..., rm_n]: a.txs[1] == Some(COMMIT) ==> b.willing";
const transaction = "clients = 1, each init() then handle_request(1), n = 2, MAX_TRY = 1";
const oneTransaction = {
  ado: "times = 1, methods = 2, lost = 6",
  over: ["multi-paxos(nodes = 3, ballots = 1, entries = 2)"],
};
const twoBallots = {
  ado: "times = 2, methods = 1, lost = 2",
  over: [
    "multi-paxos(nodes = 3, ballots = 2, entries = 1)",
    "cas-paxos(nodes = 3, ballots = 2)",
    "vertical-paxos(ballots = 2, entries = 1)",
  ],
};
const twoBallotsOfTwo = {
  ado: "times = 2, methods = 1, lost = 2",
  over: ["multi-paxos(nodes = 2, ballots = 2, entries = 1)"],
};
const threeBallots = {
  ado: "times = 3, methods = 1, lost = 3",
  over: ["multi-paxos(nodes = 2, ballots = 3, entries = 1)"],
};
const fourBallots = {
  ado: "times = 4, methods = 1, lost = 4",
  over: ["multi-paxos(nodes = 2, ballots = 4, entries = 1)"],
};

/** The theorems. */
export const theorems: readonly Composition[] = [
  {
    name: "KV_direct",
    program: "kv",
    claim: "KVDirect implements KV",
    given: 'clients = 2, each set("a", "x") | get("a")',
    expected: "holds",
    ...twoBallots,
  },
  {
    name: "mutex",
    program: "lock",
    claim: mutex,
    given: "clients = 2, each enter()",
    expected: "holds",
    ...twoBallots,
  },
  {
    name: "mutex with a crash",
    program: "lock",
    claim: mutex,
    given: "clients = 2, client 1 enter() then leave(), client 2 enter(), crashes = 1",
    expected: "holds",
    ...threeBallots,
  },
  {
    name: "KV_correct",
    program: "kv-lock",
    claim: "KVLock implements KV",
    given: 'clients = 2, client 1 set("a", "x"), client 2 get("a")',
    expected: "holds",
    ...fourBallots,
  },
  {
    name: "KV_free_correct",
    program: "kv-lock-free",
    claim: "KVLockFree implements KV",
    given: 'clients = 2, client 1 set("a", "x"), client 2 get("a")',
    expected: "holds",
    ...threeBallots,
  },
  {
    name: "TM_repaired_transaction",
    program: "two-phase-commit",
    claim: "TMRepaired implements Transaction",
    given: transaction,
    expected: "holds",
    ...oneTransaction,
  },
];

/** What is to turn out violated: one hazard of a printed program, and mutants. */
export const mutants: readonly Composition[] = [
  {
    name: "TM_settles",
    program: "two-phase-commit",
    claim: settles,
    given: transaction,
    expected: "violated",
    ...oneTransaction,
  },
  ...(
    [
      ["tm-commit-on-fail", commitsOnlyWanted],
      ["tm-ignores-no", commitsOnlyWanted],
      ["tm-decide-not-pushed", settles],
    ] as const
  ).map(
    ([name, claim]): Composition => ({
      name,
      program: `mutants/${name}`,
      claim,
      given: transaction,
      expected: "violated",
      ...oneTransaction,
    }),
  ),
  ...["lock-answer-ignored", "lock-taken-over"].map(
    (name): Composition => ({
      name,
      program: `mutants/${name}`,
      claim: mutex,
      given: "clients = 2, each enter()",
      expected: "violated",
      ...twoBallots,
    }),
  ),
  ...(
    [
      ["kv-two-steps", "KVDirect", fourBallots],
      ["kv-lock-free-in-place", "KVLockFree", twoBallotsOfTwo],
      ["kv-lock-read-without-lock", "KVLock", threeBallots],
    ] as const
  ).map(
    ([name, application, bounds]): Composition => ({
      name,
      program: `mutants/${name}`,
      claim: `${application} implements KV`,
      given: 'clients = 2, client 1 set("a", "x"), client 2 get("a") then getmeta("a")',
      expected: "violated",
      ...bounds,
    }),
  ),
];
