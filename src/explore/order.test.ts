import { describe, expect, test } from "vitest";
import paxos from "../../models/protocols/paxos.ts";
import { instantiate } from "../model/instance.ts";
import { model, system, type Vocabulary } from "../model/model.ts";
import { array, flag, messages, node, range, record, set } from "../schema/schema.ts";
import { explore } from "./explore.ts";
import { findSymmetry } from "./interchangeable.ts";
import { findOrder, NoOrder } from "./order.ts";
import { compare, compareOnRandomModels } from "./test-order.ts";

describe("a search reduced by partial order", () => {
  test("decides random models as the full one does, alone and with symmetry", () => {
    compareOnRandomModels(40);
  });

  test("of Paxos with three ballots has 91,533 states of 185,369, and with symmetry 8,830", () => {
    const instance = instantiate(paxos, { ballots: 3 });
    const order = findOrder(instance);
    expect(explore(instance, { order })).toMatchObject({ ending: "complete", states: 91_533, depth: 24 });
    const groups = findSymmetry(instance);
    const both = explore(instance, {
      order: findOrder(instance, instance.defaultProperties, groups),
      groups,
    });
    expect(both).toMatchObject({ ending: "complete", states: 8_830 });
  });

  test("begins again when a step does what no step before it did", () => {
    const id = node(2);
    const state = {
      clock: range(0, 2000),
      nodes: array(id, record({ count: range(0, 3) })),
      sent: messages({ counted: { by: id, count: range(0, 3) } }),
      isStopped: flag(),
    };
    const late = model({
      name: "late",
      about: "node 2 does something new when the clock has gone further than any short walk goes",
      bounds: {},
      system: () =>
        system(state, ({ action, always }) => ({
          actions: {
            tick: action({}, (s) => {
              if (s.clock === 2000) return false;
              s.clock++;
            }),
            count: action({ at: id }, (s, { at }) => {
              const node = s.nodes[at]!;
              if (node.count === 3 || s.isStopped) return false;
              node.count++;
              s.sent.counted.send({ by: at, count: node.count });
              if (s.clock === 2000 && at === 1) s.isStopped = true;
            }),
          },
          properties: {
            "stops last": always((s) => !s.isStopped || s.nodes.every(({ count }) => count > 0)),
          },
        })),
    });
    const instance = instantiate(late);
    const order = findOrder(instance);
    const less = compare(instance, explore(instance), { order });
    expect(less.violations).toHaveLength(1);
    expect(less.order!.footprints).not.toEqual(order.footprints);
  });

  test("observes of all nodes what it sees of those that stand for the rest", () => {
    const id = node(2);
    const state = {
      sent: messages({ fixed: { by: id } }),
      nodes: array(id, record({ isFixed: flag(), isPicked: flag() })),
      clock: range(0, 60),
    };
    const late = model({
      name: "late",
      about: "a node is picked late, and should be fixed by then",
      bounds: {},
      system: () =>
        system(state, ({ action, always }) => ({
          actions: {
            tick: action({}, (s) => {
              if (s.clock === 60) return false;
              s.clock++;
            }),
            fix: action({ at: id }, (s, { at }) => {
              if (s.nodes[at]!.isFixed) return false;
              s.nodes[at]!.isFixed = true;
              s.sent.fixed.send({ by: at });
            }),
            pick: action({ at: id }, (s, { at }) => {
              if (s.clock < 60 || s.nodes.some(({ isPicked }) => isPicked)) return false;
              s.nodes[at]!.isPicked = true;
            }),
          },
          properties: {
            fixed: always((s) => s.nodes.find(({ isPicked }) => isPicked)?.isFixed ?? true),
          },
        })),
    });
    const instance = instantiate(late);
    const groups = findSymmetry(instance);
    const reductions = { order: findOrder(instance, ["fixed"], groups), groups };
    expect(compare(instance, explore(instance), reductions).violations).toHaveLength(1);
    expect(() => explore(instance, { ...reductions, groups: [] })).toThrow("not observed for the ids");
  });

  test("does not run into a circle that only a made-up state has", () => {
    const place = range(0, 2);
    const state = {
      rows: array(place, record({ next: range(0, 2) })),
      sent: messages({ done: { at: place } }),
    };
    const chain = model({
      name: "chain",
      about: "links only ever lead down",
      bounds: {},
      system: () =>
        system(state, ({ action }) => ({
          actions: {
            link: action({ from: place, to: place }, (s, { from, to }) => {
              if (to >= from || s.rows[from]!.next >= to) return false;
              s.rows[from]!.next = to;
            }),
            walk: action({ at: place }, (s, { at }) => {
              for (let i = at; i !== 0; ) i = s.rows[i]!.next;
              s.sent.done.send({ at });
            }),
          },
        })),
    });
    const instance = instantiate(chain);
    compare(instance, explore(instance), { order: findOrder(instance) });
  });

  test("does not put a step off for ever while others go round in a circle", () => {
    const id = node(2);
    const state = { isLit: array(id, flag()), sent: messages({ news: { by: id } }) };
    const circle = model({
      name: "circle",
      about: "node 1 switches on and off for ever, node 2 has something to say",
      bounds: {},
      system: () =>
        system(state, ({ action, always }) => ({
          actions: {
            flip: action({}, (s) => s.isLit.set(0, !s.isLit.get(0))),
            tell: action({}, (s) => s.sent.news.send({ by: 1 })),
          },
          properties: { silence: always((s) => s.sent.news.size === 0, { isStable: true }) },
        })),
    });
    const instance = instantiate(circle);
    const less = compare(instance, explore(instance), { order: findOrder(instance) });
    expect(less.violations).toHaveLength(1);
  });

  test("heeds what can enable a step that another one depends on", () => {
    const state = {
      isReady: flag(),
      isOver: flag(),
      sent: messages({ ready: {}, over: {}, news: {} }),
    };
    const race = model({
      name: "race",
      about: "news are told unless it is over, which it can be once somebody is ready",
      bounds: {},
      system: () =>
        system(state, ({ action }) => ({
          actions: {
            tell: action({}, (s) => {
              if (s.isOver) return false;
              s.sent.news.send({});
            }),
            prepare: action({}, (s) => {
              s.isReady = true;
              s.sent.ready.send({});
            }),
            end: action({}, (s) => {
              if (!s.isReady) return false;
              s.isOver = true;
              s.sent.over.send({});
            }),
          },
        })),
    });
    const instance = instantiate(race);
    const less = compare(instance, explore(instance), { order: findOrder(instance) });
    expect(less.states).toBe(5);
  });

  test("is refused where a property looks at every step", () => {
    const instance = instantiate(grabbing((words) => ({ stays: words.step(() => true) })));
    expect(() => findOrder(instance)).toThrow(NoOrder);
    expect(() => findOrder(instance)).toThrow(
      /^\w+: --reduce order is not possible with stays, a property of steps; choose other properties with --property$/,
    );
  });

  test("is refused where a property looks at last states", () => {
    const instance = instantiate(grabbing((words) => ({ ends: words.atEnd(() => true) })));
    expect(() => findOrder(instance)).toThrow(/with ends, a property of last states;/);
  });

  test("is refused where a property is not as stable as it is said to be", () => {
    const instance = instantiate(
      grabbing((words) => ({ free: words.always((s) => s.taken.size === 0, { isStable: true }) })),
    );
    expect(() => findOrder(instance)).toThrow(
      /--reduce order is not possible with free, which is said to be stable, but a step by drop can repair a violation; declare it/,
    );
  });
});

// biome-ignore lint/suspicious/noExplicitAny: the properties of a test model
type Words = Vocabulary<any>;

/** Nodes that take something and drop it again. */
function grabbing(properties: (words: Words) => object) {
  const id = node(2);
  return model({
    name: "grabbing",
    about: "nodes take something and drop it again",
    bounds: {},
    system: () =>
      system({ taken: set(id) }, (words) => ({
        actions: {
          grab: words.action({ at: id }, (s, { at }) => {
            s.taken.add(at);
          }),
          drop: words.action({ at: id }, (s, { at }) => {
            s.taken.delete(at);
          }),
        },
        properties: properties(words as Words) as never,
      })),
  });
}
