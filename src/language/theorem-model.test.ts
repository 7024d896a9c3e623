import { describe, expect, it } from "vitest";
import { overOf } from "../../models/catalog.ts";
import { explore, exploreParallel } from "../explore/explore.ts";
import { instantiate } from "../model/instance.ts";
import { BoundsError } from "../model/model.ts";
import { judge } from "../verdict/judge.ts";
import { type FindProtocol, theoremsOf } from "./load.ts";
import { loadTheorem, type TheoremSource } from "./load-theorem.ts";

const source = `
ADO Register {
  shared v : int := 0;
  method set(n) { this.v := n; }
  method get() { return this.v; }
  method half() { return 10 / this.v; }
}
ADO Coin { shared up : bool := any; method look() { return this.up; } }
DApp Direct(x: Register) {
  proc set(n) { x.set(n)!!; }
  proc get() { return x.get()!!; }
}
DApp Careless(x: Register) {
  proc set(n) { x.pull(); x.set(n); x.push(); }
  proc get() { return x.get()!!; }
}
DApp Dividing(x: Register) { proc half() { return x.half()!; } }
DApp Looking(coin: Coin) { var seen : bool := false; proc look() { r := coin.look()!!; this.seen := r; } }
DApp Guarded(x: Register) {
  var inside : bool := false;
  var early : bool := false;
  var count : int := 0;
  proc get() {
    this.early := true;
    r := x.get()!!;
    this.inside := true;
    this.count := this.count + 1;
  }
  proc leave() { this.inside := false; r := x.get()!!; }
}
DApp Late(x: Register) {
  var inside : bool := false;
  proc get() { r := x.get()!!; this.inside := true; }
  proc leave() { r := x.get()!!; this.inside := false; }
}
DApp Copies(x_1: Register, ..., x_n: Register) {
  var count : int := 0;
  proc set(m) { this.count := this.count + 1; for x in [x_1, ..., x_n] { x.set(m)!!; } }
}
DApp Adding(x: Register) { proc twice() { x.pull(); x.set(1); r := x.set(2); if (r == FAIL) { return; } while (x.push() == FAIL) {} } }
`;

function entry(theorem: string, findProtocol?: FindProtocol) {
  const read = theoremsOf("test.ado", source + theorem, findProtocol);
  if ("errors" in read) throw new Error(JSON.stringify(read.errors));
  return read.entries[0]!;
}

function run(theorem: string, findProtocol?: FindProtocol) {
  const { model } = entry(theorem, findProtocol);
  const instance = instantiate(model);
  const properties = instance.defaultProperties;
  const exploration = explore(instance);
  return judge(instance, exploration, { target: model.name, workers: 1, seconds: 0, repeat: "", properties });
}

describe("a theorem", () => {
  it("that holds is complete, with every sort of step seen and every fault spent", () => {
    const { verdict, vacuous, coverage } = run(
      "theorem t: Direct implements Register given clients = 2, each set(1) | get(), times = 3, crashes = 1, lost = 1;",
    );
    expect(verdict).toBe("holds");
    expect(vacuous).toEqual([]);
    expect(Object.keys(coverage.actions)).toEqual(["pull", "pullFails", "invoke", "push", "pushFails"]);
    expect(coverage.faults).toMatchObject({ crash: expect.any(Number), lost: expect.any(Number) });
  });

  it("is not vacuous for want of a call that ends before its first operation, where there may be one", () => {
    const given = "clients = 1, each set(1), n = 2, times = 3, fails = 0";
    const { verdict, vacuous, coverage } = run(`theorem t: Copies implements Register given ${given};`);
    expect([verdict, vacuous]).toEqual(["holds", []]);
    expect(coverage.actions).toMatchObject({ call: 0, pull: expect.any(Number) });
  });

  it("is told as it is written", () => {
    const { model } = entry(
      "theorem t: never Direct exists c:\n  c.idle && x.v == 3 given clients = 1, each get(), times = 2;",
    );
    expect(model.about).toBe("never Direct exists c: c.idle && x.v == 3 given each get()");
    expect(model.theorem).toBe(model.about);
    expect(model.expected).toBeUndefined();
  });

  it("may be a counterexample, which is to turn out violated", () => {
    const { model } = entry("counterexample t: Careless returns given clients = 1, each get(), times = 2;");
    expect(model.expected).toBe("violated");
    expect(model.theorem).toBeUndefined();
  });

  it("over a protocol that nothing runs over is refused, with the reason if there is one", () => {
    const theorem =
      "theorem t: Direct implements Register over hope(nodes = 3) given clients = 1, each get();";
    expect(() => instantiate(entry(theorem).model)).toThrow(BoundsError);
    expect(() => instantiate(entry(theorem).model)).toThrow("t: there is no protocol called hope");
    const { model } = entry(theorem, () => ({ kind: "refused", why: "it comes too late" }));
    expect(() => instantiate(model)).toThrow("t: nothing runs over hope: it comes too late");
  });

  it("is part of a composed theorem if it depends on no answer but those of pushes, and says what never happens", () => {
    const composes = (text: string) => entry(`theorem t: ${text};`).model.composes;
    const one = "given clients = 1, each get(), times = 2";
    const two = "given clients = 2, each get(), times = 2";
    expect(composes(`Direct implements Register ${two}`)).toBe("program");
    expect(composes(`never Direct x.v == 1 ${two}`)).toBe("program");
    expect(composes(`sometimes Direct x.v == 0 ${two}`)).toBeUndefined();
    expect(composes(`Direct returns ${two}`)).toBeUndefined();
    expect(composes(`never Careless x.v == 1 ${two}`)).toBeUndefined();
    expect(composes(`never Careless x.v == 1 ${one}`)).toBe("program");
    expect(composes("never Adding x.v == 5 given clients = 1, each twice(), times = 2")).toBeUndefined();
    expect(composes("never Register v == 1 given clients = 2, each get(), times = 2")).toBe("program");
  });

  it.each([
    ["of one client", "never A exists c: c.count == 2 && !c.inside", true],
    ["of each client", "always A forall c: c.count <= 1", true],
    ["of objects", "never A x.v == 1 && x.v == 2", true],
    ["in two ways, of one part each", "never A (exists c: c.count == 2) || x.v == 1", true],
    ["of what changes before operations", "always A forall c: c.early ==> x.v == 0", true],
    ["of clients that have ended a call", "never A exists c, d: c != d && c.idle && !d.crashed", true],
    ["of clients that are in a call", "never A exists c, d: c != d && !c.idle && !d.idle", false],
    ["of a client and an object", "always A forall c: c.count == 1 ==> x.v == 0", false],
    ["of two clients that count", "never A exists c, d: c.count == 1 && d.count == 2", false],
    ["of all clients at once", "never A forall c: c.count == 1", false],
    ["of what some client has done", "always A x.v == 1 ==> (exists c: c.inside)", false],
  ])("that speaks %s is part of one if that stays true where answers come late", (_, claim, isPart) => {
    const given = "given clients = 2, each get(), times = 2";
    const { model } = entry(`theorem t: ${claim.replace(" A ", " Guarded ")} ${given};`);
    expect(model.composes).toBe(isPart ? "program" : undefined);
  });

  it("of which clients are inside is part of one if they leave before they say so", () => {
    const composes = (app: string) =>
      entry(
        `theorem t: never ${app} exists c, d: c != d && c.inside && d.inside given clients = 2, each get(), times = 2;`,
      ).model.composes;
    expect([composes("Guarded"), composes("Late")]).toEqual(["program", undefined]);
  });

  it("can be checked at other times than it gives", () => {
    const { model } = entry(
      "theorem t: sometimes Direct x.v == 1 given clients = 1, each set(1), times = 2;",
    );
    const [few, many] = [1, 4].map((times) => explore(instantiate(model, { times })));
    expect(few!.states).toBeLessThan(many!.states);
  });

  it("is found again by a worker thread", async () => {
    const { model, reference } = entry("theorem t: Direct returns given clients = 1, each get(), times = 2;");
    const again = await loadTheorem(reference.argument as TheoremSource);
    expect(explore(instantiate(again)).states).toBe(explore(instantiate(model)).states);
  });
});

describe("a violation", () => {
  it("says which answer cannot be explained, and its steps what each client sees", () => {
    const { properties } = run(
      "theorem t: Careless implements Register given clients = 1, each set(1) then get(), times = 2;",
    );
    expect(properties[0]).toMatchObject({
      name: "linearizable",
      verdict: "violated",
      why: "c1's get answered 0, where Register explains only 1",
    });
    expect(properties[0]!.trace!.steps.map(({ label }) => label)).toEqual([
      "pull(move: c1: set(1): x.pull() = OK (v = 0))",
      "invoke(move: c1: x.set(1) = OK)",
      "pushFails(move: c1: x.push() = FAIL, returns)",
      "pull(move: c1: get(): x.pull() = OK (v = 0))",
      "invoke(move: c1: x.get() = 0)",
      "push(move: c1: x.push() = 0, returns 0)",
    ]);
  });

  it("names the client that is stuck", () => {
    const { properties } = run(
      "theorem t: Adding returns given clients = 2, each twice(), times = 3, methods = 2;",
    );
    expect(properties[0]!.why).toMatch(/^c[12]'s twice can never return from here$/);
  });
});

describe("the bounds of a theorem", () => {
  const counted = (given: string) =>
    run(`theorem t: sometimes Adding x.v == 2 given clients = 1, each twice(), times = 1${given};`);

  it("limit the methods of a round", () => {
    expect(counted("").properties[0]!.verdict).toBe("holds");
    expect(counted(", methods = 2").properties[0]!.verdict).toBe("holds");
    expect(counted(", methods = 1").properties[0]!.verdict).toBe("vacuous");
  });

  it("limit the failures that need not be", () => {
    const { coverage, vacuous } = counted(", fails = 1");
    expect(coverage.faults.fails).toBeGreaterThan(0);
    expect(vacuous).toEqual([]);
    expect(counted(", fails = 0").states).toBeLessThan(counted(", fails = 1").states);
  });
});

describe("a client that has made all its calls", () => {
  const given = "given clients = 1, each look(), times = 2, crashes = 1";
  const done = "c.seen == coin.up && coin.up";

  it("may still crash, where a predicate can tell", () => {
    expect(run(`theorem t: never Looking exists c: c.crashed && ${done} ${given};`).verdict).toBe("violated");
    expect(run(`theorem t: always Looking forall c: ${done} ==> c.idle ${given};`).verdict).toBe("violated");
    const over = "over multi-paxos(nodes = 2, ballots = 1, entries = 1)";
    const onNetwork = `theorem t: never Looking exists c: c.crashed && ${done} ${over} ${given.replace(", times = 2", "")};`;
    expect(run(onNetwork, overOf).verdict).toBe("violated");
  });

  it("costs no states elsewhere", () => {
    const { coverage } = run(`theorem t: never Looking exists c: c.seen && !coin.up ${given};`);
    const { crash } = coverage.faults;
    const late = run(`theorem t: never Looking exists c: c.seen && !coin.up && c.idle ${given};`);
    expect(late.coverage.faults.crash).toBeGreaterThan(crash!);
  });
});

describe("a program", () => {
  it("that goes wrong ends the run with the place", () => {
    const { failure } = run("theorem t: Dividing returns given clients = 1, each half(), times = 2;");
    expect(failure?.message).toMatch(/test\.ado:6:\d+: .*divided by 0/);
    expect(failure?.step).toContain("c1: x.half()");
  });

  it("that goes wrong in a worker thread names the file, too", async () => {
    const { model, reference, origin } = entry(
      "theorem t: Dividing returns given clients = 1, each half(), times = 2;",
    );
    const failed = await exploreParallel(instantiate(model), { workers: 1, reference });
    expect(failed.fault?.message).toMatch(/ test\.ado:6:\d+: /);
    expect(JSON.stringify(origin)).not.toContain("test.ado");
  });

  it("begins in every state that `any` allows", () => {
    for (const value of ["true", "false"]) {
      const { properties } = run(
        `theorem t: sometimes Looking coin.up == ${value} && exists c: c.seen == ${value} && c.idle given clients = 1, each look(), times = 2;`,
      );
      expect(properties[0]!.verdict).toBe("holds");
    }
  });
});
