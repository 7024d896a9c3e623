import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileProcedures } from "./flow.ts";
import { readProgram } from "./read-program.ts";
import { beginCall, type Request, type Rest, requestAt, resume, runMethod } from "./run.ts";
import { typedProgram } from "./test-typed-program.ts";
import { compareValues, fail, printValue, sameValue, type Value, withEntry } from "./values.ts";

const source = `
enum Color { RED, BLUE }
record Tx { ts : int; color : Color; }
ADO X {
  shared kv : [string * int] := [];
  shared txs : [Tx] := [];
  shared served : [option int] := [];
  method set(k, v) { this.kv[hash(k)] := (v, len(v)); }
  method get(k) { return this.kv[hash(k)][0]; }
  method size() { return len(this.kv); }
  method paint(ts, c) { this.txs[ts].color := c; return this.txs[ts]; }
  method once() {
    if (this.served[request] == None) { this.served[request] := Some(len(this.served)); }
    return the(this.served[request]);
  }
  method broken(n) { return the(this.served[request]); }
  method sum(n) { total := 0; for i in 1..n { if (i % 2 == 0) { continue; } total := total + i; } return (total, i); }
  method last(n) { for x in [3, 1, 2] { if (x == n) { break; } } return x; }
  method forever() { while (true) {} }
  method twice(n) { return 2 * n; }
  method half(n) { return 10 / n; }
  method rest(n) { return 10 % n; }
  method early(n) { if (n > 0) { y := 1; } return y; }
  method mine() { return (me, -7 / 2, -7 % 2); }
}
DApp A(x: X) {
  var seen : int := 0;
  proc p(k) { r := x.size()?; this.seen := 5; return r; }
  proc q() { r := x.size(); return r + 1; }
}`;

const application = compileProcedures(typedProgram(source), "A");
const { methods, initialStates } = application.objects[0]!.type;
const empty = initialStates[0]!;
const variables = application.variables.map((variable) => variable.initial);

function call(method: string, given: readonly Value[] = [], state = empty, request: Value = [1, 1]) {
  return runMethod(methods.get(method)!, state, given, { me: 1, request });
}

function answer(method: string, given: readonly Value[] = [], state = empty): string {
  const result = call(method, given, state);
  return result.kind === "done" ? printValue(result.answer) : result.message;
}

describe("a method", () => {
  it("reads the default where nothing was written", () => {
    expect(answer("get", ["a"])).toBe('""');
    expect(answer("paint", [7, { kind: "member", name: "BLUE" }])).toBe("Tx { ts: 0, color: BLUE }");
  });

  it("changes its object's state and leaves the old one as it was", () => {
    const done = call("set", ["a", "xyz"]);
    if (done.kind !== "done") throw new Error(done.message);
    expect(printValue(done.state[0]!)).toBe('[97: ("xyz", 3)]');
    expect(answer("get", ["a"], [...done.state])).toBe('"xyz"');
    expect(answer("size", [], [...done.state])).toBe("1");
    expect(answer("size")).toBe("0");
  });

  it("answers a request that it has served before as it did then", () => {
    const first = call("once", [], empty, [1, 1]);
    if (first.kind !== "done") throw new Error(first.message);
    const second = call("once", [], [...first.state], [2, 1]);
    if (second.kind !== "done") throw new Error(second.message);
    const again = call("once", [], [...second.state], [1, 1]);
    expect([first.answer, second.answer]).toEqual([0, 1]);
    expect(again).toMatchObject({ answer: 0, state: second.state });
  });

  it("loops, continues and breaks", () => {
    expect(answer("sum", [6])).toBe("(9, 6)");
    expect(answer("last", [1])).toBe("1");
    expect(answer("last", [9])).toBe("2");
  });

  it("knows its caller, and rounds down", () => {
    expect(answer("mine")).toBe("(1, -4, 1)");
  });

  it("reckons with numbers that each have a value of their own, and with those that can be written", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(answer("twice", [(most - 1) / 2])).toBe(`${most - 1}`);
    expect(answer("twice", [(most + 1) / 2])).toBe("this number is too large");
    expect(answer("half", [0])).toBe("this is divided by 0");
    expect(answer("rest", [0])).toBe("this is divided by 0");
    const written = (number: string) => readProgram(`const N = ${number};`, "x.ado").errors;
    expect(written(`${most}`)).toEqual([]);
    expect(written(`${most + 1}`)).toMatchObject([{ message: "this number is too large" }]);
  });

  it("fails with the place where it goes wrong", () => {
    expect(call("broken", [0])).toMatchObject({
      kind: "fault",
      message: "None has no value to take",
      hint: "test for None first",
      span: { line: 16 },
    });
    expect(answer("forever")).toBe("this loop does not end within 10,000 instructions");
    expect(answer("early", [0])).toBe("`y` has no value yet");
  });
});

describe("a client", () => {
  const code = (name: string) => application.procedures.get(name)!;
  const waiting = (rest: Rest) => {
    if (rest.kind !== "waiting") throw new Error(`the client ${rest.kind}`);
    return rest;
  };

  it("rests before each operation and goes on with its answer", () => {
    const asked: (Request | { kind: "fault" })[] = [];
    let rest = beginCall(code("p"), variables, ["a"], { me: 2 });
    for (const given of [null, [], 3]) {
      asked.push(requestAt(code("p"), waiting(rest), { me: 2 }));
      rest = resume(code("p"), waiting(rest), given, { me: 2 });
    }
    expect(asked.map((one) => one.kind)).toEqual(["pull", "invoke", "push"]);
    expect(rest).toEqual({ kind: "returned", value: 3, owned: [5, 0] });
  });

  it("forgets what it does not need any more", () => {
    const rest = waiting(beginCall(code("p"), variables, ["a"], {}));
    const locals = rest.frame.slice(variables.length);
    expect(locals).toEqual(locals.map(() => ({ kind: "unset" })));
  });

  it("cannot reckon with FAIL", () => {
    const rest = waiting(beginCall(code("q"), variables, [], {}));
    expect(resume(code("q"), rest, fail, {})).toMatchObject({
      kind: "fault",
      message: "this is FAIL, not a number",
      hint: "test for FAIL first",
    });
  });
});

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.integer({ min: -2, max: 2 }),
    fc.boolean(),
    fc.constantFrom("", "a"),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 2 }),
    tie("value").map((inner): Value => ({ kind: "some", value: inner })),
    fc.array(fc.tuple(tie("value"), tie("value")), { maxLength: 3 }).map((entries) =>
      entries.reduce<Value>((map, [key, entry]) => withEntry(map as never, key, entry), {
        kind: "map",
        entries: [],
      }),
    ),
  ),
}));

describe("values", () => {
  it("are the same exactly if their JSON is", () => {
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sameValue(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(sameValue(a, a)).toBe(true);
      }),
    );
  });

  it("are totally ordered", () => {
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) || 0);
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) {
          expect(compareValues(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it("in a map do not depend on the order of writing", () => {
    fc.assert(
      fc.property(fc.uniqueArray(value, { comparator: sameValue, maxLength: 4 }), (keys) => {
        const write = (order: readonly Value[]) =>
          order.reduce<Value>((map, key) => withEntry(map as never, key, 1), { kind: "map", entries: [] });
        expect(write([...keys].reverse())).toEqual(write(keys));
      }),
    );
  });
});
