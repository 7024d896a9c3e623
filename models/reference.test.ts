/** Models whose counts are published elsewhere, and every model of the catalog against the plain implementation. */

import { describe, expect, test } from "vitest";
import * as tree from "../src/ado/ado-21.ts";
import { searchPlainly } from "../src/explore/test-search.ts";
import { explore, exploreParallel, instantiate } from "../src/index.ts";
import { catalog } from "./catalog.ts";

const maxBytes = 2 ** 28;

function entryOf(name: string): (typeof catalog)[number] {
  return catalog.find(({ model }) => model.name === name)!;
}

describe("paxos has the states that TLC finds for the specification Paxos with 3 acceptors and 2 values", () => {
  // github.com/tlaplus/Examples, MCPaxosTiny (2 ballots); the same with 3 ballots. Steps are this project's own figures:
  // TLC counts one for each message that justifies a proposal too, Muchado one for each ballot, quorum and value.
  const { model, reference } = entryOf("paxos");

  test.each([
    [2, 3921, 23_466, 16],
    [3, 185_369, 1_350_915, 24],
  ])("with %i ballots, for one worker and for two", async (ballots, states, transitions, depth) => {
    const instance = instantiate(model, { ballots });
    for (const workers of [1, 2]) {
      const found = await exploreParallel(instance, { workers, reference, maxBytes });
      expect(found).toMatchObject({ ending: "complete", states, transitions, depth });
    }
  });

  test("with 2 ballots on plain data", () => {
    const { states, edges, depth } = searchPlainly(instantiate(model, { ballots: 2 }));
    expect([states.length, edges.length, depth]).toEqual([3921, 23_466, 16]);
  });
});

describe("the ADO of 2 clients and 3 times has as many states packed as its published rules give on cache trees", () => {
  test.each([
    [1, 778],
    [2, 5062],
  ])("with %i methods at a time", (methods, states) => {
    expect(explore(instantiate(entryOf("ado").model, { methods }), { maxBytes }).states).toBe(states);
    expect(statesOfTrees(2, 3, methods)).toBe(states);
  });
});

/** Breadth-first search over the functions of `src/ado/ado-21.ts`: an implementation that shares nothing with the model. */
function statesOfTrees(clients: number, times: number, methods: number): number {
  const known = new Set([JSON.stringify(tree.EMPTY)]);
  const queue = [tree.EMPTY];
  for (const ado of queue) {
    for (const next of successors(ado, clients, times, methods)) {
      const key = JSON.stringify(next);
      if (!known.has(key)) queue.push(next);
      known.add(key);
    }
  }
  return known.size;
}

function successors(ado: tree.Ado21, clients: number, times: number, methods: number): tree.Ado21[] {
  const open = tree.openTimes(ado, times);
  const found = open.map((time) => tree.preempt(ado, time));
  for (let client = 0; client < clients; client++) {
    for (const time of open) for (const at of tree.places(ado)) found.push(tree.pull(ado, client, time, at));
    for (const at of tree.pushable(ado, client)) found.push(tree.push(ado, client, at));
    const next = tree.nextOf(ado, client) ?? "";
    const own = next.split("/").filter((step) => step === `${client}:${tree.timeOf(next)}`).length - 1;
    if (own < methods) found.push(tree.invoke(ado, client, "m"));
  }
  return found.filter((next) => next !== undefined);
}
