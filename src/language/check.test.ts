import { describe, expect, it } from "vitest";
import { readProgram } from "./read-program.ts";
import { typedProgram } from "./test-typed-program.ts";
import { typeName } from "./types.ts";

/** Parameters and answer of a method or procedure, as a user reads them. */
function signatureOf(source: string, owner: string, name: string): string {
  const { ados, dapps, unifier } = typedProgram(source);
  const signature = ados.get(owner)?.methods.get(name) ?? dapps.get(owner)?.procedures.get(name);
  const parameters = signature!.parameters.map((parameter) => typeName(unifier, parameter));
  return `(${parameters.join(", ")}) ${typeName(unifier, signature!.result)}`;
}

const messages = (source: string) => readProgram(source, "x.ado").errors.map((error) => error.message);

const vector = `ADO DVec[T] { shared data : [T] := []; method insert(idx, x) { this.data[idx] := x; }
  method get(idx) { return this.data[idx]; } method first() { return this.data[0]; } }
`;

describe("types are inferred", () => {
  it("of parameters and answers, from fields and from each other", () => {
    const source =
      "ADO X { shared a : [string * int] := []; method m(k, v, n) { this.a[k] := (v, n); return k; } }";
    expect(signatureOf(source, "X", "m")).toBe("(_, string, int) _");
  });

  it("of each use of an object by itself, keys included", () => {
    const source = `${vector}ADO Named[T] { shared data : [T] := []; method put(k, x) { this.data[k] := x; } }
DApp A(v: DVec[string], w: DVec[option int], u: Named[bool], s: Named[bool]) {
  proc p(a, b) { v.insert(1, a)!; w.insert(2, b)!; }
  proc q(a, b) { u.put("one", a)!; s.put(1, b)!; }
  proc r() { return w.get(1)!; }
}`;
    expect(signatureOf(source, "A", "p")).toBe("(string, option int) nothing");
    expect(signatureOf(source, "A", "q")).toBe("(bool, bool) nothing");
    expect(signatureOf(source, "A", "r")).toBe("() option int");
  });

  it("of records, from the name of a field", () => {
    const source =
      "record Tx { ts : int; ok : bool; } DApp A() { proc p(tx) { tx.ok := tx.ts == 1; return tx; } }";
    expect(signatureOf(source, "A", "p")).toBe("(Tx) Tx");
  });

  it("of what only a later use tells", () => {
    const source =
      "DApp A() { proc p(pair) { x := pair[1]; q(pair); return x; } proc q(pair) { pair := (1, true); } }";
    expect(signatureOf(source, "A", "p")).toBe("(int * bool) bool");
  });

  it("of a push, from the methods of the object if they agree", () => {
    const one =
      "ADO X { method m() { return 1; } method n() {} } DApp A(x: X) { proc p() { return x.push(); } }";
    expect(signatureOf(one, "A", "p")).toBe("() int");
    const two = one.replace("n() {}", "n() { return true; }");
    expect(signatureOf(two, "A", "p")).toBe("() _");
  });
});

describe("the checker refuses", () => {
  it("of a constant that is a record", () => {
    const source = "record Tx { ts : int; } const X = Tx { ts: 1 }; DApp A() { proc p() { return X.ts; } }";
    expect(messages(source)).toEqual([]);
  });

  it("a field that several records have, where nothing tells which is meant", () => {
    const source = "record A { x : int; } record B { x : int; } DApp D() { proc p(r) { return r.x; } }";
    expect(messages(source)).toEqual(["the field `x` is one of A and B"]);
    expect(messages(source.replace("p(r)", "p(r : B)"))).toEqual([]);
  });

  it("an object that is handed to a procedure", () => {
    const source = `${vector}DApp D(v: DVec[int]) { proc p() { q(v); } proc q(o) { o.first()!; } }`;
    expect(messages(source)).toEqual([
      "an object is not a value",
      "only objects have operations, and this is something else",
    ]);
  });

  it("an element of the wrong type, in a use of an object", () => {
    const source = `${vector}DApp D(v: DVec[int]) { proc p() { v.insert(1, "one")!; } }`;
    expect(messages(source)).toEqual(["argument 2 of `insert` is string, not int"]);
  });
});

describe("what may be FAIL is known", () => {
  const x = "ADO X { method m() { return 1; } }\n";

  it("through locals, variables, procedures and what is handed to them", () => {
    const source = `${x}DApp D(x: X) {
      var last : int := 0;
      proc p() { a := x.push(); b := a; if (b == FAIL) { return; } last := x.m()?; return b; }
      proc q() { if (last == FAIL) { return; } if (p() == FAIL) { return; } }
      proc r() { c := 1; if (s(c) != FAIL && c == FAIL) { return; } }
      proc s(d) { d := x.push(); if (d == FAIL) { return; } }
    }`;
    expect(messages(source)).toEqual([]);
  });

  it("and what cannot be", () => {
    const source = `${x}DApp D(x: X) {
      proc p() { a := x.m()!; if (a == FAIL) { return; } }
      proc q() { if (x.m()+ == FAIL) { r(); } if (r() == FAIL) { return; } }
      proc r() { x.m()!!; }
    }`;
    expect(messages(source)).toEqual(["this is never FAIL", "this is never FAIL", "this is never FAIL"]);
  });
});
