/** What a program keeps beside a cluster: which calls the names in the cluster's logs stand for. */

import type { CompiledAdo } from "./flow.ts";
import { printState } from "./print-state.ts";
import { type Fault, type Request, runRequest } from "./run.ts";
import { nothingValue, type Value } from "./values.ts";

/** Plain and canonical, as {@link Value}s are. */
export interface Ledger {
  /** The state of the object before any method. */
  readonly first: readonly Value[];
  /** What was invoked, by name, in the order of the names. */
  readonly calls: readonly (readonly [name: string, call: Invoked])[];
  /** The rounds that clients lead or led last. */
  readonly tenures: readonly (readonly [me: number, tenure: Tenure])[];
}

export interface Invoked {
  readonly me: number;
  readonly request: Request & { kind: "invoke" };
}

export interface Tenure {
  readonly round: number;
  /** How many methods the client has invoked in the round; the last of them may not be in the cluster yet. */
  readonly invoked: number;
  /** How many of them it was told are committed. */
  readonly told: number;
}

export const emptyLedger = (first: readonly Value[]): Ledger => ({ first, calls: [], tenures: [] });

export const tenureOf = ({ tenures }: Ledger, me: number): Tenure | undefined =>
  tenures.find(([client]) => client === me)?.[1];

export function withTenure(ledger: Ledger, me: number, tenure: Tenure | undefined): Ledger {
  const others = ledger.tenures.filter(([client]) => client !== me);
  const added = tenure === undefined ? [] : [[me, tenure] as const];
  return { ...ledger, tenures: [...others, ...added].sort(([a], [b]) => a - b) };
}

export function withCall(ledger: Ledger, name: string, call: Invoked): Ledger {
  const calls = [...ledger.calls, [name, call] as const].sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...ledger, calls };
}

export function without(ledger: Ledger, names: readonly string[]): Ledger {
  return { ...ledger, calls: ledger.calls.filter(([name]) => !names.includes(name)) };
}

/** The state of an object behind a log, and the answer of the log's last method. */
export function replay(
  type: CompiledAdo,
  { first, calls }: Ledger,
  log: readonly string[],
): { readonly kind: "done"; readonly state: readonly Value[]; readonly answer: Value } | Fault {
  let state = first;
  let answer: Value = nothingValue;
  for (const name of log) {
    const call = calls.find(([known]) => known === name)?.[1];
    if (call === undefined) throw new Error(`a log of ${type.name} has ${name}, which no client invoked`);
    const { me, request } = call;
    const done = runRequest(type, state, me, request);
    if (done.kind === "fault") return done;
    ({ state, answer } = done);
  }
  return { kind: "done", state, answer };
}

export function printLedger({ fields }: CompiledAdo, { first, calls }: Ledger): string {
  const text = calls.map(([name, { me, request }]) => `${name} is c${me}'s ${request.method}`);
  return calls.length === 0 ? printState(fields, first) : text.join(", ");
}
