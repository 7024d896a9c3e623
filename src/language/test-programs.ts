/** Random small applications, right and wrong, with theorems about them. */

import fc from "fast-check";

/** What one procedure does, in words of the language. `x` and `y` are registers. */
const operation = fc.constantFrom(
  "x.set(1)!;",
  "x.set(2)?;",
  "x.set(2)!!;",
  "y.set(1)!;",
  "y.set(2)?;",
  "x.pull();",
  "x.set(1);",
  "x.set(2);",
  "x.push();",
  "if (x.pull() == FAIL) { return; }",
  "if (x.set(2) == FAIL) { return; }",
  "while (x.push() == FAIL) {}",
  "if (x.push() != FAIL) { this.n := this.n + 1; }",
  "r := x.pull(); if (r != FAIL && r.v == 1) { x.set(2); x.push(); }",
  "this.n := 1;",
  "x.once(2)!!;",
  "y.once(1)?;",
);

/** Operations by themselves, in orders that nobody means. */
const bare = fc.constantFrom(
  "x.pull();",
  "x.set(1);",
  "x.push();",
  "if (x.push() != FAIL) { this.n := this.n + 1; }",
);

const operations = fc.oneof(
  fc.array(operation, { minLength: 1, maxLength: 3 }),
  fc.array(bare, { minLength: 3, maxLength: 4 }),
);

const answer = fc.constantFrom(
  "return x.get()!;",
  "return x.get()!!;",
  "return x.get()?;",
  "r := x.pull(); if (r == FAIL) { return; } return r.v;",
  "return y.get()!!;",
  "a := x.get()?; if (a == FAIL) { return; } b := y.get()?; if (b == FAIL) { return; } return a + b;",
);

const effect = fc.constantFrom("this.v := 1;", "this.v := 2;", "this.v := 3;", "");

const claim = fc.constantFrom(
  "A implements S",
  "A implements S",
  "A implements S",
  "never A x.v == 2 && y.v == 0",
  "always A x.v == 1 ==> y.v == 1",
  "sometimes A x.v == 2 && y.v == 1",
  "always A forall c: c.n == 1 ==> x.v > 0",
  "never A exists c: c.idle && c.n == 2",
  "sometimes A exists c: c.n == 1 && x.v == 1",
  "sometimes A exists c: c.crashed && x.v == 2",
  "A returns",
);

const workload = fc.constantFrom(
  "each p() | q()",
  "client 1 p(), client 2 q()",
  "client 1 p(), client 2 q() then q()",
  "client 1 p() then q(), client 2 p()",
  "client 1 p() then p(), client 2 q()",
);

interface Parts {
  readonly operations: readonly string[];
  readonly answer: string;
  readonly effect: string;
  readonly claim: string;
  readonly workload: string;
  readonly times: number;
  readonly crashes: number;
  readonly lost: number;
}

/** A program with one theorem, `t`. */
const text = (parts: Parts): string => `
ADO R {
  shared v : int := 0;
  shared served : [bool] := [];
  method set(n) { this.v := n; }
  method once(n) { if (!this.served[request]) { this.served[request] := true; this.v := this.v + n; } }
  method get() { return this.v; }
}
ADO S {
  shared v : int := 0;
  method p() { ${parts.effect} }
  method q() { return this.v; }
}
DApp A(x: R, y: R) {
  var n : int := 0;
  proc p() { ${parts.operations.join(" ")} }
  proc q() { ${parts.answer} }
}
theorem t: ${parts.claim} given clients = 2, ${parts.workload}, times = ${parts.times},
  crashes = ${parts.crashes}, lost = ${parts.lost};
`;

export const program: fc.Arbitrary<string> = fc
  .record({
    operations,
    answer,
    effect,
    claim,
    workload,
    times: fc.integer({ min: 1, max: 2 }),
    crashes: fc.integer({ min: 0, max: 1 }),
    lost: fc.integer({ min: 0, max: 1 }),
  })
  .map(text);

const odd = { answer: "return x.get()!;", effect: "", times: 2, crashes: 0, lost: 0 };
const counted = "if (x.push() != FAIL) { this.n := this.n + 1; }";
const committed = "sometimes A exists c: c.n == 1 && x.v == 1";

/** Programs whose clients go on where they had stopped: after a pull that failed, and from one call to the next. */
export const oddPrograms: readonly string[] = [
  text({
    ...odd,
    operations: ["x.pull();", "x.set(1);", "x.pull();", counted],
    claim: committed,
    workload: "client 1 p(), client 2 q()",
  }),
  text({
    ...odd,
    operations: [counted, "x.pull();", "x.set(1);", "y.pull();"],
    claim: committed,
    workload: "client 1 p() then p(), client 2 q()",
  }),
];
