/** What `muchado check` says to follow from two runs, tried on random programs of which it says so. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { explore, instantiate, type Model } from "../../src/index.ts";
import { theoremsOf } from "../../src/language/load.ts";
import { overOf } from "../catalog.ts";

const operation = fc.constantFrom(
  "x.set(1)!;",
  "x.set(2)?;",
  "x.set(2)!!;",
  "y.set(1)!;",
  "y.set(1)!!;",
  "y.set(2)?;",
  "x.once(2)!!;",
  "y.once(1)?;",
  "if (x.set(1)? != FAIL) { this.n := this.n + 1; this.told := true; }",
  "if (x.set(2)? == FAIL) { return; }",
  "r := x.get()?; if (r != FAIL) { this.n := r; }",
  "r := y.get()!!; this.n := r;",
);

const answer = fc.constantFrom(
  "return x.get()!;",
  "return x.get()?;",
  "return y.get()!!;",
  "a := x.get()?; if (a == FAIL) { return; } b := y.get()?; if (b == FAIL) { return; } return a + b;",
);

const claim = fc.constantFrom(
  "A implements S",
  "never A x.v == 2 && y.v == 0",
  "always A x.v == 1 ==> y.v == 1",
  "always A forall c: c.told ==> x.v + y.v > 0",
  "never A exists c: c.idle && c.n == 2",
  "never A exists c: c.idle && c.told && x.v == 2",
  "never A exists c, d: c != d && c.told && d.told",
);

const workload = fc.constantFrom(
  "each p()",
  "client 1 p(), client 2 q()",
  "client 1 p() then q(), client 2 p()",
  "client 1 p(), client 2 q() then q()",
);

const parts = fc.record({
  operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
  answer,
  claim,
  workload,
  effect: fc.constantFrom("this.v := 1;", "this.v := 2;", ""),
  ballots: fc.integer({ min: 2, max: 3 }),
  protocol: fc.constantFrom("multi-paxos(nodes = 2, entries = 1", "vertical-paxos(entries = 1"),
  crashes: fc.integer({ min: 0, max: 1 }),
});

/** A program with its theorem on the ADO and over a protocol, at bounds that say the same. */
const text = (one: typeof parts extends fc.Arbitrary<infer P> ? P : never): string => `
ADO R {
  shared v : int := 0;
  shared served : [bool] := [];
  method set(n) { this.v := n; }
  method once(n) { if (!this.served[request]) { this.served[request] := true; this.v := this.v + n; } }
  method get() { return this.v; }
}
ADO S { shared v : int := 0; method p() { ${one.effect} } method q() { return this.v; } }
DApp A(x: R, y: R) {
  var n : int := 0;
  var told : bool := false;
  proc p() { ${one.operations.join(" ")} }
  proc q() { ${one.answer} }
}
theorem ado: ${one.claim}
  given clients = 2, ${one.workload}, crashes = ${one.crashes}, times = ${one.ballots}, methods = 1, lost = 4;
theorem network: ${one.claim} over ${one.protocol}, ballots = ${one.ballots})
  given clients = 2, ${one.workload}, crashes = ${one.crashes};
`;

/** What has more states than this is left out. */
const MAX_STATES = 50_000;

function outcome(model: Model): "holds" | "violated" | undefined {
  const { ending, fault, violations } = explore(instantiate(model), { maxStates: MAX_STATES });
  expect(fault?.message).toBeUndefined();
  if (violations.length > 0) return "violated";
  return ending === "complete" ? "holds" : undefined;
}

test("what is violated over a protocol is violated on the ADO, in programs that depend on no answer but those of pushes", () => {
  const seen = { holds: 0, violated: 0 };
  fc.assert(
    fc.property(parts.map(text), (program) => {
      const read = theoremsOf("random.ado", program, overOf);
      if ("errors" in read) throw new Error(read.errors.map(({ message }) => message).join("; "));
      const [ado, network] = read.entries.map(({ model }) => model);
      expect(ado!.composes).toBe("program");
      const found = outcome(network!);
      const expected = found === "violated" ? outcome(ado!) : found;
      if (found === undefined || expected === undefined) return;
      seen[found]++;
      expect(expected).toBe(found);
    }),
    { numRuns: 100 },
  );
  // About one in eight is violated.
  expect(Math.min(seen.holds, seen.violated)).toBeGreaterThan(2);
}, 900_000);
