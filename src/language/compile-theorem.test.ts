import { describe, expect, it } from "vitest";
import { compileTheorem, evaluatePredicate } from "./compile-theorem.ts";
import { typedProgram } from "./test-typed-program.ts";
import type { Value } from "./values.ts";

const source = `
enum Vote { YES, NO }
const LIMIT = 3;
ADO Lock {
  shared owner : option N := None;
  shared vote : Vote := any;
  shared open : bool := any;
  method take() { this.owner := Some(me); return true; }
  method give(n) { this.owner := None; }
}
DApp A(lk: Lock, x_1: Lock, ..., x_n: Lock) {
  var inside : bool := false;
  proc take() { return lk.take()!; }
  proc give(n) { for i in 0..N { lk.give(LIMIT)!; } }
}
`;

function compile(theorem: string) {
  const typed = typedProgram(source + theorem);
  return compileTheorem(typed, [...typed.names.theorems.values()][0]!);
}

describe("what is given", () => {
  it("becomes bounds, constants and a workload for each client", () => {
    const { bounds, workloads, application } = compile(
      "theorem t: A returns given clients = 3, times = 2, N = 1, n = 2, lost = 1, LIMIT = 5, " +
        "each take() then give(me) | give(LIMIT), calls = 3, client 2 give(7);",
    );
    expect(bounds).toEqual({ clients: 3, times: 2, crashes: 0, lost: 1 });
    const choice = (client: number) => [
      { procedure: "give", arguments: [client] },
      { procedure: "give", arguments: [5] },
    ];
    const take = [{ procedure: "take", arguments: [] }];
    expect(workloads).toEqual([
      [take, choice(1), choice(1)],
      [[{ procedure: "give", arguments: [7] }]],
      [take, choice(3), choice(3)],
    ]);
    expect(application.objects.map((object) => object.name)).toEqual(["lk", "x_1", "x_2"]);
  });

  it("may leave the times to a protocol, which has bounds of its own", () => {
    const { protocol, bounds } = compile(
      "theorem t: A returns over multi-paxos(nodes = 3, ballots = 2) given clients = 1, N = 1, n = 1, each take();",
    );
    expect(protocol).toEqual({
      name: "multi-paxos",
      bounds: new Map([
        ["nodes", 3],
        ["ballots", 2],
      ]),
    });
    expect(bounds.times).toBeUndefined();
  });
});

describe("an object", () => {
  it("begins in every combination of what is `any`", () => {
    const { application } = compile(
      "theorem t: A returns given clients = 1, times = 1, N = 1, n = 1, each take();",
    );
    const [yes, no]: Value[] = [
      { kind: "member", name: "YES" },
      { kind: "member", name: "NO" },
    ];
    expect(application.objects[0]!.type.initialStates).toEqual([
      [null, yes, false],
      [null, yes, true],
      [null, no, false],
      [null, no, true],
    ]);
  });

  it("alone is an application that calls each method at most once", () => {
    const { application, workloads } = compile(
      "theorem t: never Lock owner == Some(2) given clients = 1, times = 1, each take() | give(1);",
    );
    expect(application.objects.map((object) => object.name)).toEqual(["Lock"]);
    expect([...application.procedures.keys()]).toEqual(["take", "give"]);
    const kinds = application.procedures.get("give")!.instructions.map((instruction) => instruction.kind);
    expect(kinds).toEqual(["pull", "branch", "invoke", "push", "return"]);
    expect(workloads).toHaveLength(1);
  });
});

describe("a predicate", () => {
  const given = "given clients = 2, times = 1, N = 1, n = 2, each take();";
  const yes: Value = { kind: "member", name: "YES" };
  const lock = (owner: Value): Value[] => [owner, yes, true];
  const client = (inside: boolean, isIdle = true) => ({ variables: [inside], isCrashed: false, isIdle });

  function holds(predicate: string, owners: readonly Value[], inside: readonly boolean[]) {
    const { claim } = compile(`theorem t: always A ${predicate} ${given}`);
    if (claim.kind !== "always") throw new Error(claim.kind);
    const world = { objects: owners.map(lock), clients: inside.map((one) => client(one)) };
    return evaluatePredicate(claim.predicate, world);
  }

  it("ranges over the clients and reads the objects", () => {
    const predicate = "forall c: c.inside ==> lk.owner == Some(c)";
    const two: Value = { kind: "some", value: 2 };
    expect(holds(predicate, [two, null, null], [false, true])).toBe(true);
    expect(holds(predicate, [two, null, null], [true, true])).toBe(false);
    expect(holds(predicate, [null, null, null], [false, false])).toBe(true);
  });

  it("ranges over several at once, over numbers, and over the members of a family", () => {
    const one: Value = { kind: "some", value: 1 };
    expect(holds("exists c, d: c != d && c.inside && d.inside", [null, null, null], [true, true])).toBe(true);
    expect(holds("exists c, d: c != d && c.inside && d.inside", [null, null, null], [true, false])).toBe(
      false,
    );
    expect(holds("exists x in [x_1, ..., x_n]: x.owner == Some(1)", [null, null, one], [])).toBe(true);
    expect(holds("forall i in 1..n: x_1.owner == Some(i)", [null, one, null], [])).toBe(true);
    expect(holds("forall i in 0..n: x_2.owner == Some(i)", [null, null, one], [])).toBe(false);
  });

  it("says where it goes wrong", () => {
    expect(holds("the(lk.owner) == 1", [null, null, null], [])).toMatchObject({ kind: "fault" });
  });
});
