import { describe, expect, test } from "vitest";
import { catalog } from "../../models/catalog.ts";
import paxos from "../../models/protocols/paxos.ts";
import { instantiate } from "../model/instance.ts";
import type { Model } from "../model/model.ts";
import { explore } from "./explore.ts";
import { findSymmetry, NoSymmetry } from "./interchangeable.ts";
import { compare, compareOnRandomModels } from "./test-symmetry.ts";

describe("a search reduced by symmetry", () => {
  test("decides 400 random models as the full one does", () => {
    compareOnRandomModels(400);
  });

  test("of Paxos with four ballots has 710,709 states", () => {
    const instance = instantiate(paxos, { ballots: 4 });
    expect(explore(instance, { groups: findSymmetry(instance) })).toMatchObject({
      ending: "complete",
      states: 710_709,
      depth: 32,
    });
  });

  test("decides the models and mutants of the project as the full one does, or is refused", () => {
    const decided: string[] = [];
    for (const { model } of catalog) {
      const instance = instantiate(model, boundsWithSpareNodes(model));
      const full = explore(instance, { maxStates: 200_000, maxBytes: 2 ** 30 });
      if (full.ending === "states") continue;
      try {
        compare(instance, full, findSymmetry(instance));
        decided.push(model.name);
      } catch (error) {
        if (!(error instanceof NoSymmetry)) throw error;
      }
    }
    expect(decided.length).toBeGreaterThanOrEqual(20);
  });
});

/** Nodes that own no ballot are interchangeable in the Paxos family: with two of them there is a symmetry to use. */
function boundsWithSpareNodes({ bounds }: Model): { [name: string]: number } {
  return bounds.nodes && bounds.ballots ? { nodes: 4, ballots: 2 } : {};
}
