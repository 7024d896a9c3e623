import { describe, expect, test } from "vitest";
import { explore, exploreParallel, instantiate, judge } from "../../src/index.ts";
import { type FindProtocol, theoremsOf } from "../../src/language/load.ts";
import { loadCatalog, overOf } from "../catalog.ts";
import { multiPaxos } from "../protocols/multi-paxos.ts";
import { type PaxosBounds, type PaxosRules, paxosRules } from "../protocols/paxos-rules.ts";
import { type Composition, mutants, theoremOf, theorems } from "./compositions.ts";
import { overMultiPaxos, paxosImplementation } from "./paxos-family.ts";

const all = [...theorems, ...mutants];
const find = (name: string): Composition => all.find((one) => one.name === name)!;
const run = (one: Composition, over?: string) => explore(instantiate(theoremOf(one, over).model));
const small = "multi-paxos(nodes = 2, ballots = 2, entries = 1)";

describe("a program over a protocol", () => {
  test("keeps its promises, at states that are many more than on the ADO", () => {
    const mutex = find("mutex");
    const [onAdo, onNetwork] = [undefined, "multi-paxos(nodes = 3, ballots = 2, entries = 1)"].map((over) =>
      run(mutex, over),
    );
    expect(onAdo).toMatchObject({ ending: "complete", violations: [], states: 149 });
    expect(onNetwork).toMatchObject({ ending: "complete", violations: [], states: 11_764 });
  });

  test.each(["lock-taken-over", "tm-decide-not-pushed"])("is found out as on the ADO: %s", (name) => {
    const mutant = find(name);
    for (const over of [undefined, name.startsWith("tm") ? mutant.over[0] : small]) {
      expect(run(mutant, over).violations).toHaveLength(1);
    }
  });

  test("is found again by a worker thread", async () => {
    const { model, reference } = theoremOf(find("mutex"), small);
    const found = await exploreParallel(instantiate(model), { workers: 2, reference });
    expect(found).toMatchObject({
      ending: "complete",
      fault: undefined,
      states: run(find("mutex"), small).states,
    });
  });

  test("times out as often as may fail or be lost, and without end where neither is bounded", () => {
    const bounded = (more: string) => {
      const mutex = find("mutex");
      const { model } = theoremOf({ ...mutex, given: `${mutex.given}${more}` }, small);
      const instance = instantiate(model);
      return { fails: instance.budgets.fails, states: explore(instance).states };
    };
    const [never, once, twice, always] = [
      ", fails = 0",
      ", fails = 0, lost = 1",
      ", fails = 1, lost = 1",
      "",
    ].map(bounded);
    expect([never, once, twice, always].map((one) => one!.fails)).toEqual([0, 1, 2, undefined]);
    expect(never!.states).toBeLessThan(once!.states);
    expect(once!.states).toBeLessThan(twice!.states);
  });

  test("is told step by step: what the client asks, and what the nodes do", () => {
    const { model } = theoremOf(find("lock-taken-over"), small);
    const instance = instantiate(model);
    const properties = instance.defaultProperties;
    const told = { target: "", workers: 1, seconds: 0, repeat: "", properties };
    const [found] = judge(instance, explore(instance), told).properties;
    expect(found!.trace!.steps.map(({ label }) => label).slice(0, 12)).toEqual([
      "call(move: c1: enter())",
      "pull(move: c1: lk.pull() begins with round 1)",
      "lk.promise(message: prepare{ballot: 1}, at: n2)",
      "lk.promise(message: prepare{ballot: 1}, at: n1)",
      "lk.becomeLeader(ballot: 1, quorum: {n1, n2})",
      "invoke(move: c1: lk.tryAcquire() = true)",
      "push(move: c1: lk.push() begins)",
      "lk.accept(message: accept{ballot: 1, index: 1, data: [m1.1]}, at: n2)",
      "lk.accept(message: accept{ballot: 1, index: 1, data: [m1.1]}, at: n1)",
      "answer(move: c1: lk.push() = true, returns)",
      "call(move: c2: enter())",
      "pull(move: c2: lk.pull() begins with round 2)",
    ]);
  });
});

/** Of two theorems, the one on the ADO holds and is no part of a composed theorem; the other one is violated. */
function expectToShowOnTheNetworkOnly(source: string): void {
  const read = theoremsOf("test.ado", source, overOf);
  if ("errors" in read) throw new Error("the program has errors");
  const [onAdo, onNetwork] = read.entries.map(({ model }) => explore(instantiate(model)).violations);
  expect(onAdo).toEqual([]);
  expect(onNetwork).toHaveLength(1);
  expect(read.entries[0]!.model.composes).toBeUndefined();
}

test("a program that reads at a leader without a push reads what is old, over a protocol and not on the ADO", () => {
  const source = `
    ADO R { shared v : int := 0; method set(n) { this.v := n; } method get() { return this.v; } }
    DApp Local(x: R) {
      proc lead() { x.pull(); }
      proc get() { r := x.get(); if (r == FAIL) { return; } return r; }
      proc set(n) { if (x.set(n)? == FAIL) { return; } }
    }
    theorem ado: Local implements R
      given clients = 2, client 1 lead() then get(), client 2 set(1), times = 2, methods = 1, lost = 2;
    counterexample network: Local implements R over ${small}
      given clients = 2, client 1 lead() then get(), client 2 set(1);`;
  expectToShowOnTheNetworkOnly(source);
});

test("a client learns late what it has done, over a protocol and not on the ADO", () => {
  const claim = "always Telling x.v == 1 ==> (exists c: c.done || c.failed)";
  const source = `
    ADO R { shared v : int := 0; method set(n) { this.v := n; } }
    DApp Telling(x: R) {
      var done : bool := false;
      var failed : bool := false;
      proc set(n) { if (x.set(n)? == FAIL) { this.failed := true; } else { this.done := true; } }
    }
    theorem ado: ${claim} given clients = 2, each set(1), times = 2, methods = 1, lost = 2;
    counterexample network: ${claim} over ${small} given clients = 2, each set(1);`;
  expectToShowOnTheNetworkOnly(source);
});

describe("a protocol with a defect shows in the program that runs over it:", () => {
  const broken = (vary: (rules: PaxosRules, bounds: PaxosBounds) => PaxosRules): FindProtocol => {
    const implementation = paxosImplementation(
      "broken",
      (dealt) => multiPaxos("broken", "", (rules, bounds) => dealt(vary(rules, bounds))),
      { bounds: overMultiPaxos.bounds, fixed: { inherited: 0 } },
    );
    return () => ({ kind: "implementation", implementation, reference: { module: "", export: "" } });
  };
  test.each<[string, Parameters<typeof broken>[0]]>([
    ["one acceptor is enough to commit", (_, bounds) => paxosRules(bounds, { commit: 1 })],
    ["one promise is enough to lead", (_, bounds) => paxosRules(bounds, { election: 1 })],
    ["a leader adopts nothing", (rules) => ({ ...rules, adopt: ([nothing]) => nothing! })],
  ])("%s", (_, vary) => {
    const { model } = theoremOf(find("mutex"), "broken(nodes = 3, ballots = 2)", broken(vary));
    expect(explore(instantiate(model)).violations).toHaveLength(1);
  });
});

/** What is said when the theorem is run over something. */
function refusal(over: string, { claim = "KVDirect implements KV", bounds = "" } = {}): string {
  const one: Composition = {
    ...find("KV_direct"),
    claim,
    given: `clients = 2, each get("a")${bounds}`,
    over: [over],
  };
  try {
    instantiate(theoremOf(one, over).model);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`nothing is wrong with ${over}`);
}

describe("what makes no sense over a protocol is refused, and why is said:", () => {
  test("protocols that serve no clients, or that there are not", () => {
    expect(refusal("single-paxos")).toContain("it decides one value once");
    expect(refusal("chain-replication")).toContain("cannot become its owner by pulling");
    expect(refusal("paxos")).toContain("there is no protocol called paxos that programs can run over");
    expect(refusal("hope")).toContain("there is no protocol called hope");
  });

  test("bounds that the protocol does not have, or cannot take", () => {
    expect(refusal("multi-paxos(rounds = 2)")).toBe(
      'composed: over multi-paxos: there is no bound "rounds"; its bounds: nodes, ballots, entries',
    );
    expect(refusal("multi-paxos(ballots = 9)")).toContain("ballots = 9 is not in 1..6");
    expect(refusal("multi-paxos(nodes = 1)")).toContain("2 clients are more than 1 nodes");
    expect(refusal("multi-paxos", { bounds: ", times = 2" })).toContain("`times` bounds the ADO");
  });

  test("a claim that calls return", () => {
    expect(refusal("multi-paxos", { claim: "KVDirect returns" })).toContain("a question about the ADO");
  });

  test("every protocol of the catalog is one or the other", async () => {
    const protocols = (await loadCatalog("multi-paxos")).filter(({ kind }) => kind === "protocol");
    for (const { model, over } of protocols)
      expect([model.name, over?.kind]).toEqual([model.name, expect.any(String)]);
  });
});
