import { describe, expect, test } from "vitest";
import { explain } from "../history/explain.ts";
import { parseHistory } from "../history/history-file.ts";
import { linearize } from "../history/linearize.ts";
import type { Value } from "../history/value.ts";
import { NoSpecification, specificationIn } from "./recorded-specification.ts";
import { recordedForm } from "./recorded-value.ts";
import { typedProgram } from "./test-typed-program.ts";

const lock = `ADO Lock {
  shared owner : option int := None;
  method take() { if (this.owner == None) { this.owner := Some(me); } return this.owner == Some(me); }
  method free() { if (this.owner == Some(me)) { this.owner := None; } }
}`;

/** The verdict on a history of whole operations, one list each: client, method, args, result; they do not overlap. */
function judged(source: string, calls: readonly (readonly [Value, string, readonly Value[], Value])[]) {
  const specification = specificationIn("object.ado", source, undefined);
  const lines = calls.map(([client, method, args, result], i) =>
    JSON.stringify({ client, method, args, result, invoked: 2 * i, returned: 2 * i + 1 }),
  );
  const { recording } = specification;
  const { history } = parseHistory(lines.join("\n"), { file: "history.jsonl", recording });
  const asCalled = specification.callsOf!(history);
  const verdict = linearize(asCalled, specification.object);
  if (verdict.kind !== "not-linearizable") return { kind: verdict.kind };
  return { kind: verdict.kind, ...explain(asCalled, specification.object, verdict).attempts[0] };
}

describe("an ADO as a specification of recorded histories", () => {
  test("knows its callers, and says in which state it would answer what", () => {
    expect(
      judged(lock, [
        [7, "take", [], true],
        [8, "take", [], false],
        [7, "free", [], null],
      ]),
    ).toEqual({
      kind: "linearizable",
    });
    expect(
      judged(lock, [
        ["a", "take", [], true],
        ["b", "take", [], true],
      ]),
    ).toMatchObject({
      kind: "not-linearizable",
      state: "owner = Some(1)",
      answer: false,
    });
  });

  test("remembers requests, of which each call is one", () => {
    const once = `ADO Once {
      shared served : [bool] := [];
      shared count : int := 0;
      method add() { if (!this.served[request]) { this.served[request] := true; this.count := this.count + 1; } return this.count; }
    }`;
    expect(
      judged(once, [
        [0, "add", [], 1],
        [0, "add", [], 2],
      ]).kind,
    ).toBe("linearizable");
    expect(
      judged(once, [
        [0, "add", [], 1],
        [0, "add", [], 1],
      ]).kind,
    ).toBe("not-linearizable");
  });

  test("takes keys and values of types that it leaves open", () => {
    const vector = `ADO Vector[T] {
      shared data : [T] := [];
      method put(at, x) { this.data[at] := x; }
      method get(at) { return this.data[at]; }
      method all() { return this.data; }
    }`;
    expect(
      judged(vector, [
        [0, "get", ["a"], null],
        [0, "put", ["a", [1, "x"]], null],
        [0, "get", ["a"], [1, "x"]],
        [0, "all", [], { a: [1, "x"] }],
      ]),
    ).toEqual({ kind: "linearizable" });
  });

  test.each([
    ["broken.ado", "ADO", undefined, /^broken\.ado:1:4: /],
    ["none.ado", "", undefined, "none.ado: it has no ADO, and a specification is one"],
    ["lock.ado", lock, "Lokc", "lock.ado: it has no ADO called Lokc; did you mean `Lock`? It has Lock"],
    [
      "app.ado",
      `${lock} DApp Locking(l: Lock) {}`,
      "Locking",
      "app.ado: Locking is an application, and a specification is an ADO; it has Lock",
    ],
    [
      "two.ado",
      `${lock} ADO Other {}`,
      undefined,
      "two.ado: say which ADO is meant, such as two.ado:Lock; it has Lock, Other",
    ],
    [
      "any.ado",
      "ADO Coin {\n  shared up : bool := any;\n}",
      "Coin",
      /^any\.ado:2:23: .*`up` of Coin may begin as anything/,
    ],
  ])("is not had from %s", (file, source, name, message) => {
    expect(() => specificationIn(file, source, name)).toThrow(NoSpecification);
    expect(() => specificationIn(file, source, name)).toThrow(message);
  });

  test("tells a method's own mistake with its place", () => {
    const source =
      "ADO Box {\n  shared held : option int := None;\n  method get() { return the(this.held); }\n}";
    expect(() => judged(source, [[0, "get", [], 1]])).toThrow(/^object\.ado:3:25: /);
  });
});

describe("a value in a history", () => {
  const typed = typedProgram(`
    enum Colour { RED, GREEN }
    record Car { colour : Colour; doors : int; }
    ADO Types {
      shared a : int := 0;  shared b : bool := false;  shared c : string := "";  shared d : option int := None;
      shared e : option option int := None;  shared f : int * string := (0, "");  shared g : [int] := [];
      shared h : Colour := RED;  shared i : Car := Car { colour: RED, doors: 0 };
      method touch() { this.g["x"] := 1; }
    }
    ADO List { shared a : [string] := []; method touch() { this.a[0] := ""; } }`);
  const formOf = (field: string, ado = "Types") =>
    recordedForm(typed, typed.ados.get(ado)!.fields.get(field)!);

  test.each<[string, readonly Value[], readonly Value[], string]>([
    ["a", [0, -7], [1.5, "1", null, 9007199254740993n, []], "a whole number"],
    ["b", [true, false], [0, null], "true or false"],
    ["c", ["", "x"], [0, null], "a string"],
    ["d", [null, 3], ["3", [3]], "null or a whole number"],
    [
      "e",
      [null, { some: null }, { some: 3 }],
      [3, { none: 3 }],
      'null or {"some": x}, where x is null or a whole number',
    ],
    ["f", [[1, "x"]], [[1], ["x", 1], 1], "[a whole number, a string]"],
    ["g", [{}, { x: 1, y: 2 }], [{ x: "1" }, 3, [1]], "a list or an object of a whole number"],
    ["h", ["RED", "GREEN"], ["BLUE", 0], '"RED" or "GREEN"'],
    [
      "i",
      [{ colour: "GREEN", doors: 3 }],
      [{ colour: "GREEN" }, { colour: 1, doors: 3 }, []],
      '{"colour": "RED" or "GREEN", "doors": a whole number}',
    ],
  ])("of field %s has a form", (field, right, wrong, words) => {
    const form = formOf(field);
    for (const recorded of right) expect(form.write(form.read(recorded)!)).toEqual(recorded);
    for (const recorded of wrong) expect(form.read(recorded)).toBeUndefined();
    expect(form.words).toBe(words);
  });

  test("that is a map from 0, 1, … is a list, and others have their keys as names", () => {
    const { read, write } = formOf("a", "List");
    expect(write(read({ 0: "a", 1: "b" })!)).toEqual(["a", "b"]);
    expect(write(read({ 5: "a" })!)).toEqual({ 5: "a" });
    expect(write(read([])!)).toEqual({});
    expect(read({ x: "a" })).toBeUndefined();
  });
});
