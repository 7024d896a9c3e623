import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatError } from "./errors.ts";
import { parseProgram } from "./parse.ts";
import { readProgram } from "./read-program.ts";
import { vocabulary } from "./tokens.ts";

/** The programs of the talk, letter by letter where the talk prints them; what it leaves out is filled in. */
const talk = `
ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}
ADO DVec[T] { shared data : [T] := [];  method insert(idx, x) { this.data[idx] := x; }  method get(idx) { return this.data[idx]; } }
ADO DLock   { shared owner : option N := None;  method tryAcquire() { if (this.owner == None) { this.owner := Some(me); } return this.owner == Some(me); }  method release() { if (this.owner == Some(me)) { this.owner := None; } } }

DApp KVLock(lk: DLock, data: DVec[string], meta: DVec[int]) {
  proc set(k, v) {
    ok := lk.tryAcquire()!;
    if (!ok) { return; }
    data.insert(hash(k), v)!;
    meta.insert(hash(k), len(v))!;
    lk.release()!;
  }
}
DApp KVLockAbort(lk: DLock, data: DVec[string], meta: DVec[int]) { proc set(k, v) { if (lk.pull() == FAIL) { return; }  ok := lk.tryAcquire();  if (lk.push() == FAIL) { return; } data.insert(hash(k), v)?; } }
DApp KVLockRetry(lk: DLock, data: DVec[string], meta: DVec[int]) { proc set(k, v) { for retry in 0..N { if (lk.pull() == FAIL) { continue; } lk.tryAcquire(); if (lk.push() != FAIL) { break; } }  if (retry == N) { return; } data.insert(hash(k), v)!; } }
enum Decision { YES, NO, COMMIT, ABORT }
record Tx { ts : int; decision : Decision; }
ADO RM { shared txs : [Tx] := []; method prepare(tx) { tx.decision := YES; this.txs[tx.ts] := tx; return tx.decision; } }
DApp TM(rm_1: RM, ..., rm_n: RM) {
  proc init() { for rm in [this.rm_1, ..., this.rm_n] { while (rm.pull() == FAIL) {} } }
  proc collect_decisions(tx) {
    for rm in [this.rm_1, ..., this.rm_n] {
      rm.prepare(tx);                                   // no pull needed
      for i in 0..MAX_TRY { res := rm.push(); if (res != FAIL) { break; } }
      if (res == NO || res == FAIL) { tx.decision := ABORT; break; }
    }
  }
}

theorem KV_correct: KVLock implements KV
  given clients = 2, each set("a", "x"), times = 3, crashes = 1;
theorem mutex: always DLock owner == None || owner == Some(1) || owner == Some(2)
  given clients = 2, each tryAcquire() | release(), calls = 2, times = 3;
theorem end_to_end: KVLock implements KV over multi-paxos(nodes = 3, ballots = 2)
  given clients = 1, each set("a", "x");
`;

describe("a program is accepted", () => {
  it("as the talk prints it", () => {
    expect(readProgram(talk, "talk.ado").errors.map(formatError)).toEqual([]);
  });

  it("with nothing in it, or only comments", () => {
    for (const source of ["", "// nothing", "/* nothing\n at all */", "\n\t "]) {
      expect(parseProgram(source, "x.ado")).toMatchObject({ program: { declarations: [] }, errors: [] });
    }
  });

  it("with `this.` and without, in objects and in applications", () => {
    const source = `ADO X { shared a : int := 0; method m() { a := this.a + 1; return a; } }
DApp A(x: X) { var seen : int := 0; proc p() { seen := this.x.m()!; this.seen := x.m()!; q(); } proc q() {} }`;
    expect(readProgram(source, "x.ado").errors.map(formatError)).toEqual([]);
  });

  it("with many quantifiers side by side, none within another", () => {
    const some = (count: number): string =>
      count === 1 ? "(forall c: c.idle)" : `(${some(count >> 1)} && ${some(count - (count >> 1))})`;
    const source = `ADO X { shared a : int := 0; method m() { a := 1; } }
DApp A(x: X) { var idle : bool := true; proc p() { x.m()!; } }
theorem t: always A ${some(128)} given clients = 1, each p(), times = 1;`;
    expect(readProgram(source, "x.ado").errors.map(formatError)).toEqual([]);
  });

  it("with the words of theorems as names", () => {
    const source =
      "ADO X { shared given : int := 0; method each(client) { over := client; this.given := over; } }";
    expect(readProgram(source, "x.ado").errors.map(formatError)).toEqual([]);
  });

  it("with a plus behind a call as its form, unless an operand follows", () => {
    const { program } = parseProgram(
      "DApp A(x: X) { proc p() { a := x.m()+; b := x.m() + 1; c := x.m() + [1]; } }",
      "x.ado",
    );
    const [dapp] = program.declarations;
    const body = dapp?.kind === "dapp" ? dapp.procedures[0]!.body : [];
    expect(body).toMatchObject([
      { value: { kind: "call", form: "+" } },
      { value: { kind: "binary", operator: "+", left: { kind: "call", form: "" } } },
      { value: { kind: "binary", operator: "+", right: { kind: "list" } } },
    ]);
  });
});

describe("the parser survives", () => {
  it("any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (source) => {
        const { errors } = readProgram(source, "x.ado");
        for (const error of errors) expect(formatError(error)).toContain("x.ado:");
      }),
      { numRuns: 300 },
    );
  });

  it("any words of the language in any order", () => {
    const words = vocabulary.flatMap((type) => (typeof type.PATTERN === "string" ? [type.PATTERN] : []));
    const word = fc.constantFrom(...words, "x", "rm_1", "rm_n", "7", '"s"', '"', "ADO X {", "method m() {");
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (list) => {
        const { errors } = readProgram(list.join(" "), "x.ado");
        for (const error of errors) expect(error.line).toBe(1);
      }),
      { numRuns: 1000 },
    );
  });

  it("a right program with a piece cut out", () => {
    fc.assert(
      fc.property(fc.nat(talk.length), fc.nat(40), (start, length) => {
        const source = talk.slice(0, start) + talk.slice(start + length);
        for (const error of readProgram(source, "x.ado").errors) {
          expect(error.sourceLine).toBe(source.split("\n")[error.line - 1]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("brackets, signs and operators without end", () => {
    for (const piece of ["(", "[", "{", "!", "- ", "x + ", "x.", "x[", "forall c: ", "if (x) {", "option "]) {
      const source = `ADO X { method m() { x := ${piece.repeat(5_000)}`;
      expect(parseProgram(source, "x.ado").errors.length).toBeGreaterThan(0);
    }
  });
});
