import { describe, expect, test } from "vitest";
import paxos from "../../models/protocols/paxos.ts";
import singlePaxos from "../../models/protocols/single-paxos.ts";
import twoPhaseCommit from "../../models/protocols/two-phase-commit.ts";
import { instantiate } from "../model/instance.ts";
import { model, system } from "../model/model.ts";
import { node, option } from "../schema/schema.ts";
import { explore } from "./explore.ts";
import { findSymmetry } from "./interchangeable.ts";
import { compareOnRandomModels } from "./test-symmetry.ts";

describe("a search reduced by symmetry", () => {
  test("decides random models as the full one does, with one state for each orbit and traces as long", () => {
    compareOnRandomModels(40);
  });

  test.each([
    [twoPhaseCommit, { participants: 3 }, 80, 10],
    [twoPhaseCommit, { participants: 9 }, 2_232, 28],
    [paxos, { ballots: 2 }, 443, 16],
    [paxos, { ballots: 3 }, 17_153, 24],
  ])("has as many states as there are orbits: case %#", (model, bounds, states, depth) => {
    const instance = instantiate(model, bounds);
    const groups = findSymmetry(instance);
    expect(explore(instance, { groups })).toMatchObject({ ending: "complete", states, depth });
  });

  test("takes nodes apart that an action treats in ways of their own", () => {
    expect(() => findSymmetry(instantiate(singlePaxos))).toThrow(
      /n1 and n2 are not interchangeable: startElection/,
    );
    expect(findSymmetry(instantiate(singlePaxos, { nodes: 5, ballots: 2 }))).toEqual([
      { sort: "n1..n5", first: 2, size: 3 },
    ]);
  });

  test("is given up where ids that passed for interchangeable turn out not to be", () => {
    const id = node(2);
    const late = model({
      name: "late",
      about: "after a while, the first node is treated in its own way",
      bounds: {},
      system: () =>
        system({ owner: option(id) }, ({ action }) => ({
          actions: {
            take: action({ at: id }, (s, { at }) => {
              if (s.owner !== null || at === 1) return false;
              s.owner = at;
            }),
          },
        })),
    });
    const instance = instantiate(late);
    const { ending, fault } = explore(instance, { groups: [{ sort: "n1..n2", first: 0, size: 2 }] });
    expect(ending).toBe("fault");
    expect(fault!.message).toMatch(/not interchangeable: take does something else/);
  });
});
