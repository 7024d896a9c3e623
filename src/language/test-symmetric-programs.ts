/** For tests: random programs whose clients are interchangeable, right and wrong, with theorems about them. */

import fc from "fast-check";

/** What a procedure does. `x` is a register, `k` is a lock, `b` is a book in which clients sign. */
const operation = fc.constantFrom(
  "x.set(1)!;",
  "x.set(2)?;",
  "x.once(2)!!;",
  "x.set(1);",
  "if (x.push() != FAIL) { this.n := this.n + 1; }",
  "ok := k.take()!!; if (!ok) { return; } this.n := 1;",
  "ok := k.take()?; if (ok == FAIL || !ok) { return; }",
  "k.give()!!; this.n := 0;",
  "b.sign()!!;",
  "i := b.sign()?; if (i == FAIL) { return; } this.n := i;",
  "b.leave()!;",
  "if (k.pull() == FAIL) { return; } k.take(); ok := k.push(); if (ok == FAIL || !ok) { return; } this.n := 1;",
  "while (b.pull() == FAIL) {} b.leave(); b.push();",
);

const answer = fc.constantFrom(
  "return x.get()!;",
  "return x.get()?;",
  "return b.count()!!;",
  "a := x.get()?; if (a == FAIL) { return; } return a + 1;",
);

const claim = fc.constantFrom(
  "A implements S",
  "A implements S",
  "never A exists c, d: c != d && c.n == 1 && d.n == 1",
  "always A forall c: c.n == 1 ==> k.holder == Some(c)",
  "never A exists c: b.first == Some(c) && !b.signed[c] && c.idle",
  "always A forall c, d: b.first == Some(c) && k.holder == Some(d) ==> c == d",
  "sometimes A exists c: c.crashed && k.holder == Some(c)",
  "always A len(b.signed) <= 1",
  "A returns",
);

const workload = fc.constantFrom("each p()", "each p() | q()", "each p() then q()");

/** A program with one theorem, `t`. */
export const symmetricProgram: fc.Arbitrary<string> = fc
  .record({
    operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
    answer,
    claim,
    workload,
    effect: fc.constantFrom("this.v := 1;", "this.v := 2;", ""),
    clients: fc.constantFrom(2, 2, 3),
    times: fc.integer({ min: 1, max: 2 }),
    crashes: fc.integer({ min: 0, max: 1 }),
    lost: fc.integer({ min: 0, max: 1 }),
    more: fc.constantFrom("", "", ", fails = 1", ", methods = 1"),
  })
  .map(
    (parts) => `
record Line { who : option N; round : int; }
ADO R {
  shared v : int := 0;
  shared served : [bool] := [];
  method set(n) { this.v := n; }
  method once(n) { if (!this.served[request]) { this.served[request] := true; this.v := this.v + n; } }
  method get() { return this.v; }
}
ADO K {
  shared holder : option int := None;
  method take() { if (this.holder == None) { this.holder := Some(me); } return this.holder == Some(me); }
  method give() { if (this.holder == Some(me)) { this.holder := None; } }
}
ADO B {
  shared first : option N := None;
  shared signed : [bool] := [];
  shared lines : [Line] := [];
  method sign() {
    if (this.first == None) { this.first := Some(me); }
    this.signed[me] := true;
    this.lines[len(this.lines)] := Line { who: Some(me), round: 1 };
    return len(this.lines);
  }
  method leave() { this.signed[me] := false; if (this.first == Some(me)) { this.first := None; } }
  method count() { return len(this.signed); }
}
ADO S {
  shared v : int := 0;
  method p() { ${parts.effect} }
  method q() { return this.v; }
}
DApp A(x: R, k: K, b: B) {
  var n : int := 0;
  proc p() { ${parts.operations.join(" ")} }
  proc q() { ${parts.answer} }
}
theorem t: ${parts.claim} given clients = ${parts.clients}, ${parts.workload}, times = ${parts.times},
  crashes = ${parts.crashes}, lost = ${parts.lost}${parts.more};
`,
  );
