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

/** The text of a program with one theorem, `t`. */
export const program: fc.Arbitrary<string> = fc
  .record({
    operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
    answer,
    effect,
    claim,
    workload,
    times: fc.integer({ min: 1, max: 2 }),
    crashes: fc.integer({ min: 0, max: 1 }),
    lost: fc.integer({ min: 0, max: 1 }),
  })
  .map(
    (parts) => `
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
`,
  );
