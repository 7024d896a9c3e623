import { describe, expect, test } from "vitest";
import { received } from "../schema/received.ts";
import { channels, messages, range } from "../schema/schema.ts";
import { instantiate } from "./instance.ts";
import { BoundsError, model, system, type Vocabulary } from "./model.ts";
import { initialStates, steps } from "./plain.ts";
import type { Specification } from "./property.ts";

/** A counter that may be lost twice, or stuck once. */
const counter = model({
  name: "counter",
  about: "counts to a limit",
  bounds: { limit: { default: 2, min: 1, max: 5, about: "where it ends" } },
  system: ({ limit }) =>
    system({ count: range(0, limit) }, ({ action, fault }) => ({
      actions: {
        up: action({}, (s) => {
          if (s.count === limit) return false;
          s.count++;
        }),
      },
      faults: {
        lose: fault(
          {},
          (s) => {
            s.count = 0;
          },
          { budget: 2 },
        ),
        jump: fault({ to: range(0, limit) }, (s, { to }) => {
          if (to <= s.count) return false;
          s.count = to;
        }),
      },
    })),
});

describe("bounds and budgets", () => {
  test("are the defaults unless others are given", () => {
    const instance = instantiate(counter, { limit: 4 }, { lose: 0 });
    expect(instance.bounds).toEqual({ limit: 4 });
    expect(instance.budgets).toEqual({ lose: 0, jump: 1 });
    expect(instantiate(counter).bounds).toEqual({ limit: 2 });
  });

  type Choice = { readonly [name: string]: number };
  test.each<[Choice, Choice, string]>([
    [{ size: 3 }, {}, 'counter has no bound "size"; its bounds: limit'],
    [{ toString: 3 }, {}, 'counter has no bound "toString"'],
    [{ limit: 6 }, {}, "counter: limit=6 is not an integer in 1..5"],
    [{ limit: 0 }, {}, "counter: limit=0 is not an integer in 1..5"],
    [{ limit: 1.5 }, {}, "counter: limit=1.5 is not an integer in 1..5"],
    [{ limit: Number.NaN }, {}, "counter: limit=NaN is not an integer in 1..5"],
    [{}, { burn: 1 }, 'counter has no fault "burn"; its faults: lose, jump'],
    [{}, { lose: -1 }, "counter: fault lose=-1 is not an integer in 0..255"],
    [{}, { lose: 0.5 }, "counter: fault lose=0.5 is not an integer in 0..255"],
  ])("are refused where they cannot be: %j %j", (bounds, faults, message) => {
    expect(() => instantiate(counter, bounds, faults)).toThrow(BoundsError);
    expect(() => instantiate(counter, bounds, faults)).toThrow(message);
  });
});

describe("a fault", () => {
  /** The most times that each fault happens in a run of at most six steps. */
  function mostFaults(faults: { readonly [name: string]: number }): { [fault: string]: number } {
    const instance = instantiate(counter, {}, faults);
    const most: { [fault: string]: number } = {};
    const walk = (state: object, happened: { readonly [name: string]: number }, left: number): void => {
      for (const [name, times] of Object.entries(happened)) most[name] = Math.max(most[name] ?? 0, times);
      if (left === 0) return;
      for (const { label, after } of steps(instance, state)) {
        const name = label.action;
        walk(after, name === "up" ? happened : { ...happened, [name]: (happened[name] ?? 0) + 1 }, left - 1);
      }
    };
    for (const state of initialStates(instance)) walk(state, {}, 6);
    return most;
  }

  test("happens as often as its budget allows, and no more", () => {
    expect(mostFaults({})).toEqual({ lose: 2, jump: 1 });
    expect(mostFaults({ lose: 1, jump: 3 })).toEqual({ lose: 1, jump: 3 });
  });

  test("does not exist where its budget is 0", () => {
    expect(mostFaults({ lose: 0 })).toEqual({ jump: 1 });
    const { root, transitions } = instantiate(counter, {}, { lose: 0, jump: 0 });
    expect(root.fields.map(([name]) => name)).toEqual(["count"]);
    expect(transitions.map(({ name }) => name)).toEqual(["up"]);
  });

  test("is not counted where it is not enabled", () => {
    const instance = instantiate(counter, {}, { lose: 0 });
    const top = { count: 2, spent: { jump: 0 } };
    expect([...steps(instance, top)]).toEqual([]);
  });
});

describe("first states", () => {
  const start = (isOdd: boolean) =>
    model({
      name: "start",
      about: "begins anywhere",
      bounds: {},
      system: () =>
        system({ x: range(0, 3), y: range(0, 1) }, ({ action }) => ({
          init: action({ x: range(0, 3), y: range(0, 1) }, (s, { x, y }) => {
            if (isOdd && x % 2 === 0) return false;
            Object.assign(s, { x, y });
          }),
          actions: {},
        })),
    });

  test("are one for each choice of init's parameters", () => {
    const states = initialStates(instantiate(start(false)));
    expect(states).toHaveLength(8);
    expect(states[3]).toEqual({ x: 1, y: 1 });
  });

  test("leave out the choices for which init is not enabled", () => {
    expect(initialStates(instantiate(start(true))).map((state) => (state as { x: number }).x)).toEqual([
      1, 1, 3, 3,
    ]);
  });
});

describe("a parameter", () => {
  test("that is drawn from a network other than the state's is refused", () => {
    const ping = () => messages({ ping: { at: range(0, 1) } });
    const broken = model({
      name: "broken",
      about: "receives from nowhere",
      bounds: {},
      system: () =>
        system({ sent: ping() }, ({ action }) => ({
          actions: { hear: action({ message: received(ping(), "ping") }, () => {}) },
        })),
    });
    expect(() => instantiate(broken)).toThrow(
      "broken: parameter message of hear is drawn from a set or network that is not a field of the state",
    );
  });

  test("that is drawn from a message type the network does not have is refused", () => {
    const sent = messages({ ping: {} });
    expect(() => received(sent, "pong" as "ping")).toThrow("the network has no messages of type pong");
  });
});

test.each<[string, (words: Vocabulary<unknown>) => unknown]>([
  [
    "broken: property ok is a function: write always((s) => …)",
    () => ({ actions: {}, properties: { ok: () => true } }),
  ],
  ["broken: action up needs parameters, if only {}, and a body", () => ({ actions: { up: () => {} } })],
  [
    "broken: action up needs parameters",
    ({ action }) => ({ actions: { up: action((() => {}) as never, undefined as never) } }),
  ],
  ["broken: it has no actions", () => ({})],
  [
    "broken: action up is a fault: put it under faults",
    ({ fault }) => ({ actions: { up: fault({}, () => {}) } }),
  ],
  [
    "broken: property fits: op is among the outcomes, and no action; there are up",
    ({ action, refines }) => ({
      actions: { up: action({}, () => {}) },
      properties: {
        fits: refines({ ...({} as Specification<number>), outcomes: { op: "Up" } }, () => 0),
      },
    }),
  ],
  [
    "parameter at of up is no type and no domain",
    ({ action }) => ({ actions: { up: action({ at: 3 as never }, () => {}) } }),
  ],
  [
    "parameter at of up is no type",
    ({ action }) => ({ actions: { up: action({ at: [1, 2] as never }, () => {}) } }),
  ],
  [
    "an action has no options: one with a budget is a fault(…)",
    ({ action }) => ({
      actions: { up: (action as (...words: unknown[]) => never)({}, () => {}, { budget: 2 }) },
    }),
  ],
  ["system(state, …) takes a function that returns the actions and properties", () => undefined],
  ["received takes the network itself", () => received("net" as never, "a" as never)],
  ["channels are received from whole", () => received(channels(2, 2, { a: {} }, 1) as never, "a" as never)],
  [
    "received takes the type of the messages too: one of a, b",
    () => received(messages({ a: {}, b: {} }) as never),
  ],
])("a declaration that is none is refused in a sentence: %s", (sentence, parts) => {
  const broken = model({
    name: "broken",
    about: "",
    bounds: {},
    system: () => system({ k: range(0, 1) }, parts as never),
  });
  expect(() => instantiate(broken)).toThrow(sentence);
});

test("a field without a type, and a model without a system, are refused in a sentence", () => {
  for (const field of [5, range])
    expect(() => system({ k: field as never }, () => ({ actions: {} }))).toThrow("field k has no type");
  const empty = model({ name: "empty", about: "", bounds: {}, system: () => undefined as never });
  expect(() => instantiate(empty)).toThrow("empty: its system is nothing: return system(state, …)");
});

test("a field called spent is refused: fault budgets are kept there", () => {
  const broken = model({
    name: "broken",
    about: "keeps its own account",
    bounds: {},
    system: () => system({ spent: range(0, 1) }, () => ({ actions: {} })),
  });
  expect(() => instantiate(broken)).toThrow('broken: "spent" is where fault budgets are kept');
});
