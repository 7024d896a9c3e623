import { describe, expect, it } from "vitest";
import { formatError } from "./errors.ts";
import { readProgram } from "./read-program.ts";

const objects = [
  "ADO KV {",
  "  shared kv : [string * int] := [];",
  "  method set(k, v) { this.kv[hash(k)] := (v, len(v)); }",
  "  method get(k) { return this.kv[hash(k)][0]; }",
  "}",
  "ADO Lock {",
  "  shared owner : option N := None;",
  "  method take() { return this.owner == Some(me); }",
  "}",
  "",
].join("\n");

/** A method whose body is `body`, in line 6. */
function inMethod(body: string): string {
  const types = "enum E { RED, BLUE }\nrecord Tx { ts : int; color : E; }\n";
  return `${types}ADO X {\n  shared count : int := 0;\n  method m(a) {\n    ${body}\n  }\n}\n`;
}

/** A procedure whose body is `body`, in line 13. */
function inProcedure(body: string): string {
  const head = "DApp A(kv: KV, lk: Lock) {\n  var ts : int := 0;\n  proc p(k, v) {\n";
  return `${objects}${head}    ${body}\n  }\n}\n`;
}

/** A right program and one theorem, in line 16. */
function withTheorem(theorem: string): string {
  return `${inProcedure("kv.set(k, v)!;")}${theorem}\n`;
}

type Expected = readonly [line: number, column: number, hint: string];

/** What is wrong, the program, and every error it must give. */
const wrongPrograms: readonly (readonly [string, string, readonly Expected[]])[] = [
  [
    "a field is given with =",
    "ADO X {\n  shared a : int = 0;\n}\n",
    [[2, 18, "an initial value is written `:=`"]],
  ],
  ["a member keyword is mistyped", "ADO X {\n  metod m() {}\n}\n", [[2, 3, "did you mean `method`?"]]],
  [
    "a semicolon is missing",
    inMethod("this.count := 1\n    return 2;"),
    [[6, 20, "statements end with `;`"]],
  ],
  [
    "a brace is missing",
    "ADO X {\n  method m() { if (true) { return 1;\n  method q() {}\n}\n",
    [[3, 3, "a `}` is missing before it"]],
  ],
  [
    "a body stands without braces",
    inMethod("if (a == 1) return 2;"),
    [[6, 17, "a body stands in braces: `{ … }`"]],
  ],
  ["a local is declared", inMethod("var x := 1;"), [[6, 5, "locals need no declaration: write `x := …;`"]]],
  [
    "a string does not end",
    inMethod('x := "abc;'),
    [
      [6, 10, 'close it with `"`'],
      [6, 15, "statements end with `;`"],
    ],
  ],
  ["a comment does not end", "ADO X { }\n/* for ever", [[2, 1, "close it with `*/`"]]],
  [
    "a character means nothing",
    inMethod("x := a # 2;"),
    [
      [6, 11, "statements end with `;`"],
      [6, 12, "take them out, or put them in quotes or a comment"],
    ],
  ],
  [
    "a word of the language is taken for a name",
    "ADO X {\n  method return() {}\n}\n",
    [[2, 10, "`return` is a word of the language: choose another name"]],
  ],
  ["a declaration is mistyped", "ADO X {}\ntheorm t: X returns;\n", [[2, 1, "did you mean `theorem`?"]]],
  [
    "dots stand where no family is",
    "ADO X {}\nDApp A(x: X, ..., y: X) {}\n",
    [
      [
        2,
        14,
        "write `rm_1: RM, ..., rm_n: RM`, with one stem, one type, and a number or a constant at the end",
      ],
    ],
  ],
  ["a claim is mistyped", "theorem t: A implementes B;\n", [[1, 14, "did you mean `implements`?"]]],
  [
    "a condition assigns",
    inMethod("if (a := 1) { return 1; }"),
    [
      [6, 11, "a condition does not assign; equality is `==`"],
      [6, 15, "statements end with `;`"],
    ],
  ],
  [
    "a name is unknown",
    inMethod("return cuont + b;"),
    [
      [6, 12, "did you mean `count`?"],
      [6, 20, "a local begins with an assignment: `b := …;`"],
    ],
  ],
  ["a field is unknown", inMethod("return this.cuont;"), [[6, 12, "did you mean `count`?"]]],
  ["a type is unknown", 'ADO X {\n  shared a : strin := "";\n}\n', [[2, 14, "did you mean `string`?"]]],
  ["a local is a mistyped field", inMethod("conut := a;"), [[6, 5, "did you mean `count`?"]]],
  [
    "a method calls an object",
    "ADO Y { method q() {} }\nADO X {\n  shared y : int := 0;\n  method m(o) { o.q(); }\n}\n",
    [[4, 17, "a method is a function of the object's own state and its arguments; a DApp calls objects"]],
  ],
  [
    "a method calls a method",
    inMethod("return m(a);"),
    [
      [
        6,
        12,
        "a method is a function of the object's state and its arguments; only hash, len and the are there",
      ],
    ],
  ],
  [
    "FAIL stands in a method",
    inMethod("return FAIL;"),
    [[6, 12, "only operations on objects fail; a method answers `None` or a value of its own"]],
  ],
  ["a break stands outside of a loop", inMethod("break;"), [[6, 5, "leave a body with `return;`"]]],
  [
    "a number is assigned to",
    inMethod("3 := a;"),
    [[6, 5, "the left of `:=` is a variable, a field `x.f`, or an entry `x[k]`"]],
  ],
  ["a member is assigned to", inMethod("RED := a;"), [[6, 5, "choose another name for the local"]]],
  [
    "the types of a comparison differ",
    inMethod('return this.count == "a";'),
    [[6, 26, "both sides of a comparison have one type"]],
  ],
  ["a sum has a string", inMethod('return this.count + "a";'), [[6, 25, "a name has one type throughout"]]],
  ["a record lacks a field", inMethod("return Tx { ts: 1 };"), [[6, 12, "give every field a value"]]],
  [
    "a field of a record is unknown",
    inMethod("x := Tx { ts: 1, color: RED };\n    x.colour := BLUE;"),
    [[7, 7, "did you mean `color`?"]],
  ],
  [
    "an option is indexed",
    inMethod("x := Some((1, 2));\n    return x[0];"),
    [[7, 12, "take its value with `the(…)` first"]],
  ],
  [
    "a tuple is indexed too far",
    inMethod("x := (1, 2);\n    return x[2];"),
    [[7, 14, "write the number itself: `pair[0]`"]],
  ],
  [
    "two methods have one name",
    "ADO X {\n  method m() {}\n  method m() {}\n}\n",
    [[3, 10, "the first is in line 2"]],
  ],
  [
    "a method is called pull",
    "ADO X {\n  method pull() {}\n}\n",
    [[2, 10, "every object has `pull` and `push` already"]],
  ],
  ["a method of an object is unknown", inProcedure("kv.sett(k, v)!;"), [[13, 8, "did you mean `set`?"]]],
  ["arguments are missing", inProcedure("kv.set(k)!;"), [[13, 8, "give a value for each parameter"]]],
  [
    "what cannot fail is compared with FAIL",
    inProcedure("x := kv.get(k)!;\n    if (x == FAIL) { return; }"),
    [
      [
        14,
        9,
        "`!`, `!!` and `+` answer only when they have succeeded; `?`, a plain call, `pull` and `push` may fail",
      ],
    ],
  ],
  [
    "FAIL is an argument",
    inProcedure("kv.set(k, FAIL)!;"),
    [[13, 15, "compare with it (`x == FAIL`), assign it to a local, or return it"]],
  ],
  [
    "a push has a form",
    inProcedure("lk.push()!;"),
    [[13, 8, "`!` is for methods; repeat it yourself: `while (o.push() == FAIL) {}`"]],
  ],
  [
    "an object is taken for a value",
    inProcedure("x := lk;"),
    [[13, 10, "call one of its operations: `o.pull()`, `o.m(…)!`, `o.push()`"]],
  ],
  [
    "a field is read from outside",
    inProcedure("return lk.owner;"),
    [[13, 15, "a client learns of an object by `s := o.pull()` and `s.field`, or by calling a method"]],
  ],
  ["an object is assigned to", inProcedure("lk := 1;"), [[13, 5, "choose another name for the local"]]],
  [
    "a field is assigned from outside",
    inProcedure("lk.owner := None;"),
    [[13, 5, "only the object's own methods change its fields"]],
  ],
  [
    "a procedure calls itself",
    inProcedure("p(k, v);"),
    [[12, 8, "procedures are expanded where they are called; use a loop"]],
  ],
  ["an ADO is unknown", "DApp A(x: Lok) {}\nADO Lock {}\n", [[1, 11, "did you mean `Lock`?"]]],
  [
    "type parameters are missing",
    "ADO V[T] { shared d : [T] := []; }\nDApp A(v: V) {}\n",
    [[2, 11, "it takes T"]],
  ],
  [
    "a constant is not declared",
    inProcedure("for i in 0..limit { kv.set(k, v)!; }"),
    [[13, 17, "a local begins with an assignment: `limit := …;`"]],
  ],
  [
    "a theorem is about nothing",
    withTheorem('theorem t: B implements KV given clients = 1, each p(1, "x"), times = 1;'),
    [[16, 12, "declare it: `DApp Name(…) { … }`"]],
  ],
  [
    "a theorem names no ADO",
    withTheorem('theorem t: A implements KW given clients = 1, each p(1, "x"), times = 1;'),
    [[16, 25, "did you mean `KV`?"]],
  ],
  [
    "a theorem calls what is not there",
    withTheorem("theorem t: always A true given clients = 1, each q(1), times = 1;"),
    [[16, 50, "it has p"]],
  ],
  [
    "a theorem passes the wrong type",
    withTheorem("theorem t: always A true given clients = 1, each p(1, 2), times = 1;"),
    [[16, 55, "the body of `p` tells the type, or another call of it"]],
  ],
  [
    "a theorem lacks its workload",
    withTheorem("theorem t: always A true given clients = 1, times = 1;"),
    [[16, 9, "add `each p() | q()`, or `client 1 p() then q()`"]],
  ],
  [
    "a theorem lacks its bounds",
    withTheorem('theorem t: always A true given each p(1, "x");'),
    [
      [16, 9, "add `clients = 2`"],
      [16, 9, "add `times = 3`"],
    ],
  ],
  [
    "a bound is unknown",
    withTheorem('theorem t: always A true given client = 1, clients = 1, each p(1, "x"), times = 1;'),
    [[16, 32, "did you mean `clients`?"]],
  ],
  [
    "a bound is no number",
    withTheorem('theorem t: always A true given clients = "2", each p(1, "x"), times = 1;'),
    [[16, 42, "write `clients = 2`"]],
  ],
  [
    "a counterexample to what should be possible",
    withTheorem('counterexample t: sometimes A true given clients = 1, each p(1, "x"), times = 1;'),
    [[16, 16, "write `theorem t: never …`, with the same predicate"]],
  ],
  [
    "more times than a theorem can have",
    withTheorem('theorem t: always A true given clients = 1, each p(1, "x"), times = 17;'),
    [[16, 69, "write `times = 2`"]],
  ],
  [
    "a predicate is no truth value",
    withTheorem('theorem t: always A ts given clients = 1, each p(1, "x"), times = 1;'),
    [[16, 21, "a predicate reads `o.field` of objects, and `c.variable` of a client: `forall c: …`"]],
  ],
  [
    "a predicate looks at an unknown variable",
    withTheorem('theorem t: always A forall c: c.tss == 0 given clients = 1, each p(1, "x"), times = 1;'),
    [[16, 33, "did you mean `ts`?"]],
  ],
  [
    "a client is not there",
    withTheorem('theorem t: always A true given clients = 1, client 2 p(1, "x"), each p(1, "x"), times = 1;'),
    [[16, 45, "clients are numbered from 1 to 1"]],
  ],
  [
    "a client has no calls",
    withTheorem('theorem t: always A true given clients = 2, client 1 p(1, "x"), times = 1;'),
    [[16, 9, "say what it calls: `client 2 …`, or `each …` for all that are not named"]],
  ],
  [
    "nobody calls anything",
    withTheorem('theorem t: always A true given clients = 1, each p(1, "x"), calls = 0, times = 1;'),
    [[16, 69, "write `calls = 2`"]],
  ],
  [
    "no call belongs to the specification",
    withTheorem('theorem t: A implements KV given clients = 1, each p(1, "x"), times = 1;'),
    [[16, 25, "it has set, get"]],
  ],
  [
    "a constant is not given",
    objects +
      "DApp B(kv: KV) {\n  proc p() { for i in 0..N { kv.get(1)!; } }\n}\ntheorem t: B returns given clients = 1, each p(), times = 1;\n",
    [[13, 9, "add `N = 2` to what is given"]],
  ],
  ["two declarations have one name", "ADO X {}\nDApp X() {}\n", [[2, 6, "the first is in line 1"]]],
  [
    "the specification begins in several ways",
    "ADO S {\n  shared b : bool := any;\n  method p() {}\n}\nDApp A(s: S) { proc p() { s.p()!; } }\ntheorem t: A implements S given clients = 1, each p(), times = 1;\n",
    [[6, 25, "give `b` a value, or make another ADO the specification"]],
  ],
  [
    "any is an int",
    "ADO S {\n  shared b : int := any;\n}\n",
    [[2, 21, "give it a type of few values: bool or an enumeration"]],
  ],
  [
    "a family of known size lacks a member",
    "ADO S {\n  method p() {}\n}\nDApp A(s_1: S, ..., s_2: S) { proc p() {\n  s_3.p()!; } }\n",
    [[5, 3, "the last one is s_2"]],
  ],
  [
    "a theorem gives a family fewer members than a procedure and the predicate name",
    "ADO S {\n  shared v : int := 0;\n  method p() {}\n}\nDApp A(s_1: S, ..., s_n: S) { proc p() {\n  s_2.p()!; } }\ntheorem t: always A\n  s_1.v == s_4.v given n = 1, clients = 1, each p(), times = 1;\n",
    [
      [6, 3, "the only one is s_1"],
      [8, 12, "the only one is s_1"],
    ],
  ],
  [
    "a theorem gives a family no members, and its last one is named",
    "ADO S {\n  shared v : int := 0;\n  method p() {}\n}\nDApp A(s_1: S, ..., s_n: S) { proc p() {} }\ntheorem t: always A s_n.v == 0\n  given n = 0, clients = 1, each p(), times = 1;\n",
    [[6, 21, "the family is empty"]],
  ],
  ["a quantifier stands in a body", inMethod("return forall c: c == 1;"), [[6, 12, "use a `for` loop"]]],
];

describe("a program is refused with its place and a hint where", () => {
  it.each(wrongPrograms)("%s", (_, source, expected) => {
    const { errors } = readProgram(source, "wrong.ado");
    expect(errors.map((error) => [error.line, error.column, error.hint])).toEqual(expected);
    for (const error of errors) expect(error.sourceLine).toBe(source.split("\n")[error.line - 1]);
  });
});

describe("an error is printed", () => {
  it("with its place, its line, a caret and the hint", () => {
    const { errors } = readProgram("ADO X {\n  shared owner : option int := Non;\n}\n", "locks/mine.ado");
    expect(errors.map(formatError)).toEqual([
      [
        "locks/mine.ado:2:32: there is no name called `Non`",
        "2 |   shared owner : option int := Non;",
        "  |                                ^^^",
        "hint: only constants and members of enumerations are known here",
      ].join("\n"),
    ]);
  });

  it("under tabs and behind a carriage return as well", () => {
    const { errors } = readProgram("ADO X {\r\n\tshared a : in := 0;\r\n}\r\n", "x.ado");
    expect(formatError(errors[0]!).split("\n").slice(1, 3)).toEqual([
      "2 |  shared a : in := 0;",
      "  |             ^^",
    ]);
  });
});

describe("errors are all reported at once", () => {
  it("of the text, in several declarations and members", () => {
    const source = [
      "ADO X {",
      "  shared a : int = 0;",
      "  method m(x) { a := ; b = 2; }",
      "  method q( { }",
      "}",
      "theorem t: X;",
      "const N := 2;",
    ].join("\n");
    expect(readProgram(source, "x.ado").errors.map((error) => error.line)).toEqual([2, 3, 3, 4, 6, 7]);
  });

  it("of names and types, in the order of the text", () => {
    const source = inProcedure("kv.set(1)!;\n    x := unknown;\n    y := 1 + true;\n    break;");
    expect(readProgram(source, "x.ado").errors.map((error) => error.line)).toEqual([13, 14, 15, 16]);
  });
});
