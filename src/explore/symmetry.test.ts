import { describe, expect, test } from "vitest";
import paxos from "../../models/protocols/paxos.ts";
import singlePaxos from "../../models/protocols/single-paxos.ts";
import twoPhaseCommit from "../../models/protocols/two-phase-commit.ts";
import { instantiate } from "../model/instance.ts";
import { type Model, model, system } from "../model/model.ts";
import { array, byNode, flag, interned, list, node, option, range, record, set } from "../schema/schema.ts";
import { explore } from "./explore.ts";
import { findSymmetry } from "./interchangeable.ts";
import { compare, compareOnRandomModels, countOrbits } from "./test-symmetry.ts";

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

  test("is refused with what to do, whether a property or only the first state tells nodes apart", () => {
    const id = node(2);
    const owned = (first: number | null, property: (owner: number | null) => boolean): Model =>
      model({
        name: "owned",
        about: "something that changes hands",
        bounds: {},
        system: () =>
          system({ owner: option(id) }, ({ action, always }) => ({
            init: action({}, (s) => {
              s.owner = first;
            }),
            actions: {
              take: action({ at: id }, (s, { at }) => {
                if (s.owner === at) return false;
                s.owner = at;
              }),
            },
            properties: { fair: always((s) => property(s.owner)) },
          })),
      });
    const refusal = (model: Model) => () => findSymmetry(instantiate(model));
    expect(refusal(owned(0, () => true))).toThrow(
      "owned: --reduce symmetry is not possible: n1 and n2 are not interchangeable: the first states tell them apart; an `init` with a parameter gives one first state for each",
    );
    expect(refusal(owned(null, (owner) => owner !== 0))).toThrow(
      /property fair tells them apart; choose other properties with --property$/,
    );
  });

  test("is refused where the model fails to rename ids in a value", () => {
    const id = node(2);
    const rename = (): never => {
      throw new TypeError("no idea");
    };
    const broken = model({
      name: "broken",
      about: "notes who was there",
      bounds: {},
      system: () =>
        system({ was: interned<readonly number[]>([], { ids: { of: id, rename } }) }, ({ action }) => ({
          actions: {
            come: action({ at: id }, (s, { at }) => {
              if (s.was.length === 2) return false;
              s.was = [...s.was, at];
            }),
          },
        })),
    });
    expect(() => findSymmetry(instantiate(broken))).toThrow(
      "broken: --reduce symmetry is not possible: `rename` of [] threw TypeError: no idea; check it without",
    );
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

  test("is given up where a property tells ids apart in a single state", () => {
    const id = node(3);
    const counters = model({
      name: "counters",
      about: "three that count",
      bounds: {},
      system: () =>
        system({ counts: array(id, range(0, 12)) }, ({ action, always }) => ({
          actions: {
            count: action({ at: id }, ({ counts }, { at }) => {
              if (counts.get(at) === 12) return false;
              counts.set(at, counts.get(at) + 1);
            }),
          },
          properties: {
            rare: always(({ counts }) => [3, 12, 7].some((count, at) => counts.get(at) !== count)),
          },
        })),
    });
    const instance = instantiate(counters);
    const { fault } = explore(instance, { groups: findSymmetry(instance) });
    expect(fault!.message).toMatch(/not interchangeable: property rare tells them apart/);
  });

  test("leaves it to the search to say that an action throws", () => {
    const id = node(2);
    const rash = model({
      name: "rash",
      about: "throws at once",
      bounds: {},
      system: () =>
        system({ rounds: array(id, range(0, 3)) }, ({ action }) => ({
          actions: {
            play: action({ at: id }, (s, { at }) => {
              s.rounds.set(at, s.rounds.get(at) - 1);
            }),
          },
        })),
    });
    const instance = instantiate(rash);
    const groups = findSymmetry(instance);
    expect(groups).toEqual([{ sort: "n1..n2", first: 0, size: 2 }]);
    expect(explore(instance, { groups }).fault?.message).toMatch(/^play\(at: n1\) threw OutOfRange/);
  });

  test("asks again about a state that was renamed", () => {
    const id = node(2);
    const spoilt = model({
      name: "spoilt",
      about: "what a property reads depends on which node leads",
      bounds: {},
      system: () =>
        system(
          { leader: option(id), done: array(id, range(0, 1)), bad: array(id, flag()) },
          ({ action, always }) => ({
            actions: {
              elect: action({ at: id }, (s, { at }) => {
                if (s.leader !== null) return false;
                s.leader = at;
              }),
              work: action({ at: id }, (s, { at }) => {
                if (s.leader !== at || s.done.get(at) === 1) return false;
                s.done.set(at, 1);
              }),
              spoil: action({ at: id }, (s, { at }) => {
                if (s.leader !== at || s.done.get(at) === 0) return false;
                s.bad.set(at, true);
              }),
            },
            properties: { good: always((s) => s.leader === null || !s.bad.get(s.leader)) },
          }),
        ),
    });
    const instance = instantiate(spoilt);
    const { ending, violations } = explore(instance, { groups: findSymmetry(instance) });
    expect(ending).toBe("violation");
    expect(violations.map(({ property, depth }) => [property, depth])).toEqual([["good", 3]]);
  });

  test.each([
    ["an action treats the first that will do in its own way", 1],
    ["a property looks at one node only", 2],
  ])("is given up where, deep down, %s", (_, kind) => {
    const id = node(3);
    const top = 30;
    const late = model({
      name: "late",
      about: "nodes are alike for a while",
      bounds: {},
      system: () =>
        system({ level: array(id, range(0, top)), chosen: option(id) }, ({ action, always }) => ({
          actions: {
            climb: action({ at: id }, (s, { at }) => {
              if (s.level.get(at) === top || s.level.values().some((level, n) => n !== at && level > 0))
                return false;
              s.level.set(at, s.level.get(at) + 1);
            }),
            choose: action({ at: id }, (s, { at }) => {
              if (s.level.values().every((level) => level < top) || (kind === 1 && at !== 0)) return false;
              s.chosen = at;
            }),
          },
          properties: { right: always((s) => kind === 1 || s.chosen !== 0) },
        })),
    });
    const instance = instantiate(late);
    const groups = [{ sort: "n1..n3", first: 0, size: 3 }];
    const { ending, fault } = explore(instance, { groups });
    expect(ending === "fault" ? fault!.message : ending).toMatch(/not interchangeable|violation/);
  });

  test("does not need to know values that have not appeared yet", () => {
    const id = node(2);
    const note = interned<string[]>([], { capacity: 100 });
    const noting = model({
      name: "noting",
      about: "interned values in lists and sets",
      bounds: {},
      system: () =>
        system(
          {
            logs: array(id, record({ log: list(note, 2) })),
            told: set(record({ by: id, note }), { capacity: 4 }),
          },
          ({ action }) => ({
            actions: {
              write: action({ at: id }, (s, { at }) => {
                const { log } = s.logs[at]!;
                if (log.length === 2) return false;
                log.push([`${log.length}`]);
                s.told.add({ by: at, note: [`${log.length}`] });
              }),
            },
          }),
        ),
    });
    const instance = instantiate(noting);
    const [full, less] = [explore(instance), explore(instance, { groups: findSymmetry(instance) })];
    expect([full.states, less.states]).toEqual([9, 6]);
  });

  test.each([2, 3])("renames ids in interned values, wherever they stand: %i ids", (count) => {
    const id = node(count);
    const log = interned<readonly number[]>([], {
      ids: { of: id, rename: (ids, image) => ids.map((one) => image[one]!) },
    });
    const place = interned(0);
    const logging = model({
      name: "logging",
      about: "ids in values, and values that belong to ids",
      bounds: {},
      system: () =>
        system(
          {
            log,
            logs: array(id, record({ last: option(log), told: list(log, 2) })),
            seen: set(record({ by: id, log }), { capacity: 3 }),
            places: byNode(Object.fromEntries(id.values().map((i) => [id.print(i), place])), id),
          },
          ({ action, always }) => ({
            actions: {
              write: action({ at: id }, (s, { at }) => {
                if (s.log.length === 2) return false;
                s.log = [...s.log, at];
                s.places[id.print(at)]!++;
              }),
              read: action({ at: id }, (s, { at }) => {
                const { last, told } = s.logs[at]!;
                if (last !== null || s.log.length === 0) return false;
                s.logs[at]!.last = s.log;
                told.push(s.log);
                s.seen.add({ by: at, log: s.log });
              }),
            },
            properties: { late: always((s) => s.seen.size < 2 || s.log.length < 2 || s.log[0] !== s.log[1]) },
          }),
        ),
    });
    const instance = instantiate(logging);
    const groups = findSymmetry(instance);
    expect(groups).toEqual([{ sort: `n1..n${count}`, first: 0, size: count }]);
    expect(compare(instance, explore(instance), groups).ending).toBe("violation");
    const full = explore(instance, { properties: [] });
    const less = explore(instance, { properties: [], groups });
    expect(countOrbits(instance, full)).toEqual({ orbits: less.states, states: full.states });
    expect(full.states / less.states).toBeGreaterThan(count === 2 ? 1.5 : 4);
  });
});
