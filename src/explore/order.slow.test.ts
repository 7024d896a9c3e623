import { describe, expect, test } from "vitest";
import { catalog } from "../../models/catalog.ts";
import paxos from "../../models/protocols/paxos.ts";
import { instantiate } from "../model/instance.ts";
import { explore } from "./explore.ts";
import { findSymmetry, NoSymmetry } from "./interchangeable.ts";
import { findOrder, NoOrder } from "./order.ts";
import { compare, compareOnRandomModels } from "./test-order.ts";

describe("a search reduced by partial order", () => {
  test("decides 400 random models as the full one does, and most of those that can be smaller are", () => {
    expect(compareOnRandomModels(400)).toBeGreaterThanOrEqual(20);
  });

  test("of Paxos with four ballots has less than half the states, and with symmetry in nodes a fourteenth", () => {
    const instance = instantiate(paxos, { ballots: 4 });
    const order = findOrder(instance);
    expect(explore(instance, { order })).toMatchObject({ ending: "complete", states: 3_596_575, depth: 32 });
    const groups = findSymmetry(instance);
    const all = instance.defaultProperties;
    const nodes = groups.filter(({ sort }) => sort.startsWith("a"));
    expect(nodes).toHaveLength(1);
    expect(
      explore(instance, { order: findOrder(instance, all, nodes), groups: nodes }).states,
    ).toBeLessThanOrEqual(660_000);
    expect(explore(instance, { order: findOrder(instance, all, groups), groups })).toMatchObject({
      ending: "complete",
      states: 314_370,
    });
  });

  test("decides the models and mutants of the project as the full one does, or is refused", () => {
    const decided: string[] = [];
    for (const { model } of catalog) {
      const instance = instantiate(model);
      const full = explore(instance, { maxStates: 200_000, maxBytes: 2 ** 30 });
      if (full.ending === "states") continue;
      try {
        const order = findOrder(instance);
        compare(instance, full, { order });
        decided.push(model.name);
        const groups = findSymmetry(instance);
        compare(instance, full, { order: findOrder(instance, instance.defaultProperties, groups), groups });
      } catch (error) {
        if (!(error instanceof NoSymmetry || error instanceof NoOrder)) throw error;
      }
    }
    expect(decided.length).toBeGreaterThanOrEqual(20);
  });
});
