import { describe, expect, it } from "vitest";
import { compileProcedures } from "./flow.ts";
import { printCode } from "./test-print-code.ts";
import { typedProgram } from "./test-typed-program.ts";
import type { Value } from "./values.ts";

const object = "ADO X { shared a : [bool] := []; method m(b) { this.a[0] := b; return b; } }\n";
const remembering = "ADO X { shared a : [bool] := []; method m(b) { this.a[request] := b; return b; } }\n";

/** The code of the procedure `p` with this body. */
function codeOf(body: string, ado = object, constants: ReadonlyMap<string, Value> = new Map()): string[] {
  const dapp = `DApp A(x: X) { var last : bool := false; proc p(b) { ${body} }
    proc flip(c) { c := !c; this.last := c; } proc quit() { if (this.last) { return; } } }`;
  return printCode(compileProcedures(typedProgram(ado + dapp), "A", constants).procedures.get("p")!);
}

describe("a call form is compiled to", () => {
  it("one operation where the call stands as it is", () => {
    expect(codeOf("ok := x.m(b); if (x.push() == FAIL) { return; } return ok;")).toEqual([
      "0: #m := invoke 0.m(b) live b",
      "1: ok := #m",
      "2: #push := push 0 live ok",
      "3: unless (#push == FAIL) goto 5",
      "4: return FAIL",
      "5: return ok",
      "6: return ()",
    ]);
  });

  it("pull, invoke and push for `?`", () => {
    expect(codeOf("return x.m(b)?;")).toEqual([
      "0: #m := pull 0 live b",
      "1: unless (#m != FAIL) goto 4",
      "2: invoke 0.m(b) live b",
      "3: #m := push 0",
      "4: return #m",
      "5: return ()",
    ]);
  });

  it("a loop on pull, one invocation and a loop on push for `!`", () => {
    expect(codeOf("return x.m(b)!;")).toEqual([
      "0: #m := pull 0 live b",
      "1: unless (#m != FAIL) goto 0",
      "2: invoke 0.m(b) live b",
      "3: #m := push 0",
      "4: unless (#m != FAIL) goto 3",
      "5: return #m",
      "6: return ()",
    ]);
  });

  it("a loop around all three under one request for `!!`", () => {
    expect(codeOf("x.m(b)!!;", remembering)).toEqual([
      "0: #requests := (#requests + 1)",
      "1: #m := pull 0 live b",
      "2: unless (#m != FAIL) goto 5",
      "3: invoke 0.m(b) as (me, #requests) live b",
      "4: #m := push 0 live b",
      "5: unless (#m != FAIL) goto 1",
      "6: return ()",
    ]);
  });

  it("the same loop with a fresh request each time for `+`, numbered only when the pull succeeded", () => {
    expect(codeOf("x.m(b)+;", remembering)).toEqual([
      "0: #m := pull 0 live b",
      "1: unless (#m != FAIL) goto 5",
      "2: #requests := (#requests + 1)",
      "3: invoke 0.m(b) as (me, #requests) live b",
      "4: #m := push 0 live b",
      "5: unless (#m != FAIL) goto 0",
      "6: return ()",
    ]);
  });
});

describe("a statement is compiled so that", () => {
  it("an operation right of `&&` is done only if the left holds", () => {
    expect(codeOf("if (b && x.push() != FAIL) { return 1; } return 2;").slice(0, 4)).toEqual([
      "0: #value := b",
      "1: unless #value goto 4",
      "2: #push := push 0",
      "3: #value := (#push != FAIL)",
    ]);
  });

  it("`for i in 0..N` leaves `i` at N, and at less after a `break`", () => {
    const two = new Map([["N", 2]]);
    expect(codeOf("for i in 0..N { if (x.pull() != FAIL) { break; } } return i;", object, two)).toEqual([
      "0: i := 0",
      "1: unless (i < 2) goto 7",
      "2: #pull := pull 0 live i",
      "3: unless (#pull != FAIL) goto 5",
      "4: goto 7",
      "5: i := (i + 1)",
      "6: goto 1",
      "7: return i",
      "8: return ()",
    ]);
  });

  it("`continue` goes on with the next number", () => {
    const code = codeOf("for i in 0..2 { if (x.pull() == FAIL) { continue; } x.m(b); }");
    expect(code[4]).toBe("4: goto 6");
    expect(code[6]).toBe("6: i := (i + 1)");
  });

  it("a variable handed to a procedure is the procedure's own, and its `return;` answers FAIL", () => {
    expect(codeOf("flip(b); if (quit() == FAIL) { return b; }")).toEqual([
      "0: b := !b",
      "1: last := b",
      "2: #flip := ()",
      "3: unless last goto 6",
      "4: #quit := FAIL",
      "5: goto 7",
      "6: #quit := ()",
      "7: unless (#quit == FAIL) goto 9",
      "8: return b",
      "9: return ()",
    ]);
  });

  it("a pulled state shows the fields of the object", () => {
    expect(codeOf("s := x.pull(); if (s == FAIL) { return; } return s.a[0];").at(-2)).toBe(
      "4: return s[0][0]",
    );
  });
});

describe("a family", () => {
  const source = `${object}DApp A(x_1: X, ..., x_n: X, y: X) {
    proc p() { for x in [this.x_1, ..., this.x_n] { while (x.pull() == FAIL) {} } y.pull(); x_2.pull(); } }`;

  it("has as many objects as its constant says, before what stands behind it", () => {
    const { objects } = compileProcedures(typedProgram(source), "A", new Map([["n", 3]]));
    expect(objects.map((one) => one.name)).toEqual(["x_1", "x_2", "x_3", "y"]);
    expect(objects[0]!.type).toBe(objects[2]!.type);
  });

  it("is gone through by number", () => {
    const { procedures } = compileProcedures(typedProgram(source), "A", new Map([["n", 3]]));
    expect(printCode(procedures.get("p")!)).toEqual([
      "0: #position := 0",
      "1: unless (#position < 3) goto 8",
      "2: x := [0, 1, 2]##position",
      "3: #pull := pull x live x, #position",
      "4: unless (#pull == FAIL) goto 6",
      "5: goto 3",
      "6: #position := (#position + 1)",
      "7: goto 1",
      "8: pull 3",
      "9: pull 1",
      "10: return ()",
    ]);
  });

  it("needs its constant", () => {
    expect(() => compileProcedures(typedProgram(source), "A")).toThrow("the constant n has no value");
  });
});
